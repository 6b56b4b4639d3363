package io.murmuration.benchmarks;

import java.time.Duration;

/** One side of the comparison under load. */
@FunctionalInterface
interface AppendLoad {
    int ENTRY_BYTES = 1024;

    /**
     * Appends entries of {@link #ENTRY_BYTES} for about this long: so many at once, and the next as soon as one is acknowledged.
     *
     * @throws Exception if an append fails, or a process that should take part has ended
     */
    AppendRound run(int writers, Duration time) throws Exception;
}
