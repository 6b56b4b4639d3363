package io.murmuration.journal.entity;

import io.murmuration.base.Clock;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.CallUnsent;
import io.murmuration.cluster.Links.Channel;
import io.murmuration.journal.Journal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;

/**
 * Brings a request to the leader of its group, here or on another node. A wrong guess is followed by a better one, and nobody in office is waited
 * for, until the deadline. A request is sent again only if it surely was not proposed.
 */
public final class LeaderCalls {
    private static final Duration PAUSE = Duration.ofMillis(25);
    /** The leader answers at the deadline what it then knows; its answer still has to travel. */
    private static final Duration TRAVEL = Duration.ofMillis(200);

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
     */
    public record Request<R>(
            boolean harmless,
            Supplier<CompletionStage<Answer<R>>> here,
            LongFunction<byte[]> there,
            Function<byte[], Answer<R>> answer) {}

    /** Completes with the leader's answer; never fails for the network, and never answers {@link Answer.NotLeader}. */
    public <R> CompletionStage<Answer<R>> ask(int group, long deadlineNanos, Request<R> request) {
        var left = Duration.ofNanos(deadlineNanos - clock.nanos());
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.completedFuture(Failures.leaderless());
        }
        var leader = journal.leaderOf(group);
        if (leader == 0) {
            return later(() -> ask(group, deadlineNanos, request));
        }
        var answered = leader == links.self() ? request.here().get() : call(leader, left, request);
        return answered.thenCompose(answer -> {
            if (!(answer instanceof Answer.NotLeader<R> wrong)) {
                return CompletableFuture.completedFuture(answer);
            }
            if (wrong.leader() != 0 && wrong.leader() != leader) {
                journal.hint(group, wrong.leader());
            }
            return later(() -> ask(group, deadlineNanos, request));
        });
    }

    private <R> CompletionStage<Answer<R>> call(long node, Duration left, Request<R> request) {
        return links.call(node, channel, request.there().apply(left.toMillis()), left.plus(TRAVEL))
                .thenApplyAsync(request.answer(), system.executionContext()) // the links' threads have other work
                .exceptionallyCompose(failure -> CompletableFuture.completedFuture(unanswered(failure, request)));
    }

    private static <R> Answer<R> unanswered(Throwable failure, Request<R> request) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof Links.CallException)) {
            throw new CompletionException(cause);
        }
        if (cause instanceof CallUnsent || request.harmless()) {
            return new Answer.NotLeader<>(0);
        }
        return new Answer.Unknown<>();
    }

    private <R> CompletionStage<R> later(Supplier<CompletionStage<R>> what) {
        return Patterns.after(PAUSE, system.classicSystem().scheduler(), system.executionContext(), what::get);
    }
}
