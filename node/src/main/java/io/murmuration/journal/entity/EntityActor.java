package io.murmuration.journal.entity;

import io.murmuration.base.Clock;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.EntityLog.Decide;
import io.murmuration.journal.entity.EntityLog.Outcome;
import io.murmuration.journal.entity.EntityProtocol.BarrierDone;
import io.murmuration.journal.entity.EntityProtocol.Close;
import io.murmuration.journal.entity.EntityProtocol.LogSaid;
import io.murmuration.journal.entity.EntityProtocol.Message;
import io.murmuration.journal.entity.EntityProtocol.PauseOver;
import io.murmuration.journal.entity.EntityProtocol.Position;
import io.murmuration.journal.entity.EntityProtocol.Request;
import io.murmuration.journal.entity.EntityProtocol.Retire;
import io.murmuration.journal.entity.EntityProtocol.Tick;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The gathering half of an entity: everybody who writes to it, or reads it through its rules, asks here.
 *
 * <pre>
 * idle ──request──▶ starting ──recovered──▶ ready ⇄ deciding ──nothing to persist──▶ confirming ──▶ ready
 *                      └──────failed──────▶ resting ──pause over──▶ starting         (deciding fails likewise)
 * </pre>
 *
 * <p>Owner: the {@link EntityHost} of the group while this node leads it; nobody else sends requests, and none after {@link Close}. It is told of
 * idleness with the number of requests received, so that it closes nobody to whom one is on its way.
 * <p>Invariants: one batch in flight; every request is answered once; a reply follows durability, or a barrier begun after its request
 * arrived (safety rule 20).
 * <p>Failure: a failed log answers the batch in flight with what is known (rule 21) and is started again after a growing pause. Whoever still
 * waits at his deadline is told that nothing was applied, whoever is in flight then that the outcome is unknown.
 * <p>Limits: {@link EntitySettings#waitingMax} and {@link EntitySettings#waitingBytesMax}; beyond them a request is throttled.
 */
final class EntityActor<I, R> {
    /** Blocking reads of rows happen on this dispatcher. */
    static final String DISPATCHER = "murmuration.dispatchers.deciding";

    private static final Duration TICK_PERIOD = Duration.ofMillis(100);
    private static final String TICK_TIMER = "tick";
    private static final String IDLE_TIMER = "idle";
    private static final int DOUBLINGS = 4;

    private final ActorContext<Message<I, R>> context;
    private final TimerScheduler<Message<I, R>> timers;
    private final Journal journal;
    private final int group;
    private final Entity<I, R> entity;
    private final EntitySettings settings;
    private final Clock clock;
    private final WaitingList<I, R> waiting;
    private final ActorRef<Outcome<R>> outcomes;
    private final Executor deciding;
    private final ActorRef<EntityHost.Message<I, R>> host;
    private long received;

    @SuppressWarnings("unchecked") // a class literal has no type arguments
    private EntityActor(
            ActorContext<Message<I, R>> context,
            TimerScheduler<Message<I, R>> timers,
            Journal journal,
            int group,
            Entity<I, R> entity,
            EntitySettings settings,
            Clock clock,
            ActorRef<EntityHost.Message<I, R>> host) {
        this.host = host;
        this.context = context;
        this.timers = timers;
        this.journal = journal;
        this.group = group;
        this.entity = entity;
        this.settings = settings;
        this.clock = clock;
        this.waiting = new WaitingList<>(settings);
        this.deciding = context.getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(DISPATCHER));
        this.outcomes = context.messageAdapter((Class<Outcome<R>>) (Class<?>) Outcome.class, LogSaid::new);
    }

    static <I, R> Behavior<Message<I, R>> create(
            Journal journal,
            int group,
            Entity<I, R> entity,
            EntitySettings settings,
            Clock clock,
            ActorRef<EntityHost.Message<I, R>> host) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var actor = new EntityActor<>(context, timers, journal, group, entity, settings, clock, host);
            return actor.become(actor.new Idle(0));
        }));
    }

    /** What a phase does with each message; by default it goes on gathering. */
    private abstract class Phase {
        Behavior<Message<I, R>> onGathered() {
            return Behaviors.same();
        }

        Behavior<Message<I, R>> onOutcome(Outcome<R> outcome) {
            throw new IllegalStateException("an outcome that nobody waits for");
        }

        Behavior<Message<I, R>> onBarrier(@Nullable Position position, @Nullable Throwable failure) {
            throw new IllegalStateException("a barrier that nobody waits for");
        }

        Behavior<Message<I, R>> onPauseOver() {
            return Behaviors.same();
        }

        /** Requests in flight; those that wait are answered before. */
        void onTick() {}

        /** Only where nothing is in flight and nobody waits is there something to tell. */
        void onRetire() {}

        Behavior<Message<I, R>> onClose() {
            return Behaviors.stopped();
        }

        abstract Behavior<Message<I, R>> onLogEnded(@Nullable Throwable cause);
    }

    private Behavior<Message<I, R>> become(Phase phase) {
        return Behaviors.receive(
                (context, message) -> onMessage(phase, message), (context, signal) -> onSignal(phase, signal));
    }

    private Behavior<Message<I, R>> onMessage(Phase phase, Message<I, R> message) {
        return switch (message) {
            case Request<I, R> request -> {
                received++;
                var taken = new Waiting<>(request);
                if (!waiting.offer(taken)) {
                    taken.answer(Failures.throttled());
                    yield Behaviors.same();
                }
                yield phase.onGathered();
            }
            case LogSaid<I, R> said -> phase.onOutcome(said.outcome());
            case BarrierDone<I, R> done -> phase.onBarrier(done.position(), done.failure());
            case PauseOver<I, R> over -> phase.onPauseOver();
            case Tick<I, R> tick -> {
                waiting.answerExpired(clock, Failures.late());
                phase.onTick();
                yield Behaviors.same();
            }
            case Retire<I, R> retire -> {
                phase.onRetire();
                yield Behaviors.same();
            }
            case Close<I, R> close -> {
                waiting.answerAll(elsewhere());
                yield phase.onClose();
            }
        };
    }

    private Behavior<Message<I, R>> onSignal(Phase phase, Signal signal) {
        return switch (signal) {
            case ChildFailed failed -> phase.onLogEnded(failed.getCause());
            case Terminated ended -> phase.onLogEnded(null);
            default -> Behaviors.unhandled();
        };
    }

    /** Nothing is in flight and nobody waits. */
    private abstract class Quiet extends Phase {
        /** Only now, so that a busy entity does not start a timer for each batch. */
        @Override
        void onTick() {
            timers.cancel(TICK_TIMER);
            timers.startSingleTimer(IDLE_TIMER, new Retire<>(), settings.idleMax());
        }

        @Override
        void onRetire() {
            host.tell(new EntityHost.Idle<>(entity.persistenceId(), context.getSelf(), received));
        }
    }

    /** No log runs and nobody waits. */
    private final class Idle extends Quiet {
        private final int failures;

        Idle(int failures) {
            this.failures = failures;
        }

        @Override
        Behavior<Message<I, R>> onGathered() {
            return start(failures);
        }

        @Override
        Behavior<Message<I, R>> onLogEnded(@Nullable Throwable cause) {
            return Behaviors.same();
        }
    }

    /** The log has failed; whoever asks now waits for the next one. */
    private final class Resting extends Phase {
        private final int failures;

        Resting(int failures) {
            this.failures = failures;
        }

        @Override
        Behavior<Message<I, R>> onPauseOver() {
            return waiting.isEmpty() ? idle(failures) : start(failures);
        }

        @Override
        Behavior<Message<I, R>> onLogEnded(@Nullable Throwable cause) {
            return Behaviors.same();
        }
    }

    private final class Starting extends Phase {
        private final ActorRef<Decide<I>> log;
        private final int failures;

        Starting(ActorRef<Decide<I>> log, int failures) {
            this.log = log;
            this.failures = failures;
        }

        @Override
        Behavior<Message<I, R>> onOutcome(Outcome<R> recovered) {
            return next(log);
        }

        @Override
        Behavior<Message<I, R>> onLogEnded(@Nullable Throwable cause) {
            waiting.answerAll(Failures.notProposed(cause));
            return rest(failures + 1);
        }
    }

    /** Recovered, nothing is in flight and nobody waits. */
    private final class Ready extends Quiet {
        private final ActorRef<Decide<I>> log;

        Ready(ActorRef<Decide<I>> log) {
            this.log = log;
        }

        @Override
        Behavior<Message<I, R>> onGathered() {
            return next(log);
        }

        @Override
        Behavior<Message<I, R>> onLogEnded(@Nullable Throwable cause) {
            return rest(1);
        }
    }

    private final class Deciding extends Phase {
        private final ActorRef<Decide<I>> log;
        private final Batch<I, R> batch;

        Deciding(ActorRef<Decide<I>> log, Batch<I, R> batch) {
            this.log = log;
            this.batch = batch;
        }

        @Override
        Behavior<Message<I, R>> onOutcome(Outcome<R> outcome) {
            return switch (outcome) {
                case EntityLog.Persisted<R> persisted -> {
                    reply(batch, persisted.replies(), persisted.appliedIndex());
                    yield next(log);
                }
                case EntityLog.Unchanged<R> unchanged -> {
                    beginBarrier();
                    yield become(new Confirming(log, batch, unchanged));
                }
                case EntityLog.RowsBehind<R> behind -> {
                    waiting.putBack(batch.after(0));
                    beginBarrier();
                    yield become(new CatchingUp(log));
                }
                case EntityLog.RowsAhead<R> ahead -> recover(log, batch);
                case EntityLog.Recovered<R> again -> super.onOutcome(again);
            };
        }

        @Override
        void onTick() {
            batch.answerExpired(clock, new Answer.Unknown<>());
        }

        @Override
        Behavior<Message<I, R>> onClose() {
            return become(new Closing(batch));
        }

        @Override
        Behavior<Message<I, R>> onLogEnded(@Nullable Throwable cause) {
            batch.answer(Failures.inFlight(cause));
            return rest(1);
        }
    }

    /**
     * The decision changes nothing: it is a read, and waits for a barrier begun after its requests had arrived. Office may have been lost and
     * regained since the decision: then the rows it saw were old, and the barrier alone proves nothing of them. But if the entity is still at
     * the sequence number of the decision, nothing was written in between.
     */
    private final class Confirming extends Phase {
        private final ActorRef<Decide<I>> log;
        private final Batch<I, R> batch;
        private final EntityLog.Unchanged<R> decision;

        Confirming(ActorRef<Decide<I>> log, Batch<I, R> batch, EntityLog.Unchanged<R> decision) {
            this.log = log;
            this.batch = batch;
            this.decision = decision;
        }

        @Override
        Behavior<Message<I, R>> onBarrier(@Nullable Position position, @Nullable Throwable failure) {
            if (position == null) {
                batch.answer(Failures.notProposed(failure));
                return next(log);
            }
            if (position.sequenceNumber() != decision.sequenceNumber()) {
                return recover(log, batch);
            }
            reply(batch, decision.replies(), position.appliedIndex());
            return next(log);
        }

        @Override
        void onTick() {
            batch.answerExpired(clock, Failures.late());
        }

        @Override
        Behavior<Message<I, R>> onClose() {
            batch.answer(elsewhere());
            return Behaviors.stopped();
        }

        @Override
        Behavior<Message<I, R>> onLogEnded(@Nullable Throwable cause) {
            throw new IllegalStateException("the log ended without work", cause);
        }
    }

    /** The rows lack events of ours: once a barrier is through they cannot. */
    private final class CatchingUp extends Phase {
        private final ActorRef<Decide<I>> log;

        CatchingUp(ActorRef<Decide<I>> log) {
            this.log = log;
        }

        @Override
        Behavior<Message<I, R>> onBarrier(@Nullable Position position, @Nullable Throwable failure) {
            if (position == null) {
                waiting.answerAll(Failures.notProposed(failure));
            }
            return next(log);
        }

        @Override
        Behavior<Message<I, R>> onLogEnded(@Nullable Throwable cause) {
            throw new IllegalStateException("the log ended without work", cause);
        }
    }

    /** The log is being stopped, because the rows hold events that it does not know. */
    private final class Recovering extends Phase {
        @Override
        Behavior<Message<I, R>> onLogEnded(@Nullable Throwable cause) {
            return waiting.isEmpty() ? idle(0) : start(0);
        }
    }

    /** Office is lost and a batch is in flight: its outcome is still owed. */
    private final class Closing extends Phase {
        private final Batch<I, R> batch;

        Closing(Batch<I, R> batch) {
            this.batch = batch;
        }

        @Override
        Behavior<Message<I, R>> onOutcome(Outcome<R> outcome) {
            if (outcome instanceof EntityLog.Persisted<R> persisted) {
                reply(batch, persisted.replies(), persisted.appliedIndex());
            }
            waiting.answerAll(elsewhere());
            batch.answer(elsewhere());
            return Behaviors.stopped();
        }

        @Override
        void onTick() {
            batch.answerExpired(clock, new Answer.Unknown<>());
        }

        @Override
        Behavior<Message<I, R>> onLogEnded(@Nullable Throwable cause) {
            batch.answer(Failures.inFlight(cause));
            return Behaviors.stopped();
        }
    }

    // ---- steps between the phases ----

    private Behavior<Message<I, R>> start(int failures) {
        keepTicking();
        var log = context.spawnAnonymous(
                EntityLog.create(entity, journal.rows(group), settings.changesBytesMax(), outcomes),
                DispatcherSelector.fromConfig(DISPATCHER));
        context.watch(log);
        return become(new Starting(log, failures));
    }

    private Behavior<Message<I, R>> next(ActorRef<Decide<I>> log) {
        var batch = new Batch<>(waiting.take(clock, Failures.late()));
        if (batch.isEmpty()) {
            return become(new Ready(log));
        }
        keepTicking();
        log.tell(new Decide<>(batch.intents()));
        return become(new Deciding(log, batch));
    }

    private Behavior<Message<I, R>> recover(ActorRef<Decide<I>> log, Batch<I, R> undecided) {
        waiting.putBack(undecided.after(0));
        context.stop(log);
        return become(new Recovering());
    }

    private Behavior<Message<I, R>> rest(int failures) {
        var halvings = Math.max(0, DOUBLINGS + 1 - failures);
        timers.startSingleTimer(new PauseOver<>(), settings.restartPauseMax().dividedBy(1L << halvings));
        return become(new Resting(failures));
    }

    private void beginBarrier() {
        context.pipeToSelf(journal.barrier(group).thenApplyAsync(index -> position(), deciding), BarrierDone::new);
    }

    /** Reads the rows, which may wait for the disk, and fails while they are being replaced. */
    private Position position() {
        var rows = journal.rows(group);
        return new Position(rows.sequenceNumber(entity.persistenceId()), rows.appliedIndex());
    }

    private Behavior<Message<I, R>> idle(int failures) {
        keepTicking(); // the next tick begins the idleness
        return become(new Idle(failures));
    }

    private void keepTicking() {
        if (!timers.isTimerActive(TICK_TIMER)) {
            timers.startTimerWithFixedDelay(TICK_TIMER, new Tick<>(), TICK_PERIOD);
        }
    }

    /** Replies to the requests that were decided, and puts the rest of the batch back. */
    private void reply(Batch<I, R> batch, List<R> replies, long appliedIndex) {
        batch.reply(replies, appliedIndex);
        waiting.putBack(batch.after(replies.size()));
    }

    private Answer<R> elsewhere() {
        return new Answer.NotLeader<>(journal.leaderOf(group));
    }
}
