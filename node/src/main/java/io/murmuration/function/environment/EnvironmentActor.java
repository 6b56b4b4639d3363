package io.murmuration.function.environment;

import io.murmuration.base.Clock;
import io.murmuration.function.environment.EnvironmentProtocol.BecameIdle;
import io.murmuration.function.environment.EnvironmentProtocol.End;
import io.murmuration.function.environment.EnvironmentProtocol.Ended;
import io.murmuration.function.environment.EnvironmentProtocol.Event;
import io.murmuration.function.environment.EnvironmentProtocol.Exited;
import io.murmuration.function.environment.EnvironmentProtocol.Finished;
import io.murmuration.function.environment.EnvironmentProtocol.GetNext;
import io.murmuration.function.environment.EnvironmentProtocol.Live;
import io.murmuration.function.environment.EnvironmentProtocol.LookAtOutput;
import io.murmuration.function.environment.EnvironmentProtocol.Message;
import io.murmuration.function.environment.EnvironmentProtocol.PostError;
import io.murmuration.function.environment.EnvironmentProtocol.PostInitError;
import io.murmuration.function.environment.EnvironmentProtocol.PostResponse;
import io.murmuration.function.environment.EnvironmentProtocol.PostTooLarge;
import io.murmuration.function.environment.EnvironmentProtocol.Run;
import io.murmuration.function.environment.EnvironmentProtocol.RuntimeWord;
import io.murmuration.function.environment.EnvironmentProtocol.StartWord;
import io.murmuration.function.environment.EnvironmentProtocol.TimeOver;
import io.murmuration.function.environment.Isolation.IsolatedProcess;
import io.murmuration.function.environment.RuntimeDoors.Door;
import io.murmuration.protocol.function.FailurePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution environment: the owner of one process that speaks the Runtime API.
 *
 * <pre>
 * starting ──started──▶ initialising ──asks for work──▶ idle ──Run──▶ busy ──responds──▶ settling ──asks for work──▶ idle
 *     └─cannot─▶ gone        └─────init error, time over, End, time over of busy and settling─────▶ ending ──exited──▶ gone
 * </pre>
 *
 * An exit leads to gone from every phase.
 *
 * <p>Owner: the function's actor, which hears every {@link Event} of it; {@link Ended} is the last.
 * <p>Invariants: one invocation at a time; each {@link Run} is followed by {@link Finished}, or else by {@link Ended} and then never began.
 * <p>Failure: an exception stops the actor, and with it the process; its owner then hears no {@link Ended}.
 * <p>Limits: {@link EnvironmentSpec#initTimeout} and {@link EnvironmentSpec#timeout} end the process; {@link OutputFile#BYTES_MAX} of output.
 *
 * <p>It runs on {@link #DISPATCHER}, whose threads may wait for a disk and for the start of a process.
 */
public final class EnvironmentActor {
    public static final String DISPATCHER = "murmuration.dispatchers.functions";

    private static final Logger log = LoggerFactory.getLogger(EnvironmentActor.class);
    private static final Duration LOOK_PERIOD = Duration.ofSeconds(1);
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);
    private static final String LOOK = "look";
    private static final String TIME = "time";

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final EnvironmentSpec spec;
    private final Setup setup;
    private final ActorRef<Event> owner;
    private final Door door;
    private final OutputFile output;
    private final IsolatedProcess process;
    private final long startedNanos;

    /**
     * What every environment of a node needs.
     *
     * @param id by which its log is known
     * @param folder of this environment, made by it and removed with it
     */
    public record Setup(Isolation isolation, RuntimeDoors doors, String id, Path folder, Clock clock) {}

    /** The invocation at work, and how much output there was before it. */
    private record Job(Invocation invocation, long beganNanos, long outputFrom, Optional<Duration> init) {}

    /** @param beganNanos when its start was asked for */
    EnvironmentActor(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            EnvironmentSpec spec,
            Setup setup,
            ActorRef<Event> owner,
            Door door,
            OutputFile output,
            IsolatedProcess process,
            long beganNanos) {
        this.context = context;
        this.timers = timers;
        this.spec = spec;
        this.setup = setup;
        this.owner = owner;
        this.door = door;
        this.output = output;
        this.process = process;
        this.startedNanos = beganNanos;
    }

    public static Behavior<Message> create(EnvironmentSpec spec, Setup setup, ActorRef<Event> owner) {
        return EnvironmentStart.create(spec, setup, owner);
    }

    Behavior<Message> initialising() {
        context.pipeToSelf(process.exit(), (status, failure) -> new Exited(status == null ? -1 : status));
        timers.startSingleTimer(TIME, new TimeOver(), spec.initTimeout());
        timers.startTimerWithFixedDelay(LOOK, new LookAtOutput(), LOOK_PERIOD);
        return phase(message -> switch (message) {
            case GetNext next -> idle(next.answer(), Optional.of(sinceStart()));
            case PostInitError error -> {
                error.answer().complete(new RuntimeReply.Accepted());
                yield ending(new EndReason.InitFailed(error.payload()));
            }
            case RuntimeWord word -> outOfOrder(word);
            case TimeOver over -> ending(new EndReason.InitTimedOut(spec.initTimeout()));
            case End end -> ending(new EndReason.EndedInInit());
            case Exited exited -> gone(new EndReason.ExitedInInit(exited.status()));
            case LookAtOutput look -> cut();
            case Run run -> throw new IllegalStateException("an invocation for an environment that is not idle");
        });
    }

    /** @param init how long the initialisation took, until an invocation has told it */
    private Behavior<Message> idle(CompletableFuture<RuntimeReply> parked, Optional<Duration> init) {
        timers.cancel(TIME);
        owner.tell(new BecameIdle(context.getSelf()));
        return waiting(parked, init);
    }

    private Behavior<Message> waiting(CompletableFuture<RuntimeReply> parked, Optional<Duration> init) {
        return phase(message -> switch (message) {
            case Run run -> begin(run.invocation(), parked, init);
            case GetNext next -> {
                // it lost the connection on which it waited
                parked.complete(new RuntimeReply.OutOfOrder());
                yield waiting(next.answer(), init);
            }
            case RuntimeWord word -> outOfOrder(word);
            case TimeOver late -> Behaviors.same();
            case End end -> ending(new EndReason.Served());
            case Exited exited -> gone(new EndReason.Served());
            case LookAtOutput look -> cut();
        });
    }

    private Behavior<Message> begin(
            Invocation invocation, CompletableFuture<RuntimeReply> parked, Optional<Duration> init) {
        var clock = setup.clock();
        var job = new Job(invocation, clock.nanos(), invocation.wantsLog() ? outputSize() : 0, init);
        timers.startSingleTimer(TIME, new TimeOver(), spec.timeout());
        parked.complete(new RuntimeReply.Assigned(
                invocation, clock.millis() + spec.timeout().toMillis()));
        return busy(job);
    }

    private Behavior<Message> busy(Job job) {
        var id = job.invocation().requestId();
        return phase(message -> switch (message) {
            case PostResponse response ->
                response.requestId().equals(id) ? responded(job, response) : unknown(response);
            case PostTooLarge response ->
                response.requestId().equals(id) ? respondedTooLarge(job, response) : unknown(response);
            case PostError error -> error.requestId().equals(id) ? erred(job, error) : unknown(error);
            case GetNext next -> outOfOrder(next);
            case PostInitError error -> outOfOrder(error);
            case TimeOver over -> {
                var text = FailurePayload.timedOutText(
                        id, setup.clock().millis(), spec.timeout().toMillis());
                failed(job, FailurePayload.message(text), text + "\n\n");
                yield ending(new EndReason.Served());
            }
            case Exited exited -> {
                failed(
                        job,
                        FailurePayload.exited(id, exited.status()),
                        FailurePayload.exitText(id, exited.status()) + "\nRuntime.ExitError\n");
                yield gone(new EndReason.Served());
            }
            case End end -> {
                process.kill();
                yield Behaviors.same();
            }
            case LookAtOutput look -> cut();
            case Run run -> throw new IllegalStateException("an invocation for an environment that is not idle");
        });
    }

    private Behavior<Message> responded(Job job, PostResponse response) {
        finish(job, response.payload(), Optional.empty(), "");
        return settling(response, new RuntimeReply.Accepted());
    }

    private Behavior<Message> respondedTooLarge(Job job, PostTooLarge response) {
        failed(job, FailurePayload.responseTooLarge(), "");
        return settling(response, new RuntimeReply.TooLarge());
    }

    private Behavior<Message> erred(Job job, PostError error) {
        finish(job, error.payload(), Optional.of(FailurePayload.UNHANDLED), "");
        return settling(error, new RuntimeReply.Accepted());
    }

    /** The caller has his answer; until the runtime asks for more, the invocation's time goes on. */
    private Behavior<Message> settling(RuntimeWord last, RuntimeReply answer) {
        last.answer().complete(answer);
        return phase(message -> switch (message) {
            case GetNext next -> idle(next.answer(), Optional.empty());
            case RuntimeWord word -> outOfOrder(word);
            case TimeOver over -> ending(new EndReason.Served());
            case End end -> ending(new EndReason.Served());
            case Exited exited -> gone(new EndReason.Served());
            case LookAtOutput look -> cut();
            case Run run -> throw new IllegalStateException("an invocation for an environment that is not idle");
        });
    }

    private Behavior<Message> ending(EndReason reason) {
        process.kill();
        timers.startSingleTimer(TIME, new TimeOver(), KILLED_WITHIN);
        return phase(message -> switch (message) {
            case RuntimeWord word -> outOfOrder(word);
            case Exited exited -> gone(reason);
            case TimeOver over -> {
                log.warn("A killed process of a function does not end; look at it. pid={}", process.pid());
                yield gone(reason);
            }
            // the owner hears from Ended that it never began
            case Run run -> Behaviors.same();
            case End end -> Behaviors.same();
            case LookAtOutput look -> cut();
        });
    }

    private Behavior<Message> gone(EndReason reason) {
        owner.tell(new Ended(context.getSelf(), reason));
        return Behaviors.stopped();
    }

    private void failed(Job job, byte[] payload, String lastWords) {
        finish(job, ByteString.fromArrayUnsafe(payload), Optional.of(FailurePayload.UNHANDLED), lastWords);
    }

    private void finish(Job job, ByteString payload, Optional<String> error, String lastWords) {
        var took = Duration.ofNanos(setup.clock().nanos() - job.beganNanos());
        var invocation = job.invocation();
        var log = invocation.wantsLog() ? Optional.of(log(job, took, lastWords)) : Optional.<ByteString>empty();
        owner.tell(new Finished(
                context.getSelf(), new InvocationResult(invocation.requestId(), payload, error, log), took));
    }

    /** What is logged before the first invocation belongs to it. */
    private ByteString log(Job job, Duration took, String lastWords) {
        var id = job.invocation().requestId();
        var used = process.peakMegabytes();
        try {
            var before = job.init().isPresent()
                    ? output.last(ReportRules.TAIL_BYTES_MAX, 0, job.outputFrom())
                    : ByteString.emptyByteString();
            return before.concat(ByteString.fromString(ReportRules.start(id, spec.version())))
                    .concat(output.last(ReportRules.TAIL_BYTES_MAX, job.outputFrom(), Long.MAX_VALUE))
                    .concat(ByteString.fromString(lastWords))
                    .concat(ByteString.fromString(ReportRules.end(id, took, spec.memoryMegabytes(), used, job.init())))
                    .takeRight(ReportRules.TAIL_BYTES_MAX);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private long outputSize() {
        try {
            return output.size();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Behavior<Message> cut() {
        try {
            if (output.cut()) {
                log.debug("A function wrote more than is kept. pid={}", process.pid());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Behaviors.same();
    }

    private Duration sinceStart() {
        return Duration.ofNanos(setup.clock().nanos() - startedNanos);
    }

    private static Behavior<Message> outOfOrder(RuntimeWord word) {
        word.answer().complete(new RuntimeReply.OutOfOrder());
        return Behaviors.same();
    }

    private static Behavior<Message> unknown(RuntimeWord word) {
        word.answer().complete(new RuntimeReply.UnknownInvocation());
        return Behaviors.same();
    }

    private Behavior<Message> phase(Function<Live, Behavior<Message>> onMessage) {
        return Behaviors.receive((context, message) -> onMessage.apply(live(message)), (context, signal) -> {
            if (signal instanceof PostStop) {
                close();
            }
            return Behaviors.same();
        });
    }

    private static Live live(Message message) {
        return switch (message) {
            case Live live -> live;
            case StartWord twice -> throw new IllegalStateException("a process that was started twice");
        };
    }

    private void close() {
        door.close();
        process.kill();
        try {
            output.close();
        } catch (IOException failure) {
            log.warn("The output of a function could not be closed. pid={}", process.pid(), failure);
        }
        Folders.remove(setup.folder());
    }
}
