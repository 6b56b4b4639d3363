package io.murmuration.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.gateway.RouteSettings;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long START = -5;

    @Test
    void a_burst_passes_at_once_and_then_as_many_as_the_rate_gives() {
        var throttle = requireNonNull(Throttle.of(new RouteSettings(3, 2.0), null, START));

        assertThat(admitted(throttle, START, 5)).isEqualTo(3);
        assertThat(admitted(throttle, START + SECOND / 2 - 1, 5)).isEqualTo(0);
        assertThat(admitted(throttle, START + SECOND / 2, 5)).isEqualTo(1);
        assertThat(admitted(throttle, START + 2 * SECOND, 5)).isEqualTo(3);
        assertThat(admitted(throttle, START + 3600 * SECOND, 9)).isEqualTo(3);
    }

    @Test
    void nothing_passes_where_either_limit_is_zero() {
        assertThat(admitted(requireNonNull(Throttle.of(new RouteSettings(0, 10.0), null, START)), START, 1))
                .isZero();
        assertThat(admitted(requireNonNull(Throttle.of(new RouteSettings(10, 0.0), null, START)), START + SECOND, 1))
                .isZero();
    }

    @Test
    void a_rate_alone_lets_a_second_s_requests_pass_at_once_and_a_burst_alone_bounds_nothing() {
        assertThat(admitted(requireNonNull(Throttle.of(new RouteSettings(null, 4.0), null, START)), START, 9))
                .isEqualTo(4);
        assertThat(Throttle.of(new RouteSettings(5, null), null, START)).isNull();
        assertThat(Throttle.of(RouteSettings.NONE, null, START)).isNull();
    }

    @Test
    void a_change_of_something_else_does_not_fill_the_bucket() {
        var before = requireNonNull(Throttle.of(new RouteSettings(1, 1.0), null, START));
        admitted(before, START, 1);

        var same = requireNonNull(Throttle.of(new RouteSettings(1, 1.0), before, START));
        var other = requireNonNull(Throttle.of(new RouteSettings(2, 1.0), before, START));

        assertThat(admitted(same, START, 1)).isZero();
        assertThat(admitted(other, START, 3)).isEqualTo(2);
    }

    private static int admitted(Throttle throttle, long nowNanos, int asked) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            admitted += throttle.admits(nowNanos) ? 1 : 0;
        }
        return admitted;
    }
}
