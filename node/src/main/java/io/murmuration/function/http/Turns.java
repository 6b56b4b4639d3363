package io.murmuration.function.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets work begin in the order in which it came, so much of it at once as the budget allows; what is larger than all of it is done alone. Whoever asks
 * bounds how much waits. Any thread.
 */
final class Turns {
    private final long budget;
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private long taken;

    private record Turn(long weight, CompletableFuture<Long> begin) {}

    Turns(long budget) {
        this.budget = budget;
    }

    /** Does the work when there is room for it; the room is given back when its stage completes. */
    <T> CompletionStage<T> take(long weight, Supplier<CompletionStage<T>> work) {
        var turn = new Turn(Math.min(weight, budget), new CompletableFuture<>());
        synchronized (this) {
            waiting.addLast(turn);
        }
        var done =
                turn.begin().thenCompose(began -> work.get()).whenComplete((value, failure) -> giveBack(turn.weight()));
        next();
        return done;
    }

    private void giveBack(long weight) {
        synchronized (this) {
            taken -= weight;
        }
        next();
    }

    private void next() {
        for (var turn = first(); turn != null; turn = first()) {
            turn.begin().complete(turn.weight());
        }
    }

    private synchronized @Nullable Turn first() {
        var turn = waiting.peekFirst();
        if (turn == null || taken + turn.weight() > budget) {
            return null;
        }
        taken += turn.weight();
        return waiting.removeFirst();
    }
}
