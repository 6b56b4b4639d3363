package io.murmuration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that does not find these proves nothing. */
class PlantedBugTest {
    private static final int SEEDS = 200;

    @ParameterizedTest
    @EnumSource
    void each_planted_bug_is_found_within_two_hundred_seeds(PlantedBug bug) {
        var found = LongStream.rangeClosed(1, SEEDS)
                .filter(seed -> finds(bug, seed))
                .findFirst();

        assertThat(found).as("a seed that finds " + bug).isPresent();
    }

    private static boolean finds(PlantedBug bug, long seed) {
        try {
            Simulation.run(seed, bug.onEachNode());
            return false;
        } catch (IllegalArgumentException outside) {
            return false; // The core looks for what the fault made its shell throw away: that is no rule.
        } catch (Violation | IllegalStateException breach) {
            assertThat(breach)
                    .as("what finds the bug is a rule that it breaks")
                    .satisfiesAnyOf(found -> assertThat(found).isInstanceOf(Violation.class), found -> assertThat(found)
                            .hasMessageStartingWith("broken invariant"));
            System.out.println(bug + ": seed " + seed + ", " + breach);
            return true;
        }
    }
}
