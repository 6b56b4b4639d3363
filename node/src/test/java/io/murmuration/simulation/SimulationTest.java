package io.murmuration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.StepFault;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int SEEDS = 1_000;

    /** Figure 3.2 of the dissertation lists what must always hold; {@link Referee} checks it after every step. */
    @Test
    void nothing_acknowledged_is_lost_and_no_read_is_stale_whatever_happens() {
        var total = new Counts();
        LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(SimulationTest::run)
                .forEachOrdered(total::addAll);

        System.out.println(SEEDS + " seeds: " + total);
        assertThat(total.anyZero())
                .as("all that was to be tried has happened: " + total)
                .isFalse();
    }

    @Test
    void a_seed_decides_a_run() {
        assertThat(trace()).isEqualTo(trace());
    }

    /** Without the identities of byte arrays. */
    private static String trace() {
        return Simulation.trace(7, () -> StepFault.NONE).replaceAll("\\[B@[0-9a-f]+", "bytes");
    }

    private static Counts run(long seed) {
        try {
            return Simulation.run(seed);
        } catch (RuntimeException breach) {
            throw new AssertionError(
                    "seed " + seed + ": " + breach + "\n" + Simulation.trace(seed, () -> StepFault.NONE), breach);
        }
    }
}
