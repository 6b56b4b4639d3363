package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.object.RangeRules.Slice;
import io.murmuration.object.RangeRules.Unsatisfiable;
import io.murmuration.object.RangeRules.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeRulesTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-9, 0, 10",
        "bytes=3-, 3, 10",
        "bytes=9-9, 9, 10",
        "bytes=5-100, 5, 10",
        "bytes=-3, 7, 10",
        "bytes=-100, 0, 10",
        "bytes=0-99999999999999999999, 0, 10",
        "bytes=-99999999999999999999, 0, 10"
    })
    void a_range_of_ten_bytes(String range, long from, long to) {
        assertThat(RangeRules.select(range, 10)).isEqualTo(new Slice(from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-11", "bytes=-0", "bytes=99999999999999999999-"})
    void what_begins_behind_the_end_cannot_be_satisfied(String range) {
        assertThat(RangeRules.select(range, 10)).isEqualTo(new Unsatisfiable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-0", "bytes=-1", "bytes=0-"})
    void an_empty_object_has_no_range(String range) {
        assertThat(RangeRules.select(range, 0)).isEqualTo(new Unsatisfiable());
    }

    /** "A server MAY ignore the Range header field", and one whose first byte is behind its last is invalid (RFC 9110, 14.1.1 and 14.2). */
    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=0-1,3-4", "bytes=5-3", "bytes=-", "bytes=", "items=0-1", "bytes=a-b", "bytes=0-1x", ""})
    void what_is_not_one_range_is_ignored(String range) {
        assertThat(RangeRules.select(range, 10)).isEqualTo(new Whole());
    }

    @Test
    void no_range_is_the_whole() {
        assertThat(RangeRules.select(null, 10)).isEqualTo(new Whole());
    }

    @Test
    void the_last_byte_counts_in_the_reply() {
        assertThat(new Slice(2, 5).contentRange(10)).isEqualTo("bytes 2-4/10");
    }
}
