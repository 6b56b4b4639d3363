package io.murmuration.benchmarks;

import java.util.Arrays;

/** Latencies as they were, in nanoseconds. One thread at a time. */
final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    void add(long latencyNanos) {
        room(1);
        nanos[count++] = latencyNanos;
    }

    void addAll(Latencies others) {
        room(others.count);
        System.arraycopy(others.nanos, 0, nanos, count, others.count);
        count += others.count;
    }

    int count() {
        return count;
    }

    /** The latency that half of them did not exceed; there must be one. */
    long medianNanos() {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(count - 1) / 2];
    }

    private void room(int more) {
        if (count + more > nanos.length) {
            nanos = Arrays.copyOf(nanos, Math.max(count + more, 2 * nanos.length));
        }
    }
}
