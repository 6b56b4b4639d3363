package io.murmuration.protocol.table.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * "One read capacity unit represents one strongly consistent read per second, or two eventually consistent reads per second, for an item up to 4
 * KB"; "one write capacity unit represents one write per second for an item up to 1 KB" (developer guide).
 */
class CapacityRulesTest {
    @ParameterizedTest
    @CsvSource({"0, 1.0, 0.5", "1, 1.0, 0.5", "4096, 1.0, 0.5", "4097, 2.0, 1.0", "409600, 100.0, 50.0"})
    void a_read_takes_a_unit_for_each_started_4_kb(long bytes, double consistent, double eventual) {
        assertThat(CapacityRules.read(bytes, true)).isEqualTo(consistent);
        assertThat(CapacityRules.read(bytes, false)).isEqualTo(eventual);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1.0", "0, 1024, 1.0", "0, 1025, 2.0", "3000, 10, 3.0", "409600, 0, 400.0"})
    void a_write_takes_a_unit_for_each_started_kb_of_the_larger_image(long before, long after, double units) {
        assertThat(CapacityRules.write(before, after)).isEqualTo(units);
    }
}
