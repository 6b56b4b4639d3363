package io.murmuration.benchmarks;

import java.util.concurrent.TimeUnit;

/**
 * What one round measured.
 *
 * @param entries acknowledged in the round
 * @param nanos from its first append to its last acknowledgement
 * @param latencies of the appends
 */
record AppendRound(long entries, long nanos, Latencies latencies) {
    double entriesPerSecond() {
        return entries * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
    }
}
