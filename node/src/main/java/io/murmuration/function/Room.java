package io.murmuration.function;

import java.util.concurrent.atomic.AtomicLong;

/** So much of something on this node: bytes of payloads, execution environments. Any thread. */
final class Room {
    private final long max;
    private final AtomicLong taken = new AtomicLong();

    Room(long max) {
        this.max = max;
    }

    /** False, and nothing is taken, if that would be too much. */
    boolean take(long amount) {
        if (taken.addAndGet(amount) > max) {
            taken.addAndGet(-amount);
            return false;
        }
        return true;
    }

    void giveBack(long amount) {
        taken.addAndGet(-amount);
    }

    long taken() {
        return taken.get();
    }
}
