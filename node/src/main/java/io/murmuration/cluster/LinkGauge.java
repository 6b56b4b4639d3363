package io.murmuration.cluster;

import java.util.concurrent.atomic.AtomicLong;

/** What other threads may know of a link, and its bound on bytes that wait. */
final class LinkGauge {
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile long heardMillis = Link.NEVER;

    /** Counts bytes that are to wait, or a drop if there is no room; a message always passes when nothing else waits. */
    boolean admit(int bytes, int bytesMax) {
        var before = queuedBytes.getAndAdd(bytes);
        if (before > 0 && before + bytes > bytesMax) {
            queuedBytes.addAndGet(-bytes);
            dropped();
            return false;
        }
        return true;
    }

    void left(int bytes) {
        if (bytes > 0) {
            queuedBytes.addAndGet(-bytes);
        }
    }

    void dropped() {
        dropped.incrementAndGet();
    }

    long droppedCount() {
        return dropped.get();
    }

    void heard(long atMillis) {
        heardMillis = atMillis;
    }

    /** {@link Link#NEVER} if it was not. */
    long heardMillis() {
        return heardMillis;
    }
}
