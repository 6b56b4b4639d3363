package io.murmuration.trigger;

import io.murmuration.base.Clock;
import io.murmuration.base.FairShares;
import io.murmuration.function.Functions;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.Answer;
import io.murmuration.protocol.function.mapping.FilterPattern;
import io.murmuration.trigger.BatchReads.Batch;
import io.murmuration.trigger.BatchReads.Found;
import io.murmuration.trigger.CursorIntent.Move;
import io.murmuration.trigger.CursorIntent.Outcome;
import io.murmuration.trigger.ReaderRules.Ended;
import io.murmuration.trigger.ReaderRules.Sent;
import java.time.Duration;
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
 * Delivers what one mapping has to do in one shard, a batch at a time, beside the shard's leader.
 *
 * <pre>
 * idle ──woken──▶ looking ──batch──▶ confirming ──▶ invoking ──▶ moving ──▶ looking
 *   ◀───nothing──────┘  │                 └─cursor is elsewhere─▶ looking  └─failed─▶ pausing ──▶ looking
 *                       └──few records, and a window──▶ pausing
 * </pre>
 *
 * <p>Owner: {@link TriggerKeeper}, one a mapping while this node leads the shard.
 * <p>Invariants: one batch in flight. It is sent only if, after a read barrier that was begun for it, the cursor still runs and is where the batch begins: so
 * nothing is sent for a mapping that was paused or deleted before, nor from behind what another leader has passed. The cursor moves only after the function
 * answered.
 * <p>Failure: whatever fails is done again after a pause; the cursor decides from where.
 */
final class ShardReader {
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
    private static final Duration PAUSE_WITHOUT_ROOM = Duration.ofMillis(20);
    /** Within a batching window it is looked so often whether the batch is full. */
    private static final Duration WINDOW_STEP = Duration.ofMillis(200);

    private static final Duration STEP_PATIENCE = Duration.ofSeconds(5);
    private static final String STREAM_GONE = "PROBLEM: Stream not found";
    private static final String CALL_FAILED = "PROBLEM: Function call failed";

    sealed interface Message {}

    /** The shard's rows have changed. */
    record Wake() implements Message {}

    record Update(Mapping mapping) implements Message {}

    /** Finish what is in flight and stop. */
    record End() implements Message {}

    private record Looked(@Nullable Found found, @Nullable Throwable failure) implements Message {}

    private record Confirmed(
            @Nullable Boolean still, @Nullable Throwable failure) implements Message {}

    private record Invoked(Ended ended) implements Message {}

    private record Moved(
            @Nullable Answer<Outcome> answer, @Nullable Throwable failure) implements Message {}

    private record PauseOver() implements Message {}

    /** What all readers of a node share. */
    record Parts(
            Journal journal,
            BatchReads reads,
            Cursors cursors,
            Functions functions,
            FairShares<String> shares,
            LastResults results,
            TriggerSettings settings,
            Clock clock,
            Executor readers) {}

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final int group;
    private final Parts parts;
    private Mapping mapping;
    private List<FilterPattern> filters;
    private boolean woken;
    private boolean ending;
    /** In a row, since the function was last called. */
    private int refusals;
    /** When the records that wait for others were first seen, by the node's clock; 0 if none wait. */
    private long windowNanos;

    private ShardReader(
            ActorContext<Message> context, TimerScheduler<Message> timers, Mapping mapping, int group, Parts parts) {
        this.context = context;
        this.timers = timers;
        this.mapping = mapping;
        this.filters = FilterPatterns.compiled(mapping.settings());
        this.group = group;
        this.parts = parts;
    }

