package io.murmuration.journal.entity;

import io.murmuration.base.Clock;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.CallFailed;
import io.murmuration.cluster.Links.CallUnsent;
import io.murmuration.cluster.Links.Channel;
import io.murmuration.journal.Journal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;

/**
 * Brings a request to the leader of its group, here or on another node, until the deadline. Whom this node takes for the leader is asked first; if
 * there is none, or he did not answer or does not lead, the group's other replicas are asked in turn: whoever knows the leader names him. A
 * request is sent again only if it surely was not proposed.
 */
public final class LeaderCalls {
    private static final Duration PAUSE = Duration.ofMillis(25);
    /** Once every replica was asked in vain they are asked again at every so many looks only: in an election nobody knows, and a write may be large. */
    private static final int LOOKS_PER_GUESS = 4;
    /** A node silent for longer is asked only where there is no other: it may have died with the request in its hands. */
    private static final long SILENT_MILLIS_MAX = 1_000;
    /** The leader answers at the deadline what it then knows; its answer still has to travel. */
    private static final Duration TRAVEL = Duration.ofMillis(200);

    private static final long NOBODY = 0;

    private final ActorSystem<?> system;
    private final Journal journal;
    private final Links links;
    private final Channel channel;
    private final Clock clock;

    public LeaderCalls(ActorSystem<?> system, Journal journal, Links links, Channel channel, Clock clock) {
        this.system = system;
        this.journal = journal;
        this.links = links;
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * One request in both its forms.
     *
     * @param harmless whether it may be sent twice, as a read may
     * @param here asks this node's own
     * @param there what to send to another node; it is given the milliseconds that are left
     * @param answer reads the other node's answer
     * @param room whether there is memory for an answer of so many bytes; only what is harmless may have none
     */
    public record Request<R>(
            boolean harmless,
            Supplier<CompletionStage<Answer<R>>> here,
            LongFunction<byte[]> there,
            Function<byte[], Answer<R>> answer,
            IntPredicate room) {
        public Request(
                boolean harmless,
                Supplier<CompletionStage<Answer<R>>> here,
                LongFunction<byte[]> there,
                Function<byte[], Answer<R>> answer) {
            this(harmless, here, there, answer, bytes -> true);
        }
    }

    /**
     * How far the search for the leader has come.
     *
     * @param looks how often this node's own knowledge was asked
     * @param guesses how many replicas were asked without being taken for the leader, and the last of them
     * @param wrong who was asked last and does not lead, or did not answer
     */
    private record Search(int group, long deadlineNanos, int looks, int guesses, long guessed, long wrong) {
        Search after(long node, boolean guess) {
            return new Search(
                    group, deadlineNanos, looks + 1, guess ? guesses + 1 : guesses, guess ? node : guessed, node);
        }

        /** Nobody is wrong any more: the known leader may have been elected and not yet been in office. */
        Search again() {
            return new Search(group, deadlineNanos, looks + 1, guesses, guessed, NOBODY);
        }
    }

    /** Completes with the leader's answer; never fails for the network, and never answers {@link Answer.NotLeader}. */
    public <R> CompletionStage<Answer<R>> ask(int group, long deadlineNanos, Request<R> request) {
        return ask(new Search(group, deadlineNanos, 0, 0, NOBODY, NOBODY), request);
    }

    private <R> CompletionStage<Answer<R>> ask(Search search, Request<R> request) {
        var left = Duration.ofNanos(search.deadlineNanos() - clock.nanos());
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.completedFuture(Failures.leaderless());
        }
        var leader = journal.leaderOf(search.group());
        var guess = leader == NOBODY || leader == search.wrong();
        var node = guess ? guess(search) : leader;
        if (node == NOBODY) {
            return later(() -> ask(search.again(), request));
        }
        var answered = node == links.self() ? request.here().get() : call(node, left, guess, request);
        return answered.thenCompose(answer -> {
            if (!(answer instanceof Answer.NotLeader<R> wrong)) {
                return CompletableFuture.completedFuture(answer);
            }
            var better = wrong.leader() == node ? NOBODY : wrong.leader();
            if (better != NOBODY || !guess) {
                journal.hint(search.group(), better); // nobody: the next request does not begin with this one either
            }
            return later(() -> ask(search.after(node, guess), request));
        });
    }

    /** The group's other replicas in turn, those first that are heard; nobody if it is not yet time to ask again. */
    private long guess(Search search) {
        var replicas = journal.replicasOf(search.group());
        if (search.guesses() >= replicas.size() && search.looks() % LOOKS_PER_GUESS != 0) {
            return NOBODY;
        }
        var silent = NOBODY;
        var first = replicas.indexOf(search.guessed()) + 1;
        for (var i = 0; i < replicas.size(); i++) {
            long node = replicas.get((first + i) % replicas.size());
            if (node == links.self() || node == search.wrong()) {
                continue;
            }
            if (links.silentMillis(node) <= SILENT_MILLIS_MAX) {
                return node;
            }
            silent = silent == NOBODY ? node : silent;
        }
        return silent;
    }

    private <R> CompletionStage<Answer<R>> call(long node, Duration left, boolean guessed, Request<R> request) {
        return links.call(node, channel, request.there().apply(left.toMillis()), left.plus(TRAVEL))
                .thenCompose(answer -> read(answer, request))
                .exceptionallyCompose(
                        failure -> CompletableFuture.completedFuture(unanswered(failure, guessed, request)));
    }

    private <R> CompletionStage<Answer<R>> read(byte[] answer, Request<R> request) {
        return request.room().test(answer.length)
                // away from the links' threads, which have other work
                ? CompletableFuture.supplyAsync(() -> request.answer().apply(answer), system.executionContext())
                : CompletableFuture.completedFuture(Failures.crowded());
    }

    private static <R> Answer<R> unanswered(Throwable failure, boolean guessed, Request<R> request) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof Links.CallException)) {
            throw new CompletionException(cause);
        }
        if (cause instanceof CallUnsent) {
            return new Answer.NotLeader<>(NOBODY);
        }
        if (!request.harmless()) {
            return new Answer.Unknown<>();
        }
        // an answer all the same: the leader would fail again. Who was asked on a guess may just not be up yet.
        return cause instanceof CallFailed && !guessed ? Failures.failedThere() : new Answer.NotLeader<>(NOBODY);
    }

    private <R> CompletionStage<R> later(Supplier<CompletionStage<R>> what) {
        return Patterns.after(PAUSE, system.classicSystem().scheduler(), system.executionContext(), what::get);
    }
}
