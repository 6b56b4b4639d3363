package io.murmuration.table;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Catalogue;
import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.Answer;
import io.murmuration.journal.entity.EntityHost;
import io.murmuration.table.partition.Intent;
import io.murmuration.table.partition.Outcome;
import io.murmuration.table.partition.PartitionState;
import io.murmuration.table.partition.RowKeys;
import io.murmuration.table.partition.TablePartition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Ends deleted tables in one group, while this node leads it: closes the partition of each, so that belated writes are refused, and tells the
 * catalogue, which keeps the table's name until all groups have; then purges it batch by batch until nothing is left.
 *
 * <pre>
 * away ⇄ serving:   closing ──every table that is being deleted is closed──▶ at rest ──catalogue changed──▶ closing
 *                   purging ──a table's rows are gone──▶ the next table's              (beside it)
 * </pre>
 *
 * <p>Owner: {@link TableNode}, one a group and node.
 * <p>Invariants: the catalogue is told of a closing that is durable, never before; a partition is purged only after it was closed; closing never
 * waits for a purge; one purge at a time. What an earlier leader left over is looked up once, on taking office: whatever is deleted later is met
 * in the catalogue, where it stays until this group has closed it.
 * <p>Failure: a step that fails is made again after a pause; each may be repeated.
 */
final class Keeper {
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STEP_PATIENCE = Duration.ofSeconds(10);
    private static final int INTENT_BYTES = 64;

    sealed interface Message {}

    private record Office(OfficeChange change) implements Message {}

    private record Changed() implements Message {}

    private record Closed(
            Term term, Collection<Long> tables, @Nullable Throwable failure) implements Message {}

    private record Purged(
            Term term, @Nullable Outcome outcome, @Nullable Throwable failure) implements Message {}

    private record CloseAgain() implements Message {}

    private record PurgeAgain() implements Message {}

    /** What is known and in hand since this node took office. */
    private static final class Term {
        /** Closed in this term: not to be closed again while the catalogue's view lags behind. */
        private final Set<Long> closed = new HashSet<>();

        private final Deque<Long> purges = new ArrayDeque<>();
        /** Whether what an earlier leader left over was looked up. */
        private boolean lookedUp;

        private boolean closing;
        private boolean changed;
        private boolean purging;
    }

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final int group;
    private final Journal journal;
    private final Catalogue catalogue;
    private final Partitions partitions;
    private final ActorRef<EntityHost.Message<Intent, Outcome>> host;
    private final Clock clock;
    private final Executor reads;

    private Keeper(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            int group,
            Journal journal,
            Catalogue catalogue,
            Partitions partitions,
            ActorRef<EntityHost.Message<Intent, Outcome>> host,
            Clock clock,
            Executor reads) {
        this.host = host;
        this.context = context;
        this.timers = timers;
        this.group = group;
        this.journal = journal;
        this.catalogue = catalogue;
        this.partitions = partitions;
        this.clock = clock;
        this.reads = reads;
    }

