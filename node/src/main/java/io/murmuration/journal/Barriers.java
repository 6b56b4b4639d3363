package io.murmuration.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Read barriers that wait (docs/safety.md, rule 4). One quorum round is under way at a time; it serves those that waited before it began, and the
 * later ones share the next.
 */
final class Barriers {
    private final int max;
    private List<Barrier> waiting = new ArrayList<>();
    private List<Barrier> round = List.of();
    private long roundId;
    private final ArrayDeque<Confirmed> confirmed = new ArrayDeque<>();
    private int size;

    Barriers(int max) {
        this.max = max;
    }

    private record Barrier(long deadlineMillis, CompletableFuture<Long> result) {}

    private record Confirmed(long index, List<Barrier> barriers) {}

    void add(long deadlineMillis, CompletableFuture<Long> result) {
        if (size >= max) {
            result.completeExceptionally(new JournalOverloadedException("too many read barriers wait"));
            return;
        }
        size++;
        waiting.add(new Barrier(deadlineMillis, result));
    }

    /** Whether a round should begin now; then {@link #begin} gives its id. */
    boolean mayBegin() {
        return round.isEmpty() && !waiting.isEmpty();
    }

    long begin() {
        round = waiting;
        waiting = new ArrayList<>();
        return ++roundId;
    }

    void released(long readId, long index) {
        if (readId == roundId && !round.isEmpty()) {
            confirmed.addLast(new Confirmed(index, round));
            round = List.of();
        }
    }

    void refused(long readId, long leader) {
        if (readId == roundId) {
            fail(round, new NotLeaderException(leader));
            round = List.of();
        }
    }

    /** This replica serves no longer: those whose round has not begun cannot be answered here. */
    void officeLost(long leader) {
        fail(waiting, new NotLeaderException(leader));
        waiting = new ArrayList<>();
    }

    void applied(long index) {
        while (!confirmed.isEmpty() && confirmed.getFirst().index <= index) {
            var done = confirmed.removeFirst();
            size -= done.barriers.size();
            for (var barrier : done.barriers) {
                barrier.result.complete(done.index);
            }
        }
    }

    void expire(long nowMillis) {
        if (isLate(waiting, nowMillis)) {
            var late = waiting.stream()
                    .filter(barrier -> barrier.deadlineMillis <= nowMillis)
                    .toList();
            waiting.removeAll(late);
            fail(late, noQuorum());
        }
        if (isLate(round, nowMillis)) {
            fail(round, noQuorum());
            round = List.of();
        }
        while (!confirmed.isEmpty() && isLate(confirmed.getFirst().barriers, nowMillis)) {
            fail(confirmed.removeFirst().barriers, noQuorum());
        }
    }

    void close(long leader) {
        officeLost(leader);
        fail(round, new NotLeaderException(leader));
        round = List.of();
        while (!confirmed.isEmpty()) {
            fail(confirmed.removeFirst().barriers, new NotLeaderException(leader));
        }
    }

    private static boolean isLate(List<Barrier> barriers, long nowMillis) {
        return !barriers.isEmpty() && barriers.getFirst().deadlineMillis <= nowMillis;
    }

    private void fail(List<Barrier> barriers, RuntimeException failure) {
        size -= barriers.size();
        for (var barrier : barriers) {
            barrier.result.completeExceptionally(failure);
        }
    }

    private static NoQuorumException noQuorum() {
        return new NoQuorumException("no majority of the group answered in time");
    }
}
