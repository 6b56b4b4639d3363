package io.murmuration.function;

import io.murmuration.base.Clock;
import io.murmuration.function.FunctionProtocol.Close;
import io.murmuration.function.FunctionProtocol.EnvironmentSaid;
import io.murmuration.function.FunctionProtocol.GiveUpIdle;
import io.murmuration.function.FunctionProtocol.Invoke;
import io.murmuration.function.FunctionProtocol.LookAtIdle;
import io.murmuration.function.FunctionProtocol.LookAtWaiting;
import io.murmuration.function.FunctionProtocol.Message;
import io.murmuration.function.FunctionProtocol.PreparationFailed;
import io.murmuration.function.FunctionProtocol.Prepared;
import io.murmuration.function.FunctionProtocol.Retire;
import io.murmuration.function.Instances.Phase;
import io.murmuration.function.environment.EndReason;
import io.murmuration.function.environment.EndReason.NeverReady;
import io.murmuration.function.environment.EnvironmentActor;
import io.murmuration.function.environment.EnvironmentProtocol;
import io.murmuration.function.environment.EnvironmentProtocol.BecameIdle;
import io.murmuration.function.environment.EnvironmentProtocol.Ended;
import io.murmuration.function.environment.EnvironmentProtocol.Finished;
import io.murmuration.function.environment.EnvironmentSpec;
import io.murmuration.function.environment.Environments;
import io.murmuration.function.environment.Folders;
import io.murmuration.function.environment.Isolation;
import io.murmuration.function.runtime.RuntimeMissingException;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionErrors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One revision of a function on this node: its waiting invocations and its execution environments.
 *
 * <pre>
 * preparing ──code unpacked──▶ ready ──Close──▶ stopped
 *     └──failed──▶ useless ──Close──▶ stopped
 * </pre>
 *
 * <p>Owner: the {@link FunctionHost}, which alone sends requests, and none after {@link Close}.
 * <p>Invariants: every invocation is answered once. An idle environment takes the oldest that waits; nobody waits while one is idle.
 * <p>Failure: an environment that never becomes ready answers one waiting invocation with its error. One that ends before it began its invocation gives
 * it back to the queue. One whose actor fails leaves its caller with an unknown outcome.
 * <p>Limits: the function's concurrency, waiting ones included; {@link FunctionSettings#waitMax}; {@link FunctionSettings#instancesMax} and the
 * node's {@link Room} for environments. It holds mutable queues, because it alone touches them and every invocation passes it twice.
 */
final class FunctionActor {
    private static final Logger log = LoggerFactory.getLogger(FunctionActor.class);
    private static final Duration WAITING_PERIOD = Duration.ofMillis(100);
    private static final Duration IDLE_PERIOD_MAX = Duration.ofSeconds(10);
    private static final String WAITING = "waiting";
    private static final String IDLE = "idle";
    private static final long FIRST_START_MILLIS = 100;

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final Deployment deployment;
    private final Surroundings around;
    private final Path folder;
    private final ActorRef<EnvironmentProtocol.Event> events;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Instances instances = new Instances();
    private long received;
    private long started;
    private long usedNanos;
    private boolean retired;
    private long durationMillis = InstanceRules.UNKNOWN;
    private long startMillis = FIRST_START_MILLIS;

    /**
     * What every function of a node needs.
     *
     * @param runtimeApi host and port of the Runtime API
     * @param room for execution environments
     */
    record Surroundings(
            FunctionSettings settings,
            Preparation preparation,
            Isolation isolation,
            Environments environments,
            String runtimeApi,
            Room room,
            Clock clock,
            ActorRef<FunctionHost.Message> host) {}

    private FunctionActor(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            Deployment deployment,
            Surroundings around,
            Path folder) {
        this.context = context;
        this.timers = timers;
        this.deployment = deployment;
        this.around = around;
        this.folder = folder;
        this.usedNanos = around.clock().nanos();
        this.events = context.messageAdapter(EnvironmentProtocol.Event.class, EnvironmentSaid::new);
    }

