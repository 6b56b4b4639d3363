package io.murmuration.function;

import io.murmuration.base.Clock;
import io.murmuration.function.FunctionProtocol.Close;
import io.murmuration.function.FunctionProtocol.InstanceLost;
import io.murmuration.function.FunctionProtocol.InstanceSaid;
import io.murmuration.function.FunctionProtocol.Invoke;
import io.murmuration.function.FunctionProtocol.LookAtIdle;
import io.murmuration.function.FunctionProtocol.LookAtWaiting;
import io.murmuration.function.FunctionProtocol.Retire;
import io.murmuration.function.FunctionProtocol.RevisionMessage;
import io.murmuration.function.FunctionProtocol.Unused;
import io.murmuration.function.Instances.Instance;
import io.murmuration.function.Instances.Phase;
import io.murmuration.function.environment.EndReason.NeverReady;
import io.murmuration.function.instance.EndCodec;
import io.murmuration.function.instance.InstanceEnd;
import io.murmuration.function.instance.InstanceProtocol;
import io.murmuration.function.instance.InstanceProtocol.Ended;
import io.murmuration.function.instance.InstanceProtocol.Event;
import io.murmuration.function.instance.InstanceProtocol.Finished;
import io.murmuration.function.instance.InstanceProtocol.Idle;
import io.murmuration.function.instance.InstanceProtocol.NoRoom;
import io.murmuration.function.instance.InstanceRegion;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.function.FunctionErrors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One revision of a function: its waiting invocations and its instances, wherever they live.
 *
 * <p>Owner: the {@link FunctionEntity}, which alone sends requests, and none after {@link Close}.
 * <p>Invariants: every invocation is answered once. An idle instance takes the oldest that waits; nobody waits while one is idle.
 * <p>Failure: an instance that never becomes ready answers one waiting invocation with its error. One that ends before it began its invocation gives
 * it back to the queue. One that is lost leaves its caller with an unknown outcome.
 * <p>Limits: the function's concurrency, waiting ones included; {@link FunctionSettings#payloadBytesMax}; {@link FunctionSettings#waitMax}; {@link FunctionSettings#instancesMax}, and the
 * room of each node. It holds mutable queues, because it alone touches them and every invocation passes it twice.
 */
final class FunctionActor {
    private static final Logger log = LoggerFactory.getLogger(FunctionActor.class);
    private static final Duration WAITING_PERIOD = Duration.ofMillis(100);
    private static final Duration IDLE_PERIOD_MAX = Duration.ofSeconds(10);

    /** What a start may take besides the initialisation: fetching the code, unpacking it, finding the place. */
    private static final Duration LOST_SLACK = Duration.ofSeconds(30);

    private static final Duration START_SLACK = Duration.ofMinutes(1);

    /** How long a place without room is not asked again; an idle instance there is ending meanwhile. */
    private static final Duration FULL_FOR = Duration.ofMillis(200);

    private static final String WAITING = "waiting";
    private static final String IDLE = "idle";
    private static final long FIRST_START_MILLIS = 100;

    private final ActorContext<RevisionMessage> context;
    private final Deployment deployment;
    private final Surroundings around;
    private final ActorRef<FunctionProtocol.Message> entity;
    private final ActorRef<Event> events;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Instances instances = new Instances();
    /** Until when a place is taken for full. */
    private final Map<String, Long> full = new HashMap<>();

    private long received;
    private long usedNanos;
    private boolean retired;
    private boolean old;
    private long durationMillis = InstanceRules.UNKNOWN;
    private long startMillis = FIRST_START_MILLIS;

    /** What every function needs, on the node where its entity lives. */
    record Surroundings(
            FunctionSettings settings, Deployments deployments, InstanceRegion instances, Room payloads, Clock clock) {}

    private FunctionActor(
            ActorContext<RevisionMessage> context,
            Deployment deployment,
            Surroundings around,
            ActorRef<FunctionProtocol.Message> entity) {
        this.context = context;
        this.deployment = deployment;
        this.around = around;
        this.entity = entity;
        this.usedNanos = around.clock().nanos();
        this.events = context.messageAdapter(Event.class, InstanceSaid::new);
    }

