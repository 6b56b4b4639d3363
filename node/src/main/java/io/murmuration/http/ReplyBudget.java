package io.murmuration.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of replies that their clients have not taken yet. Nothing else does: a client may ask on many connections for much and read nothing
 * of it.
 *
 * <p>Invariants: a reply that is alone always has room, so that none is refused forever; what is counted is given back exactly once. Any thread.
 */
final class ReplyBudget {
    private final long bytesMax;
    private final AtomicLong held = new AtomicLong();

    ReplyBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    Share open() {
        return new Share();
    }

    long held() {
        return held.get();
    }

    private boolean fits(long before, long bytes) {
        return before == 0 || before + bytes <= bytesMax;
    }

    /**
     * One connection's. A reply is taken, begun and ended; a connection that ends before it begins a reply drops that, so that closing gives back all
     * that is not begun. It may be closed early, when no request can follow the last: a reply is then counted from its beginning.
     */
    final class Share {
        private long waiting;
        private boolean closed;

        /** Whether there is room for a reply that is made. */
        synchronized boolean take(long bytes) {
            if (closed) {
                return fits(held.get(), bytes);
            }
            long before = held.getAndUpdate(now -> fits(now, bytes) ? now + bytes : now);
            if (!fits(before, bytes)) {
                return false;
            }
            waiting += bytes;
            return true;
        }

        /** The reply is being written: from now on it ends by itself, however the connection ends. */
        synchronized void begin(long bytes) {
            if (closed) {
                held.addAndGet(bytes);
            } else {
                waiting -= bytes;
            }
        }

        /** The reply is written, or nobody will take it. */
        void end(long bytes) {
            held.addAndGet(-bytes);
        }

        /** The connection begins no other reply, or only its last one. */
        synchronized void close() {
            closed = true;
            held.addAndGet(-waiting);
            waiting = 0;
        }
    }
}
