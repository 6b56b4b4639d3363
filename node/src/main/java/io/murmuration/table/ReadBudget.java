package io.murmuration.table;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory of what this node has read and not yet passed on. A page of 1 MB of tiny items becomes 50 MB of objects, a batch of 16 MB holds four
 * times that while it is decoded and encoded again: a few at once would end a process whose heap is sized for many small ones. What is beyond is
 * throttled.
 *
 * <p>Invariants: a request that is alone gets all it asks for, so that none is refused forever. Any thread.
 */
final class ReadBudget {
    /** The heap's other half belongs to bodies, batches and the journal; and what is counted here is an estimate. */
    private static final int SHARE_OF_HEAP = 4;
    /** A row, the item decoded from it, and the answer encoded from that, which is copied as it grows. */
    private static final int COPIES = 4;
    /** What a small item's objects need besides its bytes. */
    private static final int ROW_BYTES = 512;

    private final long bytesMax;
    private final AtomicLong taken = new AtomicLong();

    ReadBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    static ReadBudget ofHeap() {
        return new ReadBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    Share open() {
        return new Share();
    }

    long taken() {
        return taken.get();
    }

    /** One request's. Close it when its answer is encoded; what is taken later is given back at once. */
    final class Share implements AutoCloseable {
        private long mine;
        private boolean closed;

        /** Whether there is room for what was just read. */
        boolean takeBytes(long bytes) {
            return take(COPIES * bytes);
        }

        boolean takeRows(int rows) {
            return take((long) ROW_BYTES * rows);
        }

        private synchronized boolean take(long bytes) {
            if (closed) {
                return true; // nobody waits for it any more
            }
            var all = taken.addAndGet(bytes);
            if (all > bytesMax && all - bytes > mine) {
                taken.addAndGet(-bytes);
                return false;
            }
            mine += bytes;
            return true;
        }

        @Override
        public synchronized void close() {
            closed = true;
            taken.addAndGet(-mine);
            mine = 0;
        }
    }
}
