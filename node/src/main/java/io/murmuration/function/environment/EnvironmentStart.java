package io.murmuration.function.environment;

import io.murmuration.function.environment.EnvironmentProtocol.Ended;
import io.murmuration.function.environment.EnvironmentProtocol.Event;
import io.murmuration.function.environment.EnvironmentProtocol.Message;
import io.murmuration.function.environment.EnvironmentProtocol.StartFailed;
import io.murmuration.function.environment.EnvironmentProtocol.Started;
import io.murmuration.function.environment.Isolation.IsolatedProcess;
import io.murmuration.function.environment.Isolation.Launch;
import io.murmuration.function.environment.RuntimeDoors.Door;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first phase of an {@link EnvironmentActor}, until its process runs. What comes meanwhile waits. */
final class EnvironmentStart {
    private static final Logger log = LoggerFactory.getLogger(EnvironmentStart.class);
    private static final String OUTPUT = "output";
    private static final String TEMPORARY = "tmp";

    /** A runtime says one thing and waits; the owner says one more. */
    private static final int WAITING_MAX = 16;

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final StashBuffer<Message> waiting;
    private final EnvironmentSpec spec;
    private final EnvironmentActor.Setup setup;
    private final ActorRef<Event> owner;
    private final long beganNanos;

    private EnvironmentStart(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            StashBuffer<Message> waiting,
            EnvironmentSpec spec,
            EnvironmentActor.Setup setup,
            ActorRef<Event> owner) {
        this.context = context;
        this.timers = timers;
        this.waiting = waiting;
        this.spec = spec;
        this.setup = setup;
        this.owner = owner;
        this.beganNanos = setup.clock().nanos();
    }

    static Behavior<Message> create(EnvironmentSpec spec, EnvironmentActor.Setup setup, ActorRef<Event> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                WAITING_MAX, waiting -> new EnvironmentStart(context, timers, waiting, spec, setup, owner).begin())));
    }

    private Behavior<Message> begin() {
        OutputFile output;
        try {
            Files.createDirectories(setup.folder().resolve(TEMPORARY));
            output = new OutputFile(setup.folder().resolve(OUTPUT));
        } catch (IOException failure) {
            return notStarted(failure);
        }
        var opening = setup.doors().open(context.getSelf());
        var starting = opening.thenCompose(door -> setup.isolation().start(launch(door.address())));
        context.pipeToSelf(
                starting.thenCombine(opening, Started::new),
                (started, failure) -> started == null ? new StartFailed(failure) : started);
        return starting(output, opening, starting);
    }

    private Launch launch(String door) {
        var variables = new HashMap<>(spec.variables());
        variables.put("AWS_LAMBDA_RUNTIME_API", door);
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "[" + spec.version() + "]" + setup.id());
        return new Launch(
                spec.command(),
                spec.taskRoot(),
                setup.folder().resolve(TEMPORARY),
                setup.folder().resolve(OUTPUT),
                variables,
                spec.memoryMegabytes());
    }

    private Behavior<Message> starting(
            OutputFile output, CompletionStage<Door> opening, CompletionStage<IsolatedProcess> starting) {
        return Behaviors.receive(
                (context, message) -> switch (message) {
                    case Started started ->
                        waiting.unstashAll(new EnvironmentActor(
                                        context,
                                        timers,
                                        spec,
                                        setup,
                                        owner,
                                        started.door(),
                                        output,
                                        started.process(),
                                        beganNanos)
                                .initialising());
                    case StartFailed failed -> {
                        close(output, opening);
                        yield notStarted(failed.cause());
                    }
                    case EnvironmentProtocol.Live early -> {
                        waiting.stash(early);
                        yield Behaviors.same();
                    }
                },
                (context, signal) -> {
                    if (signal instanceof PostStop) {
                        var unused = starting.thenAccept(IsolatedProcess::kill);
                        close(output, opening);
                        Folders.remove(setup.folder());
                    }
                    return Behaviors.same();
                });
    }

    private Behavior<Message> notStarted(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        String reason;
        if (cause instanceof IllegalArgumentException) {
            // its message shows the value, which may be a secret
            log.info("A function's variables are none to this system. command={}", spec.command());
            reason = "A process cannot be given the function's environment variables.";
        } else {
            log.warn("A function's process could not be started. command={}", spec.command(), cause);
            reason = cause == null ? "" : String.valueOf(cause.getMessage());
        }
        Folders.remove(setup.folder());
        owner.tell(new Ended(context.getSelf(), new EndReason.NotStarted(reason)));
        return Behaviors.stopped();
    }

    private static void close(OutputFile output, CompletionStage<Door> opening) {
        var unused = opening.thenAccept(Door::close);
        try {
            output.close();
        } catch (IOException failure) {
            log.warn("The output of a function could not be closed.", failure);
        }
    }
}
