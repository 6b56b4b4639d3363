package io.murmuration.cli.demo;

import java.time.Duration;

/** The longest time between two successes of one writer. Written by the writer, read by whoever tells the story. Times are nanoseconds. */
final class PauseState {
    private volatile long lastNanos;
    private volatile long longestNanos;

    PauseState(long startNanos) {
        this.lastNanos = startNanos;
    }

    /** Called by the writer alone. */
    void progressed(long nowNanos) {
        longestNanos = Math.max(longestNanos, nowNanos - lastNanos);
        lastNanos = nowNanos;
    }

    boolean progressedSince(long thenNanos) {
        return lastNanos - thenNanos > 0;
    }

    /** The pause that lasts at {@code nowNanos} counts too. */
    Duration longest(long nowNanos) {
        return Duration.ofNanos(Math.max(longestNanos, nowNanos - lastNanos));
    }
}
