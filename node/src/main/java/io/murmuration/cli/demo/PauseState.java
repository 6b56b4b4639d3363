package io.murmuration.cli.demo;

import java.time.Duration;

/**
 * The longest time between two successes of one writer, and how it fares lately. The writer reports to it and the story is told from it, on threads
 * of their own. Times are nanoseconds.
 */
final class PauseState {
    private long lastNanos;
    private long longestNanos;
    private long longestWatched;
    private long watchedSuccesses;

    PauseState(long startNanos) {
        this.lastNanos = startNanos;
    }

    synchronized void progressed(long nowNanos) {
        var pause = nowNanos - lastNanos;
        longestNanos = Math.max(longestNanos, pause);
        longestWatched = Math.max(longestWatched, pause);
        lastNanos = nowNanos;
        watchedSuccesses++;
    }

    /** Looks anew, from this success or pause on. */
    synchronized void watch() {
        longestWatched = 0;
        watchedSuccesses = 0;
    }

    /** Successes since {@link #watch()}. */
    synchronized long watchedSuccesses() {
        return watchedSuccesses;
    }

    /** The longest pause that ended since {@link #watch()}, or lasts at {@code nowNanos}. */
    synchronized Duration watchedPause(long nowNanos) {
        return Duration.ofNanos(Math.max(longestWatched, nowNanos - lastNanos));
    }

    /** The longest of all; one that lasts at {@code nowNanos} counts too. */
    synchronized Duration longest(long nowNanos) {
        return Duration.ofNanos(Math.max(longestNanos, nowNanos - lastNanos));
    }
}
