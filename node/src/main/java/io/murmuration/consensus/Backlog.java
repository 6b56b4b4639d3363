package io.murmuration.consensus;

import java.util.ArrayDeque;

/**
 * What a leader proposed and what is not yet both committed and durable here: all of it is in memory, and while its own disk stands still it stays
 * there though the others commit.
 */
final class Backlog {
    private final ArrayDeque<Proposal> proposals = new ArrayDeque<>();
    private long bytes;

    private record Proposal(long lastIndex, long bytes) {}

    /** More bytes than allowed still pass when nothing else waits. */
    boolean hasRoomFor(long moreBytes, long bytesMax) {
        return proposals.isEmpty() || bytes + moreBytes <= bytesMax;
    }

    void proposed(long lastIndex, long moreBytes) {
        proposals.addLast(new Proposal(lastIndex, moreBytes));
        bytes += moreBytes;
    }

    void done(long index) {
        while (!proposals.isEmpty() && proposals.getFirst().lastIndex <= index) {
            bytes -= proposals.removeFirst().bytes;
        }
    }
}
