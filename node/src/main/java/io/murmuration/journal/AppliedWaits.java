package io.murmuration.journal;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** Callers that wait until the rows have reached an index. */
final class AppliedWaits {
    private final int max;
    private final PriorityQueue<Wait> waits = new PriorityQueue<>(Comparator.comparingLong(Wait::index));

    AppliedWaits(int max) {
        this.max = max;
    }

    private record Wait(long index, long deadlineMillis, CompletableFuture<Void> result) {}

    void add(long index, long deadlineMillis, CompletableFuture<Void> result) {
        if (waits.size() >= max) {
            result.completeExceptionally(new JournalOverloadedException("too many wait for rows to be applied"));
            return;
        }
        waits.add(new Wait(index, deadlineMillis, result));
    }

    void applied(long index) {
        for (var first = waits.peek(); first != null && first.index <= index; first = waits.peek()) {
            waits.remove();
            first.result.complete(null);
        }
    }

    void expire(long nowMillis) {
        waits.removeIf(wait -> {
            var drop = wait.deadlineMillis <= nowMillis || wait.result.isDone();
            if (drop) {
                wait.result.completeExceptionally(new NoQuorumException("the rows did not reach the index in time"));
            }
            return drop;
        });
    }
}
