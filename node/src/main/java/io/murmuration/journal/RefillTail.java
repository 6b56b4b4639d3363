package io.murmuration.journal;

import java.util.ArrayDeque;

/**
 * How far back the log may be kept for followers that are being filled: a snapshot takes its time, and if the entries behind it are gone when it has
 * arrived, it was in vain.
 *
 * <p>Limits: bytes and age of what is kept. It remembers the log's growth once per look, and so as many numbers as looks fit into that age.
 */
final class RefillTail {
    private final long bytesMax;
    private final long millisMax;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private long bytes;

    /** What was applied when. */
    private record Mark(long millis, long index, long bytes) {}

    RefillTail(long bytesMax, long millisMax) {
        this.bytesMax = bytesMax;
        this.millisMax = millisMax;
    }

    void applied(int sizeBytes) {
        bytes += sizeBytes;
    }

    /** Entries from here on are neither too many nor too old. */
    long firstAllowed(long nowMillis, long appliedIndex) {
        if (marks.isEmpty() || marks.getLast().index < appliedIndex) {
            marks.addLast(new Mark(nowMillis, appliedIndex, bytes));
        }
        while (marks.size() > 1
                && (bytes - marks.getFirst().bytes > bytesMax || nowMillis - marks.getFirst().millis > millisMax)) {
            marks.removeFirst();
        }
        return marks.getFirst().index + 1;
    }
}
