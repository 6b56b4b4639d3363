package io.murmuration.journal;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Commands that were proposed here and whose fate is not known yet, by log index (docs/safety.md, rule 18). What happens to the entry at that
 * index tells: the same term means it was committed, another term that it never will be. Losing office tells nothing.
 */
final class PendingAppends {
    private final int countMax;
    private final int bytesMax;
    private final PriorityQueue<Pending> queue = new PriorityQueue<>(Comparator.comparingLong(Pending::index));
    private int bytes;

    PendingAppends(int countMax, int bytesMax) {
        this.countMax = countMax;
        this.bytesMax = bytesMax;
    }

    /** A later office may propose at an index where an earlier one did: there may be several of one index. */
    private record Pending(long index, long term, int bytes, long deadlineMillis, CompletableFuture<Long> result) {}

    /** A command that is longer than all bounds together still passes when nothing else waits. */
    boolean hasRoomFor(int commandBytes) {
        return queue.isEmpty() || (queue.size() < countMax && bytes + commandBytes <= bytesMax);
    }

    void add(long index, long term, int commandBytes, long deadlineMillis, CompletableFuture<Long> result) {
        queue.add(new Pending(index, term, commandBytes, deadlineMillis, result));
        bytes += commandBytes;
    }

    /** The entry at the index is applied; entries are applied in order and without gaps, but for {@link #jumped}. */
    void applied(long index, long term, Command.@Nullable Refusal refusal, long leader) {
        for (var first = queue.peek(); first != null && first.index <= index; first = queue.peek()) {
            queue.remove();
            bytes -= first.bytes;
            if (first.term != term) {
                first.result.completeExceptionally(new NotLeaderException(leader));
            } else if (refusal != null) {
                first.result.completeExceptionally(new AppendRefusedException(refusal));
            } else {
                first.result.complete(index);
            }
        }
    }

    /** The rows jumped to this index by a snapshot: what happened at and before it is not known. */
    void jumped(long index) {
        drop(index, Long.MAX_VALUE);
    }

    void expire(long nowMillis) {
        drop(Long.MAX_VALUE, nowMillis);
    }

    private void drop(long toIndex, long toDeadline) {
        queue.removeIf(pending -> {
            var drop = pending.index <= toIndex && pending.deadlineMillis <= toDeadline;
            if (drop) {
                bytes -= pending.bytes;
                pending.result.completeExceptionally(unknown());
            }
            return drop;
        });
    }

    void close() {
        drop(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private static OutcomeUnknownException unknown() {
        return new OutcomeUnknownException("the command was proposed and may yet be committed");
    }
}