    static Behavior<Message> create(
            int group,
            Journal journal,
            Catalogue catalogue,
            Partitions partitions,
            ActorRef<EntityHost.Message<Intent, Outcome>> host,
            Clock clock,
            Executor reads) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var self = context.getSelf();
            journal.onOffice(change -> {
                if (change.group() == group) {
                    self.tell(new Office(change));
                }
            });
            catalogue.onChange(() -> self.tell(new Changed()));
            return new Keeper(context, timers, group, journal, catalogue, partitions, host, clock, reads).away();
        }));
    }

    private Behavior<Message> away() {
        timers.cancelAll();
        return Behaviors.receiveMessage(
                message -> message instanceof Office office ? onOffice(office.change()) : Behaviors.same());
    }

    private Behavior<Message> onOffice(OfficeChange change) {
        if (!change.serving()) {
            return away();
        }
        timers.cancelAll();
        var term = new Term();
        close(term);
        return serving(term);
    }

    private Behavior<Message> serving(Term term) {
        return Behaviors.receiveMessage(message -> {
            switch (message) {
                case Office office -> {
                    return onOffice(office.change());
                }
                case Changed changed -> close(term);
                case CloseAgain again -> close(term);
                case PurgeAgain again -> purge(term);
                case Closed closed -> {
                    if (closed.term() == term) {
                        onClosed(term, closed);
                    }
                }
                case Purged purged -> {
                    if (purged.term() == term) {
                        onPurged(term, purged);
                    }
                }
            }
            return Behaviors.same();
        });
    }

    // ---- closing ----

    private void close(Term term) {
        if (term.closing) {
            term.changed = true;
            return;
        }
        var due = due(term.closed);
        if (term.lookedUp && due.isEmpty()) {
            return;
        }
        term.closing = true;
        term.changed = false;
        var tables = term.lookedUp
                ? CompletableFuture.<Set<Long>>completedFuture(due)
                : leftOver().thenApply(left -> {
                    left.addAll(due);
                    return left;
                });
        context.pipeToSelf(
                tables.thenCompose(this::closeAll),
                (closed, failure) -> new Closed(term, closed == null ? List.of() : closed, failure));
    }

    /** The tables that the catalogue waits for this group to close. */
    private Set<Long> due(Set<Long> closed) {
        var due = new LinkedHashSet<Long>();
        for (var table : catalogue.deleting()) {
            if (isAwaited(table) && !closed.contains(table.id())) {
                due.add(table.id());
            }
        }
        return due;
    }

    private boolean isAwaited(Table table) {
        return !table.active() && !table.closed().contains(group);
    }

    /**
     * Deleted tables whose rows are not all gone. First the partitions are looked up, then the catalogue's barrier is passed: a table whose
     * partition was seen had been made before, so that a catalogue that does not know it then has deleted it.
     */
    private CompletionStage<Set<Long>> leftOver() {
        return CompletableFuture.supplyAsync(this::used, reads).thenCompose(used -> {
            if (used.isEmpty()) {
                return CompletableFuture.completedFuture(used);
            }
            return catalogue.confirm(deadline()).thenApply(confirmed -> {
                used.removeIf(table -> catalogue.table(table).map(Table::active).orElse(false));
                return used;
            });
        });
    }

    /** Ids of the tables that have a partition here which is not yet emptied. */
    private Set<Long> used() {
        var used = new LinkedHashSet<Long>();
        try (var walk = journal.rows(group).scan(RowKeys.statesFrom(), RowKeys.statesTo(), false)) {
            while (walk.next()) {
                if (PartitionState.read(walk.value()).status() != PartitionState.Status.EMPTIED) {
                    used.add(RowKeys.tableOfState(walk.key()));
                }
            }
        }
        return used;
    }

    private CompletionStage<Collection<Long>> closeAll(Set<Long> tables) {
        var closing = new ArrayList<CompletableFuture<?>>();
        tables.forEach(table -> closing.add(close(table).toCompletableFuture()));
        return CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> tables);
    }

    private CompletionStage<?> close(long table) {
        return decided(table, new Intent.Close())
                .thenCompose(
                        closed -> catalogue.table(table).filter(this::isAwaited).isPresent()
                                ? catalogue.closed(table, group, deadline())
                                : CompletableFuture.completedFuture(null));
    }

    private void onClosed(Term term, Closed closed) {
        term.closing = false;
        if (closed.failure() != null) {
            timers.startSingleTimer(new CloseAgain(), PAUSE_AFTER_FAILURE);
            return;
        }
        term.lookedUp = true;
        term.closed.removeIf(table -> catalogue.table(table).isEmpty());
        term.closed.addAll(closed.tables());
        term.purges.addAll(closed.tables());
        purge(term);
        if (term.changed) {
            close(term);
        }
    }

    // ---- purging ----

    private void purge(Term term) {
        var table = term.purges.peekFirst();
        if (term.purging || table == null) {
            return;
        }
        term.purging = true;
        context.pipeToSelf(
                decided(table, new Intent.Purge()), (outcome, failure) -> new Purged(term, outcome, failure));
    }

    private void onPurged(Term term, Purged purged) {
        term.purging = false;
        if (purged.failure() != null) {
            timers.startSingleTimer(new PurgeAgain(), PAUSE_AFTER_FAILURE);
            return;
        }
        if (new Outcome.Purged(true).equals(purged.outcome())) {
            host.tell(new EntityHost.Release<>(new TablePartition(term.purges.removeFirst(), group).persistenceId()));
        }
        purge(term);
    }

    private CompletionStage<Outcome> decided(long table, Intent intent) {
        return partitions.ask(table, group, intent, INTENT_BYTES, deadline()).thenApply(answer -> {
            if (answer instanceof Answer.Decided<Outcome> decided) {
                return decided.reply();
            }
            throw new IllegalStateException("the partition did not decide: " + answer);
        });
    }

    private long deadline() {
        return clock.nanos() + STEP_PATIENCE.toNanos();
    }
}