    static Behavior<RevisionMessage> create(
            Deployment deployment, Surroundings around, ActorRef<FunctionProtocol.Message> entity) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new FunctionActor(context, deployment, around, entity).serving(timers)));
    }

    private Behavior<RevisionMessage> serving(TimerScheduler<RevisionMessage> timers) {
        timers.startTimerWithFixedDelay(WAITING, new LookAtWaiting(), WAITING_PERIOD);
        var idleMax = around.settings().idleMax();
        timers.startTimerWithFixedDelay(
                IDLE, new LookAtIdle(), idleMax.compareTo(IDLE_PERIOD_MAX) < 0 ? idleMax : IDLE_PERIOD_MAX);
        return Behaviors.receive((context, message) -> onMessage(message), (context, signal) -> onSignal(signal));
    }

    private Behavior<RevisionMessage> onSignal(Signal signal) {
        if (signal instanceof PostStop) {
            // those who called learn it by the end of the entity
            waiting.forEach(Waiting::forget);
            instances.jobs().forEach(Waiting::forget);
        }
        return Behaviors.same();
    }

    private Behavior<RevisionMessage> onMessage(RevisionMessage message) {
        switch (message) {
            case Invoke invoke -> onInvoke(invoke);
            case InstanceSaid said -> onEvent(said.event());
            case InstanceLost lost -> onLost(lost.instance());
            case LookAtWaiting look -> onLookAtWaiting();
            case LookAtIdle look -> onLookAtIdle();
            case Retire retire -> retired = true;
            case Close close -> {
                return Behaviors.stopped();
            }
        }
        serve();
        return Behaviors.same();
    }

    private void onInvoke(Invoke invoke) {
        received++;
        usedNanos = around.clock().nanos();
        var call = invoke.call();
        if (waiting.size() + instances.count(Phase.BUSY) >= concurrencyMax()
                || !around.payloads().take(call.payload().length)) {
            Waiting.refuse(call, FunctionErrors.throttled());
        } else {
            waiting.addLast(new Waiting(call, usedNanos, around.payloads()));
        }
    }

    private int concurrencyMax() {
        return deployment.reservedConcurrency().orElse(around.settings().concurrencyMax());
    }

    private void onEvent(Event event) {
        var instance = instances.get(event.instance());
        if (instance == null) {
            // it was given up before it said so
            if (event instanceof Idle idle) {
                idle.self().tell(new InstanceProtocol.End());
            }
            return;
        }
        switch (event) {
            case Idle idle -> onIdle(idle, instance);
            case Finished finished -> onFinished(finished, instance);
            case Ended ended -> onEnded(ended, instance);
            case NoRoom noRoom -> {
                instances.remove(noRoom.instance());
                full.put(InstanceRegion.place(noRoom.instance()), around.clock().nanos() + FULL_FOR.toNanos());
            }
        }
    }

    private void onIdle(Idle idle, Instance instance) {
        long now = around.clock().nanos();
        if (instance.phase() == Phase.STARTING) {
            startMillis = InstanceRules.average(startMillis, millis(now - instance.sinceNanos()));
            context.watchWith(idle.self(), new InstanceLost(idle.instance()));
        }
        if (instance.phase() != Phase.ENDING) {
            instances.put(idle.instance(), new Instance(Phase.IDLE, idle.self(), null, now));
        }
    }

    private void onFinished(Finished finished, Instance instance) {
        durationMillis = InstanceRules.average(durationMillis, millis(finished.tookNanos()));
        if (instance.job() != null) {
            instance.job().answer(finished);
        }
        usedNanos = around.clock().nanos();
        if (instance.phase() != Phase.ENDING) {
            instances.put(finished.instance(), new Instance(Phase.SETTLING, instance.actor(), null, usedNanos));
        }
    }

    private void onEnded(Ended ended, Instance instance) {
        instances.remove(ended.instance());
        if (instance.actor() != null) {
            context.unwatch(instance.actor());
        }
        if (instance.job() != null) {
            waiting.addFirst(instance.job());
            return;
        }
        switch (EndCodec.decode(ended.reason())) {
            case InstanceEnd.Refused refused -> firstWaiting(one -> one.refuse(refused.error()));
            case InstanceEnd.OfEnvironment of -> {
                if (of.reason() instanceof NeverReady failure) {
                    firstWaiting(one -> one.fail(failure.payload(
                            one.call().requestId(), around.clock().millis())));
                }
            }
        }
    }

    /** As with Lambda, each start that fails is one invocation's answer, so that a function that cannot start is not started for ever. */
    private void firstWaiting(Consumer<Waiting> answer) {
        var first = waiting.pollFirst();
        if (first != null) {
            answer.accept(first);
        }
    }

    private void onLost(String name) {
        var instance = instances.remove(name);
        if (instance != null && instance.job() != null) {
            instance.job()
                    .refuse(new ServiceError(
                            CommonError.OUTCOME_UNKNOWN,
                            "The execution environment was lost; the function may have been called."));
        }
    }

    private void giveUp(String name) {
        log.warn("An instance was not heard of for too long and is given up. instance={}", name);
        var actor = actor(name);
        context.unwatch(actor);
        actor.tell(new InstanceProtocol.End());
        onLost(name);
    }

    private void onLookAtWaiting() {
        long now = around.clock().nanos();
        full.values().removeIf(until -> until - now <= 0);
        giveUpLostStarts();
        long late = now - around.settings().waitMax().toNanos();
        for (var first = waiting.peekFirst();
                first != null && first.sinceNanos() - late <= 0;
                first = waiting.peekFirst()) {
            waiting.removeFirst();
            first.refuse(FunctionErrors.throttled());
        }
    }

    /** An instance whose node is gone before it was idle for the first time is not watched yet. */
    private void giveUpLostStarts() {
        var starting = instances.since(Phase.STARTING, around.clock().nanos());
        if (!starting.isEmpty()) {
            var places = around.instances().places();
            starting.stream()
                    .filter(name -> !places.contains(InstanceRegion.place(name)))
                    .forEach(instances::remove);
        }
    }

    private void onLookAtIdle() {
        long now = around.clock().nanos();
        // a start that was lost on its way
        instances
                .since(
                        Phase.STARTING,
                        now - around.settings().initTimeout().plus(START_SLACK).toNanos())
                .forEach(instances::remove);
        // what an instance was told, or said, can be lost with a connection while both ends live
        long longestRun = Duration.ofSeconds(deployment.configuration().timeoutSeconds())
                .plus(LOST_SLACK)
                .toNanos();
        instances.since(Phase.BUSY, now - longestRun).forEach(this::giveUp);
        instances.since(Phase.SETTLING, now - longestRun).forEach(this::giveUp);
        instances.since(Phase.ENDING, now - LOST_SLACK.toNanos()).forEach(this::giveUp);
        old = !around.deployments()
                .known(deployment.configuration().name())
                .map(Deployment::key)
                .equals(Optional.of(deployment.key()));
        long longAgo = now - around.settings().idleMax().toNanos();
        instances.since(Phase.IDLE, longAgo).forEach(this::end);
        if (waiting.isEmpty() && instances.isEmpty() && (retired || old || usedNanos - longAgo <= 0)) {
            entity.tell(new Unused(deployment, received));
        }
    }

    /** Gives those that wait to those that are idle, and starts instances if that is not enough. */
    private void serve() {
        for (var idle = instances.warmest(); idle.isPresent() && !waiting.isEmpty(); idle = instances.warmest()) {
            run(idle.get(), waiting.removeFirst());
        }
        if (retired || old) {
            instances.since(Phase.IDLE, around.clock().nanos()).forEach(this::end);
            if (waiting.isEmpty() && instances.isEmpty()) {
                entity.tell(new Unused(deployment, received));
            }
        }
        if (waiting.isEmpty()) {
            return;
        }
        for (int missing = InstanceRules.toStart(figures()); missing > 0; missing--) {
            var place = PlacementRules.next(around.instances().places(), instances.byPlace(), full.keySet());
            if (place.isEmpty()) {
                return;
            }
            var name = around.instances().start(place.get(), deployment, events);
            instances.put(
                    name,
                    new Instance(Phase.STARTING, null, null, around.clock().nanos()));
        }
    }

    private void run(String name, Waiting job) {
        var actor = actor(name);
        instances.put(name, new Instance(Phase.BUSY, actor, job, around.clock().nanos()));
        actor.tell(job.run());
    }

    private void end(String name) {
        var actor = actor(name);
        instances.put(
                name, new Instance(Phase.ENDING, actor, null, around.clock().nanos()));
        actor.tell(new InstanceProtocol.End());
    }

    /** Of one that is idle, or was. */
    private ActorRef<InstanceProtocol.Message> actor(String name) {
        @Nullable Instance instance = instances.get(name);
        if (instance == null || instance.actor() == null) {
            throw new IllegalStateException("an idle instance that never said that it is");
        }
        return instance.actor();
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

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
