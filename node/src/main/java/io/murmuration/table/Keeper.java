package io.murmuration.table;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Catalogue;
import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.Answer;
import io.murmuration.table.partition.Intent;
import io.murmuration.table.partition.Outcome;
import io.murmuration.table.partition.PartitionState;
import io.murmuration.table.partition.RowKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Removes the rows of deleted tables from one group, while this node leads it: closes the partition, so that belated writes are refused, then purges
 * it batch by batch until nothing is left.
 *
 * <pre>
 * away ──office──▶ waiting ──catalogue changed, or time──▶ sweeping ──done──▶ waiting
 * </pre>
 *
 * <p>Owner: {@link TableNode}, one a group and node.
 * <p>Invariants: one sweep at a time; a table is gone only if a read barrier of the catalogue, begun after its partition was seen, does not know it.
 * <p>Failure: a sweep that fails is made again after a pause; each of its steps may be repeated. Nobody has to tell it of a deletion: it looks
 * on taking office, on each change of the catalogue and from time to time.
 */
final class Keeper {
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STEP_PATIENCE = Duration.ofSeconds(10);
    private static final int INTENT_BYTES = 64;

    sealed interface Message {}

    private record Office(OfficeChange change) implements Message {}

    private record Changed() implements Message {}

    private record Swept(@Nullable Throwable failure) implements Message {}

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final int group;
    private final Journal journal;
    private final Catalogue catalogue;
    private final Partitions partitions;
    private final Clock clock;
    private final Executor reads;

    private Keeper(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            int group,
            Journal journal,
            Catalogue catalogue,
            Partitions partitions,
            Clock clock,
            Executor reads) {
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
            int group, Journal journal, Catalogue catalogue, Partitions partitions, Clock clock, Executor reads) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var self = context.getSelf();
            journal.onOffice(change -> {
                if (change.group() == group) {
                    self.tell(new Office(change));
                }
            });
            catalogue.onChange(() -> self.tell(new Changed()));
            return new Keeper(context, timers, group, journal, catalogue, partitions, clock, reads).away();
        }));
    }

    private Behavior<Message> away() {
        timers.cancelAll();
        return Behaviors.receiveMessage(message -> switch (message) {
            case Office office -> office.change().serving() ? sweeping() : Behaviors.same();
            case Changed changed -> Behaviors.same();
            case Swept swept -> Behaviors.same();
        });
    }

    private Behavior<Message> waiting() {
        return Behaviors.receiveMessage(message -> switch (message) {
            case Office office -> office.change().serving() ? sweeping() : away();
            case Changed changed -> sweeping();
            case Swept swept -> Behaviors.same();
        });
    }

    private Behavior<Message> sweeping() {
        timers.cancelAll();
        context.pipeToSelf(sweep(), (done, failure) -> new Swept(failure));
        return sweeping(false);
    }

    private Behavior<Message> sweeping(boolean again) {
        return Behaviors.receiveMessage(message -> switch (message) {
            case Office office -> office.change().serving() ? sweeping(true) : away();
            case Changed changed -> sweeping(true);
            case Swept swept -> {
                if (again && swept.failure() == null) {
                    yield sweeping();
                }
                timers.startSingleTimer(new Changed(), swept.failure() == null ? PERIOD : PAUSE_AFTER_FAILURE);
                yield waiting();
            }
        });
    }

    /**
     * First the partitions are looked up, then the catalogue's barrier is passed: a table whose partition was seen had been made before, so
     * that a catalogue that does not know it then has deleted it.
     */
    private CompletionStage<?> sweep() {
        return CompletableFuture.supplyAsync(this::used, reads)
                .thenCompose(used -> used.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : catalogue
                                .confirm(deadline())
                                .thenCompose(confirmed -> remove(used.stream()
                                        .filter(table -> catalogue.table(table).isEmpty())
                                        .toList())));
    }

    /** Ids of the tables that have a partition here which is not yet emptied. */
    private List<Long> used() {
        var used = new ArrayList<Long>();
        try (var walk = journal.rows(group).scan(RowKeys.statesFrom(), RowKeys.statesTo(), false)) {
            while (walk.next()) {
                if (PartitionState.read(walk.value()).status() != PartitionState.Status.EMPTIED) {
                    used.add(RowKeys.tableOfState(walk.key()));
                }
            }
        }
        return used;
    }

    private CompletionStage<?> remove(List<Long> tables) {
        CompletionStage<?> removed = CompletableFuture.completedFuture(null);
        for (var table : tables) {
            removed = removed.thenCompose(before -> decided(table, new Intent.Close()))
                    .thenCompose(closed -> purge(table));
        }
        return removed;
    }

    private CompletionStage<?> purge(long table) {
        return decided(table, new Intent.Purge())
                .thenCompose(outcome -> outcome.equals(new Outcome.Purged(true))
                        ? CompletableFuture.completedFuture(null)
                        : purge(table));
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
