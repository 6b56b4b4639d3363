package io.murmuration.journal.entity;

import io.murmuration.journal.AppliedRows;
import io.murmuration.journal.Rows;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The event-sourced half of an entity: decides one batch and persists it as one event.
 *
 * <p>Owner: the {@link EntityActor} that spawned it and is the only one to write to it, one batch at a time.
 * <p>Invariants: it decides only over rows that contain exactly its own events (safety rule 19); the outcome follows the apply.
 * <p>Failure: a failed persist stops it, as does a rule or a read that throws, which is told apart as {@link Undecided}. Recovery replays nothing: the
 * snapshot is {@link AppliedRows}, so its state is that of the rows.
 */
final class EntityLog<I, R> extends EventSourcedBehavior<EntityLog.Decide<I>, BatchDecided, AppliedRows> {
    record Decide<I>(List<I> batch) {}

    sealed interface Outcome<R> {}

    /** Recovered: it may be given a batch. */
    record Recovered<R>() implements Outcome<R> {}

    /** Durable and applied; the replies are true. */
    record Persisted<R>(List<R> replies, long appliedIndex) implements Outcome<R> {}

    /** Nothing to make durable: the replies are true if the entity is still at this sequence number after a barrier. */
    record Unchanged<R>(List<R> replies, long sequenceNumber) implements Outcome<R> {}

    /** The rows do not yet hold all of its events. Nothing was decided. */
    record RowsBehind<R>() implements Outcome<R> {}

    /** The rows hold events of another incarnation: it must recover. Nothing was decided. */
    record RowsAhead<R>() implements Outcome<R> {}

    /** A rule broke, or the rows could not be read, before anything was proposed. */
    static final class Undecided extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undecided(RuntimeException cause) {
            super("a batch could not be decided", cause);
        }
    }

    private final ActorContext<Decide<I>> context;
    private final Entity<I, R> entity;
    private final Rows rows;
    private final int changesBytesMax;
    private final ActorRef<Outcome<R>> owner;

    private EntityLog(
            ActorContext<Decide<I>> context,
            Entity<I, R> entity,
            Rows rows,
            int changesBytesMax,
            ActorRef<Outcome<R>> owner) {
        super(PersistenceId.ofUniqueId(entity.persistenceId()));
        this.context = context;
        this.entity = entity;
        this.rows = rows;
        this.changesBytesMax = changesBytesMax;
        this.owner = owner;
    }

    static <I, R> Behavior<Decide<I>> create(
            Entity<I, R> entity, Rows rows, int changesBytesMax, ActorRef<Outcome<R>> owner) {
        return Behaviors.setup(context -> new EntityLog<>(context, entity, rows, changesBytesMax, owner));
    }

    @Override
    public AppliedRows emptyState() {
        return new AppliedRows();
    }

    @Override
    public CommandHandler<Decide<I>, BatchDecided, AppliedRows> commandHandler() {
        return (state, command) -> onDecide(command);
    }

    @Override
    public EventHandler<AppliedRows, BatchDecided> eventHandler() {
        return (state, event) -> state;
    }

    @Override
    public SignalHandler<AppliedRows> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), state -> owner.tell(new Recovered<>()))
                .build();
    }

    private Effect<BatchDecided, AppliedRows> onDecide(Decide<I> command) {
        var own = lastSequenceNumber(context);
        var stored = undecidedIfItFails(() -> rows.sequenceNumber(entity.persistenceId()));
        if (stored != own) {
            owner.tell(stored < own ? new RowsBehind<>() : new RowsAhead<>());
            return Effect().none();
        }
        var decision = undecidedIfItFails(() -> entity.decide(rows, command.batch(), changesBytesMax));
        if (decision.changes().isEmpty()) {
            owner.tell(new Unchanged<>(decision.replies(), own));
            return Effect().none();
        }
        return Effect()
                .persist(new BatchDecided(decision.changes()))
                .thenRun(state -> owner.tell(new Persisted<>(decision.replies(), rows.appliedIndex())));
    }

    private static <T> T undecidedIfItFails(Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException broken) {
            throw new Undecided(broken);
        }
    }
}
