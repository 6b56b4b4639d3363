package io.murmuration.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the log store's thread, in the order of arrival. It refuses nothing. What a replica can put here while the disk stands still is bounded
 * where it leads by what its core lets wait ({@code uncommittedBytesMax}), and where it follows by the appends that a leader sends ahead of its answers,
 * which wait for the disk. Another leader sends as much again, so that the bound grows with the elections of that time.
 * Truncations wait until something comes that must be synced.
 */
final class LogQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<LogWrite> waiting = new ArrayDeque<>();
    private int urgent;
    private long sizeBytes;
    private boolean closed;

    void add(LogWrite write) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The log store is closed.");
            }
            waiting.addLast(write);
            sizeBytes += write.sizeBytes();
            if (write.isUrgent()) {
                urgent++;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something urgent, then takes what waits, up to {@code bytesMax} but at least one. Empty once closed and drained. */
    Deque<LogWrite> take(long bytesMax) throws InterruptedException {
        lock.lock();
        try {
            while (urgent == 0 && !closed) {
                changed.await();
            }
            var taken = new ArrayDeque<LogWrite>();
            long size = 0;
            while (!waiting.isEmpty()) {
                size += waiting.getFirst().sizeBytes();
                if (size > bytesMax && !taken.isEmpty()) {
                    break;
                }
                var write = waiting.removeFirst();
                taken.add(write);
                sizeBytes -= write.sizeBytes();
                urgent -= write.isUrgent() ? 1 : 0;
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    long sizeBytes() {
        lock.lock();
        try {
            return sizeBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses what comes from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
