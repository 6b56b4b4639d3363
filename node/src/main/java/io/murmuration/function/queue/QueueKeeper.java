package io.murmuration.function.queue;

import io.murmuration.base.Clock;
import io.murmuration.base.FairShares;
import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.function.Functions;
import io.murmuration.function.queue.DueEvents.Waiting;
import io.murmuration.function.queue.QueueIntent.Outcome;
import io.murmuration.function.queue.QueueReads.Found;
import io.murmuration.function.queue.RetryRules.Attempt;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the events of one shard's queue while this node leads the shard.
 *
 * <pre>
 * away ──office──▶ serving: heads are read ──▶ waiting ──due, and there is room──▶ invoked ──▶ its end is made durable ──▶ gone, or waiting again
 * </pre>
 *
 * <p>Owner: {@link QueueNode}, one a shard and node.
 * <p>Invariants: an event is taken off only after its function answered; while its end is being made durable it is not invoked again by this node. An
 * event is looked for by its number, and numbers are applied in order, so that whoever has seen one has seen all before it.
 * <p>Failure: what was under way when office was lost is delivered again by the next leader, under the same request id. What a failed step leaves is
 * done again.
 * <p>Limits: heads are read by the thousand; what is under way is bounded by the shares, so that no function takes all room.
 */
final class QueueKeeper {
    /** Of an invocation besides its payload. */
    static final int INVOCATION_BYTES = 64 << 10;

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);
    private static final Duration PAUSE_WITHOUT_ROOM = Duration.ofMillis(50);
    private static final Duration STEP_PATIENCE = Duration.ofSeconds(10);
    private static final int INTENT_BYTES = 64;
    private static final String LOOK_TIMER = "look";

    sealed interface Message {}

    private record Office(OfficeChange change) implements Message {}

    /** Something may have been queued. */
    record Look() implements Message {}

    /** What a term hears from its own deeds. */
    private sealed interface OfTerm extends Message {
        Term term();
    }

    private record Read(
            Term term,
            QueueReads.@Nullable Heads heads,
            @Nullable Throwable failure) implements OfTerm {}

    /** @param head null if the event is gone, or could not be read */
    private record Tried(
            Term term,
            Waiting event,
            @Nullable EventHead head,
            @Nullable Attempt attempt,
            @Nullable Throwable failure) implements OfTerm {}

    /** @param again what becomes of it; null if it is gone */
    private record Settled(
            Term term,
            Waiting event,
            QueueIntent intent,
            @Nullable Waiting again,
            @Nullable Answer<Outcome> answer,
            @Nullable Throwable failure)
            implements OfTerm {}

    private record SettleAgain(
            Term term,
            Waiting event,
            QueueIntent intent,
            @Nullable Waiting again) implements OfTerm {}

    private record Start() implements Message {}

    /** From taking office to losing it. */
    private static final class Term {
        private final DueEvents due = new DueEvents();
        private long seen;
        private boolean reading;
        private boolean lookAgain;
    }

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final int group;
    private final QueueReads reads;
    private final Queues queues;
    private final Functions functions;
    private final FairShares<String> shares;
    private final QueueSettings settings;
    private final Clock clock;
    private final Executor readers;

    private QueueKeeper(
            ActorContext<Message> context, TimerScheduler<Message> timers, int group, Journal journal, Parts parts) {
        this.context = context;
        this.timers = timers;
        this.group = group;
        this.reads = new QueueReads(journal.rows(group));
        this.queues = parts.queues();
        this.functions = parts.functions();
        this.shares = parts.shares();
        this.settings = parts.settings();
        this.clock = parts.clock();
        this.readers = parts.readers();
    }

    /** What the keepers of a node share. */
    record Parts(
            Queues queues,
            Functions functions,
            FairShares<String> shares,
            QueueSettings settings,
            Clock clock,
            Executor readers) {}

    static Behavior<Message> create(int group, Journal journal, Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var self = context.getSelf();
            journal.onOffice(change -> {
                if (change.group() == group) {
                    self.tell(new Office(change));
                }
            });
            return new QueueKeeper(context, timers, group, journal, parts).away();
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
        timers.startTimerWithFixedDelay(LOOK_TIMER, new Look(), settings.lookAgain());
        var term = new Term();
        look(term);
        return serving(term);
    }

    private Behavior<Message> serving(Term term) {
        return Behaviors.receiveMessage(message -> {
            switch (message) {
                case Office office -> {
                    return onOffice(office.change());
                }
                case Look look -> look(term);
                case Start start -> start(term);
                case OfTerm said -> {
                    if (said.term() == term) {
                        onWord(term, said);
                    }
                }
            }
            return Behaviors.same();
        });
    }

    private void onWord(Term term, OfTerm said) {
        switch (said) {
            case Read read -> onRead(term, read);
            case Tried tried -> onTried(term, tried);
            case Settled settled -> onSettled(term, settled);
            case SettleAgain again -> settle(term, again.event(), again.intent(), again.again());
        }
    }

    // ---- finding events ----

    private void look(Term term) {
        if (term.reading) {
            term.lookAgain = true;
            return;
        }
        term.reading = true;
        term.lookAgain = false;
        var after = term.seen;
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> reads.headsAfter(after), readers),
                (heads, failure) -> new Read(term, heads, failure));
    }

    private void onRead(Term term, Read read) {
        term.reading = false;
        var heads = read.heads();
        if (heads == null) {
            context.getLog().warn("A queue could not be read and will be again: group {}", group, read.failure());
            timers.startSingleTimer(new Look(), PAUSE_AFTER_FAILURE);
            return;
        }
        term.seen = heads.last();
        heads.events().forEach(term.due::add);
        if (heads.more() || term.lookAgain) {
            look(term);
        }
        start(term);
    }

    // ---- delivering ----

    private void start(Term term) {
        var now = clock.millis();
        for (var next = term.due.takeDue(now, this::admitted);
                next.isPresent();
                next = term.due.takeDue(now, this::admitted)) {
            attempt(term, next.get());
        }
        term.due.nextDue().ifPresent(due -> {
            var pause = due <= now ? PAUSE_WITHOUT_ROOM : Duration.ofMillis(due - now);
            timers.startSingleTimer(new Start(), pause);
        });
    }

    private boolean admitted(Waiting event) {
        return shares.take(event.function(), bytesOf(event));
    }

    private static long bytesOf(Waiting event) {
        return INVOCATION_BYTES + (long) event.payloadBytes();
    }

    private void attempt(Term term, Waiting event) {
        var tried = CompletableFuture.supplyAsync(() -> reads.find(event.number()), readers)
                .thenCompose(found -> found == null
                        ? CompletableFuture.completedFuture(new Tried(term, event, null, null, null))
                        : invoke(found).thenApply(attempt -> new Tried(term, event, found.head(), attempt, null)))
                // also when nobody listens any more
                .whenComplete((done, failure) -> shares.giveBack(event.function(), bytesOf(event)));
        context.pipeToSelf(tried, (done, failure) -> done == null ? new Tried(term, event, null, null, failure) : done);
    }

    private CompletionStage<Attempt> invoke(Found found) {
        var head = found.head();
        if (RetryRules.tooOld(head, clock.millis(), settings)) {
            return CompletableFuture.completedFuture(Attempt.TOO_OLD);
        }
        return Attempts.make(
                functions,
                new Functions.Call(
                        head.function(),
                        ByteString.fromArrayUnsafe(found.payload()),
                        head.traceId(),
                        head.clientContext(),
                        false,
                        head.requestId()));
    }

    private void onTried(Term term, Tried tried) {
        var event = tried.event();
        var head = tried.head();
        var attempt = tried.attempt();
        var now = clock.millis();
        if (tried.failure() != null) {
            context.getLog()
                    .warn("A queued event could not be read and will be again: group {}", group, tried.failure());
            term.due.add(new Waiting(
                    event.number(), event.function(), now + PAUSE_AFTER_FAILURE.toMillis(), event.payloadBytes()));
        } else if (head != null && attempt != null) {
            if (attempt == Attempt.REFUSED) {
                term.due.pause(event.function(), now, refusals -> RetryRules.refusedPauseMillis(refusals, settings));
            } else {
                term.due.resume(event.function());
            }
            onAttempt(term, event, head, RetryRules.after(attempt, head, now, settings));
        }
        start(term);
    }

    private void onAttempt(Term term, Waiting event, EventHead head, RetryRules.Next next) {
        switch (next) {
            case RetryRules.Finished finished -> settle(term, event, new QueueIntent.Remove(event.number()), null);
            case RetryRules.Dropped dropped -> {
                context.getLog()
                        .warn(
                                "A queued event is given up: function {}, request {}, accepted {} ms ago, because {}",
                                event.function(),
                                head.requestId(),
                                clock.millis() - head.acceptedMillis(),
                                dropped.reason());
                settle(term, event, new QueueIntent.Remove(event.number()), null);
            }
            case RetryRules.Again again ->
                settle(
                        term,
                        event,
                        new QueueIntent.Postpone(event.number(), again.dueMillis(), again.errors(), again.refusals()),
                        new Waiting(event.number(), event.function(), again.dueMillis(), event.payloadBytes()));
        }
    }

    // ---- making the end durable ----

    private void settle(Term term, Waiting event, QueueIntent intent, @Nullable Waiting again) {
        context.pipeToSelf(
                queues.decide(group, intent, INTENT_BYTES, clock.nanos() + STEP_PATIENCE.toNanos()),
                (answer, failure) -> new Settled(term, event, intent, again, answer, failure));
    }

    private void onSettled(Term term, Settled settled) {
        if (!(settled.answer() instanceof Answer.Decided<Outcome>)) {
            // if another leads, the news of it ends the term
            timers.startSingleTimer(
                    settled.intent(),
                    new SettleAgain(term, settled.event(), settled.intent(), settled.again()),
                    PAUSE_AFTER_FAILURE);
            return;
        }
        var again = settled.again();
        if (again != null) {
            term.due.add(again);
            start(term);
        }
    }
}
