package io.murmuration.function.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReportRulesTest {
    @Test
    void the_first_invocation_tells_how_long_the_start_took() {
        assertThat(ReportRules.end(
                        "id",
                        Duration.ofNanos(1_234_567),
                        128,
                        OptionalLong.of(53),
                        Optional.of(Duration.ofMillis(99))))
                .isEqualTo("END RequestId: id\nREPORT RequestId: id\tDuration: 1.23 ms\tBilled Duration: 2 ms"
                        + "\tMemory Size: 128 MB\tMax Memory Used: 53 MB\tInit Duration: 99.00 ms\t\n");
    }

    @Test
    void others_tell_nothing_of_the_start() {
        assertThat(ReportRules.end("id", Duration.ofMillis(2), 256, OptionalLong.empty(), Optional.empty()))
                .isEqualTo("END RequestId: id\nREPORT RequestId: id\tDuration: 2.00 ms\tBilled Duration: 2 ms"
                        + "\tMemory Size: 256 MB\t\n");
    }
}