    static Behavior<Message> create(Mapping mapping, int group, Parts parts) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new ShardReader(context, timers, mapping, group, parts).look()));
    }

    /** What a phase waits for; everything else is noted and waits for the next. */
    private interface Phase {
        Behavior<Message> onAwaited(Message message);
    }

    private Behavior<Message> await(Phase phase, boolean mayEnd) {
        return Behaviors.receiveMessage(message -> switch (message) {
            case Wake wake -> {
                woken = true;
                yield Behaviors.same();
            }
            case Update update -> {
                adopt(update.mapping());
                yield Behaviors.same();
            }
            case End end -> {
                ending = true;
                yield mayEnd ? Behaviors.stopped() : Behaviors.same();
            }
            case Looked looked -> phase.onAwaited(looked);
            case Confirmed confirmed -> phase.onAwaited(confirmed);
            case Invoked invoked -> phase.onAwaited(invoked);
            case Moved moved -> phase.onAwaited(moved);
            case PauseOver over -> phase.onAwaited(over);
        });
    }

    private void adopt(Mapping newer) {
        if (!newer.settings().equals(mapping.settings())) {
            filters = FilterPatterns.compiled(newer.settings());
        }
        mapping = newer;
    }

    // ---- idle, pausing ----

    private Behavior<Message> idle() {
        if (woken) {
            return look();
        }
        return Behaviors.receiveMessage(message -> switch (message) {
            case Wake wake -> look();
            case Update update -> {
                adopt(update.mapping());
                yield look();
            }
            case End end -> Behaviors.stopped();
            case Looked none -> Behaviors.unhandled();
            case Confirmed none -> Behaviors.unhandled();
            case Invoked none -> Behaviors.unhandled();
            case Moved none -> Behaviors.unhandled();
            case PauseOver none -> Behaviors.unhandled();
        });
    }

    private Behavior<Message> pause(Duration pause) {
        timers.startSingleTimer(new PauseOver(), pause);
        return await(over -> look(), true);
    }

    // ---- looking ----

    private Behavior<Message> look() {
        if (ending) {
            return Behaviors.stopped();
        }
        woken = false;
        var now = mapping;
        var patterns = filters;
        var millis = parts.clock().millis();
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> parts.reads().next(now, patterns, group, millis), parts.readers()),
                Looked::new);
        return await(message -> onLooked((Looked) message), true);
    }

    private Behavior<Message> onLooked(Looked looked) {
        var found = looked.found();
        if (found == null) {
            context.getLog().warn("A stream could not be read and will be again: group {}", group, looked.failure());
            return pause(PAUSE_AFTER_FAILURE);
        }
        return switch (found) {
            case BatchReads.Nothing nothing -> {
                windowNanos = 0;
                yield idle();
            }
            case BatchReads.StreamGone gone -> {
                note(STREAM_GONE);
                yield idle();
            }
            case BatchReads.PassedOver over -> {
                if (over.why() != null) {
                    context.getLog()
                            .warn(
                                    "{} records of a stream are passed over, because {}: mapping {}, group {}, up to {}",
                                    over.records(),
                                    over.why(),
                                    mapping.id(),
                                    group,
                                    over.to());
                }
                var from = over.cursor().after();
                yield move(
                        new Move(
                                mapping.id(),
                                from,
                                over.to(),
                                0,
                                0,
                                parts.clock().millis()),
                        Duration.ZERO);
            }
            case Batch batch -> onBatch(batch);
        };
    }

    private Behavior<Message> onBatch(Batch batch) {
        var settings = mapping.settings();
        var left = windowLeft(settings.windowSeconds());
        if (!batch.full() && batch.sent().size() < settings.batchSize() && left.isPositive()) {
            return pause(left.compareTo(WINDOW_STEP) < 0 ? left : WINDOW_STEP);
        }
        var share = mapping.function().name();
        if (!parts.shares().take(share, 1)) {
            return pause(PAUSE_WITHOUT_ROOM);
        }
        windowNanos = 0;
        return confirm(batch, share);
    }

    private Duration windowLeft(int windowSeconds) {
        var now = parts.clock().nanos();
        if (windowNanos == 0) {
            windowNanos = now;
        }
        return Duration.ofSeconds(windowSeconds).minusNanos(now - windowNanos);
    }

    // ---- confirming ----

    private Behavior<Message> confirm(Batch batch, String share) {
        var now = mapping;
        context.pipeToSelf(
                parts.journal()
                        .barrier(group)
                        .thenApplyAsync(
                                index -> batch.cursor().equals(parts.reads().cursor(now, group)), parts.readers()),
                Confirmed::new);
        return await(message -> onConfirmed((Confirmed) message, batch, share), false);
    }

    private Behavior<Message> onConfirmed(Confirmed confirmed, Batch batch, String share) {
        if (ending || !Boolean.TRUE.equals(confirmed.still())) {
            giveBack(share);
            // if another leads, the news of it ends this reader
            return confirmed.failure() == null ? look() : pause(PAUSE_AFTER_FAILURE);
        }
        return invoke(batch, share);
    }

    // ---- invoking ----

    private Behavior<Message> invoke(Batch batch, String share) {
        var settings = mapping.settings();
        CompletionStage<Ended> ended = BatchInvocation.invoke(
                        parts.functions(), mapping.function(), batch, settings.reportsItemFailures())
                .whenComplete((done, failure) -> giveBack(share));
        context.pipeToSelf(ended, (done, failure) -> new Invoked(done == null ? new Ended.Refused(CALL_FAILED) : done));
        return await(message -> onInvoked((Invoked) message, batch), false);
    }

    private void giveBack(String share) {
        parts.shares().giveBack(share, 1);
    }

    private Behavior<Message> onInvoked(Invoked invoked, Batch batch) {
        var ended = invoked.ended();
        note(
                switch (ended) {
                    case Ended.Done done -> LastResults.OK;
                    case Ended.DoneBefore before -> CALL_FAILED;
                    case Ended.Failed failed -> CALL_FAILED;
                    case Ended.Refused refused -> refused.why();
                });
        var cursor = batch.cursor();
        var sent = new Sent(cursor.after(), batch.to(), batch.sent(), cursor.failures());
        var next = ReaderRules.after(ended, sent, mapping.settings(), refusals);
        refusals = ended instanceof Ended.Refused ? refusals + 1 : 0;
        if (next.givenUp() > 0) {
            context.getLog()
                    .warn(
                            "{} records of a stream are given up, because the function failed on them: mapping {}, group {}, up to {}",
                            next.givenUp(),
                            mapping.id(),
                            group,
                            next.to());
        }
        var pause = next.pauses() < 0 ? Duration.ZERO : ReaderRules.pause(next.pauses(), parts.settings());
        var now = parts.clock().millis();
        if (next.to() == cursor.after() && next.until() == cursor.until() && next.failures() == cursor.failures()) {
            return ending ? Behaviors.stopped() : pause(pause); // nothing that is not durable already
        }
        return move(new Move(mapping.id(), cursor.after(), next.to(), next.until(), next.failures(), now), pause);
    }

    // ---- moving ----

    private Behavior<Message> move(Move move, Duration pause) {
        context.pipeToSelf(
                parts.cursors().decide(group, move, parts.clock().nanos() + STEP_PATIENCE.toNanos()), Moved::new);
        return await(message -> onMoved((Moved) message, move, pause), false);
    }

    private Behavior<Message> onMoved(Moved moved, Move move, Duration pause) {
        if (moved.answer() instanceof Answer.Decided<Outcome>) {
            return pause.isZero() || ending ? look() : pause(pause);
        }
        if (ending) {
            return Behaviors.stopped();
        }
        timers.startSingleTimer(new PauseOver(), PAUSE_AFTER_FAILURE);
        return await(over -> move(move, pause), true);
    }

    private void note(String result) {
        parts.results().note(mapping.id(), parts.clock().millis(), result);
    }
}
