package io.murmuration.table;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Catalogue;
import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.Answer;
import io.murmuration.table.partition.Intent;
import io.murmuration.table.partition.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Removes what streams have kept for long enough in one group, while this node leads it: now and then it walks the tables that have a stream, one
 * partition and one bounded batch at a time.
 *
 * <p>Owner: {@link TableNode}, one a group and node.
 * <p>Invariants: a record is removed by a decision of its partition, as everything else; one step at a time.
 * <p>Failure: a table whose step fails waits for the next walk, and keeps none of the others.
 */
final class StreamTrimmer {
    private static final Duration STEP_PATIENCE = Duration.ofSeconds(10);
    private static final int INTENT_BYTES = 64;
    private static final int SPREAD = 16;

    sealed interface Message {}

    private record Office(OfficeChange change) implements Message {}

    private record Begin() implements Message {}

    private record Trimmed(
            Walk walk,
            @Nullable Answer<Outcome> answer,
            @Nullable Throwable failure) implements Message {}

    /** The tables that are left to be walked. */
    private static final class Walk {
        private final Deque<Long> tables;
        private final long beforeMillis;

        private Walk(Deque<Long> tables, long beforeMillis) {
            this.tables = tables;
            this.beforeMillis = beforeMillis;
        }
    }

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final int group;
    private final Catalogue catalogue;
    private final Partitions partitions;
    private final TableSettings settings;
    private final Clock clock;
    private @Nullable Walk walk;

    private StreamTrimmer(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            int group,
            Catalogue catalogue,
            Partitions partitions,
            TableSettings settings,
            Clock clock) {
        this.context = context;
        this.timers = timers;
        this.group = group;
        this.catalogue = catalogue;
        this.partitions = partitions;
        this.settings = settings;
        this.clock = clock;
    }

    static Behavior<Message> create(
            int group,
            Journal journal,
            Catalogue catalogue,
            Partitions partitions,
            TableSettings settings,
            Clock clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var self = context.getSelf();
            journal.onOffice(change -> {
                if (change.group() == group) {
                    self.tell(new Office(change));
                }
            });
            return new StreamTrimmer(context, timers, group, catalogue, partitions, settings, clock).behavior();
        }));
    }

    private Behavior<Message> behavior() {
        return Behaviors.receiveMessage(message -> {
            switch (message) {
                case Office office -> onOffice(office.change());
                case Begin begin -> onBegin();
                case Trimmed trimmed -> onTrimmed(trimmed);
            }
            return Behaviors.same();
        });
    }

    private void onOffice(OfficeChange change) {
        walk = null;
        if (change.serving()) {
            var period = settings.streamTrimming();
            // not all groups of a node at once, and soon after an office was taken
            var first = period.multipliedBy(1 + group % SPREAD).dividedBy(2 * SPREAD);
            timers.startTimerWithFixedDelay(new Begin(), new Begin(), first, period);
        } else {
            timers.cancelAll();
        }
    }

    private void onBegin() {
        if (walk != null) {
            return;
        }
        var tables = new ArrayDeque<Long>();
        for (var name : catalogue.tableNames(null, Integer.MAX_VALUE)) {
            catalogue
                    .table(name)
                    .filter(table -> table.active() && table.schema().stream() != null)
                    .ifPresent(table -> tables.add(table.id()));
        }
        var begun = new Walk(tables, clock.millis() - settings.streamRetention().toMillis());
        walk = begun;
        step(begun);
    }

    private void step(Walk now) {
        var table = now.tables.peekFirst();
        if (table == null) {
            walk = null;
            return;
        }
        context.pipeToSelf(
                partitions.ask(
                        table,
                        group,
                        new Intent.Trim(now.beforeMillis),
                        INTENT_BYTES,
                        clock.nanos() + STEP_PATIENCE.toNanos()),
                (answer, failure) -> new Trimmed(now, answer, failure));
    }

    private void onTrimmed(Trimmed trimmed) {
        var now = walk;
        if (now == null || trimmed.walk() != now) {
            return; // of an earlier term
        }
        if (!(trimmed.answer() instanceof Answer.Decided<Outcome> decided)) {
            context.getLog()
                    .info(
                            "A stream was not trimmed and will be later: table {}, group {}, {}",
                            now.tables.peekFirst(),
                            group,
                            trimmed.answer(),
                            trimmed.failure());
            if (trimmed.answer() instanceof Answer.NotLeader) {
                walk = null;
                return;
            }
            now.tables.removeFirst();
            step(now);
            return;
        }
        if (new Outcome.Trimmed(false).equals(decided.reply())) {
            now.tables.removeFirst();
        }
        step(now);
    }
}
