package io.murmuration.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.function.InstanceRules.Figures;
import org.junit.jupiter.api.Test;

class InstanceRulesTest {
    private static final long START_MILLIS = 100;

    @Test
    void nobody_waits_so_nothing_starts() {
        assertThat(InstanceRules.toStart(figures(0, 0, 0, 0, 0, 10))).isZero();
    }

    @Test
    void each_waiting_invocation_gets_an_environment_of_its_own_while_nothing_is_known() {
        assertThat(InstanceRules.toStart(figures(3, 0, 0, 0, 0, InstanceRules.UNKNOWN)))
                .isEqualTo(3);
    }

    @Test
    void those_that_start_or_are_idle_count_for_those_that_wait() {
        assertThat(InstanceRules.toStart(figures(3, 1, 1, 0, 0, InstanceRules.UNKNOWN)))
                .isEqualTo(1);
        assertThat(InstanceRules.toStart(figures(2, 1, 1, 0, 0, InstanceRules.UNKNOWN)))
                .isZero();
    }

    @Test
    void a_busy_environment_that_will_be_free_before_a_start_is_done_needs_no_help() {
        assertThat(InstanceRules.toStart(figures(10, 0, 0, 1, 0, 10))).isZero();
        assertThat(InstanceRules.toStart(figures(11, 0, 0, 1, 0, 10))).isEqualTo(1);
    }

    @Test
    void a_busy_environment_that_takes_longer_than_a_start_does_not_count() {
        assertThat(InstanceRules.toStart(figures(1, 0, 0, 1, 0, START_MILLIS + 1)))
                .isEqualTo(1);
    }

    @Test
    void whoever_waited_for_longer_than_a_start_shows_that_the_average_misleads() {
        assertThat(InstanceRules.toStart(figures(1, 0, 0, 1, START_MILLIS, 1))).isZero();
        assertThat(InstanceRules.toStart(figures(1, 0, 0, 1, START_MILLIS + 1, 1)))
                .isEqualTo(1);
    }

    @Test
    void an_environment_that_has_just_answered_will_take_the_next() {
        var soon = new Figures(1, 0, 0, 1, 0, START_MILLIS, 10 * START_MILLIS, START_MILLIS, 16);
        var stuck = new Figures(1, 0, 0, 1, 0, START_MILLIS + 1, 10 * START_MILLIS, START_MILLIS, 16);

        assertThat(InstanceRules.toStart(soon)).isZero();
        assertThat(InstanceRules.toStart(stuck)).isEqualTo(1);
    }

    @Test
    void only_so_many_start_at_once() {
        assertThat(InstanceRules.toStart(figures(100, 0, 0, 0, 0, InstanceRules.UNKNOWN)))
                .isEqualTo(InstanceRules.STARTING_MAX);
        assertThat(InstanceRules.toStart(figures(100, InstanceRules.STARTING_MAX, 0, 0, 0, InstanceRules.UNKNOWN)))
                .isZero();
    }

    @Test
    void there_are_never_more_than_the_function_may_have() {
        assertThat(InstanceRules.toStart(figures(100, 0, 0, 15, 0, InstanceRules.UNKNOWN)))
                .isEqualTo(1);
        assertThat(InstanceRules.toStart(figures(100, 0, 0, 16, 0, InstanceRules.UNKNOWN)))
                .isZero();
    }

    @Test
    void an_average_moves_by_a_quarter_of_the_difference() {
        assertThat(InstanceRules.average(InstanceRules.UNKNOWN, 40)).isEqualTo(40);
        assertThat(InstanceRules.average(40, 80)).isEqualTo(50);
        assertThat(InstanceRules.average(80, 40)).isEqualTo(70);
    }

    private static Figures figures(
            int waiting, int starting, int idle, int busy, long oldestMillis, long durationMillis) {
        return new Figures(waiting, starting, idle, 0, busy, oldestMillis, durationMillis, START_MILLIS, 16);
    }
}