    /** @param folder made by it and removed with it */
    static Behavior<Message> create(Deployment deployment, Surroundings around, Path folder) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new FunctionActor(context, timers, deployment, around, folder).preparing()));
    }

    private Behavior<Message> preparing() {
        context.pipeToSelf(
                around.preparation().prepare(deployment, folder.resolve("code")),
                (spec, failure) -> spec == null ? new PreparationFailed(failure) : new Prepared(spec));
        timers.startTimerWithFixedDelay(WAITING, new LookAtWaiting(), WAITING_PERIOD);
        var idleMax = around.settings().idleMax();
        timers.startTimerWithFixedDelay(
                IDLE, new LookAtIdle(), idleMax.compareTo(IDLE_PERIOD_MAX) < 0 ? idleMax : IDLE_PERIOD_MAX);
        return become(null);
    }

    /** @param spec null until the code is unpacked */
    private Behavior<Message> become(@Nullable EnvironmentSpec spec) {
        return Behaviors.receive(
                (context, message) -> onMessage(spec, message), (context, signal) -> onSignal(spec, signal));
    }

    private Behavior<Message> onMessage(@Nullable EnvironmentSpec spec, Message message) {
        switch (message) {
            case Invoke invoke -> onInvoke(invoke);
            case Prepared prepared -> {
                serve(prepared.spec());
                return become(prepared.spec());
            }
            case PreparationFailed failed -> {
                return useless(cause(failed.cause()));
            }
            case EnvironmentSaid said -> onEvent(said.event());
            case LookAtWaiting look -> onLookAtWaiting();
            case LookAtIdle look -> onLookAtIdle(spec);
            case Retire retire -> retired = true;
            case GiveUpIdle giveUp -> instances.coldest().ifPresent(this::end);
            case Close close -> {
                return Behaviors.stopped();
            }
        }
        if (spec != null) {
            serve(spec);
        }
        return Behaviors.same();
    }

    private Behavior<Message> onSignal(@Nullable EnvironmentSpec spec, Signal signal) {
        if (signal instanceof PostStop) {
            around.room().giveBack(instances.size());
            Folders.remove(folder);
        } else if (signal instanceof Terminated ended) {
            onCrash(ended.getRef().unsafeUpcast());
            if (spec != null) {
                serve(spec);
            }
        }
        return Behaviors.same();
    }

    private void onInvoke(Invoke invoke) {
        received++;
        usedNanos = around.clock().nanos();
        var arrived = new Waiting(invoke, usedNanos);
        if (waiting.size() + instances.count(Phase.BUSY) >= concurrencyMax()) {
            arrived.refuse(FunctionErrors.throttled());
        } else {
            waiting.addLast(arrived);
        }
    }

    private int concurrencyMax() {
        return deployment.reservedConcurrency().orElse(around.settings().concurrencyMax());
    }

    private void onEvent(EnvironmentProtocol.Event event) {
        var environment = event.environment();
        var instance = instances.get(environment);
        if (instance == null) {
            throw new IllegalStateException("an event of an environment that is not this function's");
        }
        long now = around.clock().nanos();
        switch (event) {
            case BecameIdle idle -> {
                if (instance.phase() == Phase.STARTING) {
                    startMillis = InstanceRules.average(startMillis, millis(now - instance.sinceNanos()));
                }
                if (instance.phase() != Phase.ENDING) {
                    instances.put(environment, Phase.IDLE, null, now);
                }
            }
            case Finished finished -> {
                durationMillis =
                        InstanceRules.average(durationMillis, finished.took().toMillis());
                if (instance.job() != null) {
                    instance.job().answer(finished.result());
                }
                usedNanos = now;
                if (instance.phase() != Phase.ENDING) {
                    instances.put(environment, Phase.SETTLING, null, now);
                }
            }
            case Ended ended -> {
                context.unwatch(environment);
                forget(environment);
                if (instance.job() != null) {
                    waiting.addFirst(instance.job());
                } else if (ended.reason() instanceof NeverReady failure) {
                    onNeverReady(failure);
                }
            }
        }
    }

    /** As with Lambda, each start that fails is one invocation's answer, so that a function that cannot start is not started for ever. */
    private void onNeverReady(NeverReady failure) {
        var first = waiting.pollFirst();
        if (first != null) {
            first.fail(failure.payload(first.requestId(), around.clock().millis()));
        }
    }

    private void onCrash(ActorRef<EnvironmentProtocol.Message> environment) {
        var instance = forget(environment);
        if (instance == null) {
            return;
        }
        if (instance.job() != null) {
            instance.job()
                    .refuse(new ServiceError(
                            CommonError.OUTCOME_UNKNOWN,
                            "The execution environment failed; the function may have been called."));
        } else if (instance.phase() == Phase.STARTING && !waiting.isEmpty()) {
            waiting.removeFirst()
                    .refuse(new ServiceError(
                            CommonError.UNAVAILABLE,
                            "No execution environment could be made; the function was not called."));
        }
    }

    private Instances.@Nullable Instance forget(ActorRef<EnvironmentProtocol.Message> environment) {
        var instance = instances.remove(environment);
        if (instance != null) {
            around.room().giveBack(1);
        }
        return instance;
    }

    private void onLookAtWaiting() {
        long late = around.clock().nanos() - around.settings().waitMax().toNanos();
        for (var first = waiting.peekFirst();
                first != null && first.sinceNanos() - late <= 0;
                first = waiting.peekFirst()) {
            waiting.removeFirst();
            first.refuse(FunctionErrors.throttled());
        }
    }

    /** What is not unpacked yet is still being written. */
    private void onLookAtIdle(@Nullable EnvironmentSpec spec) {
        long longAgo = around.clock().nanos() - around.settings().idleMax().toNanos();
        instances.idleSince(longAgo).forEach(this::end);
        if (spec != null && waiting.isEmpty() && instances.isEmpty() && (retired || usedNanos - longAgo <= 0)) {
            around.host().tell(new FunctionHost.Unused(deployment, received));
        }
    }

    /** Gives those that wait to those that are idle, and starts environments if that is not enough. */
    private void serve(EnvironmentSpec spec) {
        for (var idle = instances.warmest(); idle.isPresent() && !waiting.isEmpty(); idle = instances.warmest()) {
            var next = waiting.removeFirst();
            instances.put(idle.get(), Phase.BUSY, next, around.clock().nanos());
            idle.get().tell(new EnvironmentProtocol.Run(next.invoke().invocation()));
        }
        if (retired) {
            instances.idleSince(around.clock().nanos()).forEach(this::end);
        }
        for (int missing = InstanceRules.toStart(figures()); missing > 0; missing--) {
            if (!around.room().take(1)) {
                around.host().tell(new FunctionHost.NoRoom());
                return;
            }
            start(spec);
        }
    }

    private InstanceRules.Figures figures() {
        long now = around.clock().nanos();
        var first = waiting.peekFirst();
        return new InstanceRules.Figures(
                waiting.size(),
                instances.count(Phase.STARTING),
                instances.count(Phase.IDLE),
                instances.count(Phase.SETTLING),
                instances.count(Phase.BUSY) + instances.count(Phase.ENDING),
                first == null ? 0 : millis(now - first.sinceNanos()),
                durationMillis,
                startMillis,
                Math.min(concurrencyMax(), around.settings().instancesMax()));
    }

    private void start(EnvironmentSpec spec) {
        var name = "environment-" + started++;
        var setup = new EnvironmentActor.Setup(
                around.isolation(), around.environments(), around.runtimeApi(), folder.resolve(name), around.clock());
        var environment = context.spawn(
                EnvironmentActor.create(spec, setup, events),
                name,
                DispatcherSelector.fromConfig(EnvironmentActor.DISPATCHER));
        context.watch(environment);
        instances.put(environment, Phase.STARTING, null, around.clock().nanos());
    }

    private void end(ActorRef<EnvironmentProtocol.Message> environment) {
        instances.put(environment, Phase.ENDING, null, around.clock().nanos());
        environment.tell(new EnvironmentProtocol.End());
    }

    /** Answers everybody until nobody has asked for a while: the next actor of this revision tries again. */
    private Behavior<Message> useless(@Nullable Throwable cause) {
        if (!(cause instanceof ServiceException) && !(cause instanceof RuntimeMissingException)) {
            log.error("A function's code could not be made ready. function={}", deployment.functionKey(), cause);
        }
        waiting.forEach(one -> answerUseless(one, cause));
        waiting.clear();
        around.host().tell(new FunctionHost.Unused(deployment, received));
        return Behaviors.receive(
                (context, message) -> {
                    switch (message) {
                        case Invoke invoke -> {
                            received++;
                            answerUseless(new Waiting(invoke, 0), cause);
                        }
                        case LookAtIdle look -> around.host().tell(new FunctionHost.Unused(deployment, received));
                        case Close close -> {
                            return Behaviors.stopped();
                        }
                        case Retire retire -> {}
                        case GiveUpIdle giveUp -> {}
                        case LookAtWaiting look -> {}
                        case Prepared prepared -> throw new IllegalStateException("prepared and failed");
                        case PreparationFailed failed -> throw new IllegalStateException("failed twice");
                        case EnvironmentSaid said -> throw new IllegalStateException("an environment without code");
                    }
                    return Behaviors.same();
                },
                (context, signal) -> onSignal(null, signal));
    }

    private void answerUseless(Waiting one, @Nullable Throwable cause) {
        if (cause instanceof ServiceException refusal) {
            one.refuse(refusal.error());
        } else if (cause instanceof RuntimeMissingException missing) {
            var reason = new EndReason.NotStarted(String.valueOf(missing.getMessage()));
            one.fail(reason.payload(one.requestId(), around.clock().millis()));
        } else {
            one.refuse(new ServiceError(
                    CommonError.UNAVAILABLE, "The function's code could not be made ready; it was not called."));
        }
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? cause(failure.getCause())
                : failure;
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
