package io.murmuration.protocol.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * "Positive range: 1E-130 to 9.9999999999999999999999999999999999999E+125; leading and trailing zeroes are trimmed; up to 38 digits of precision;
 * exceeding this results in an exception" (developer guide, "Data types: Number").
 */
class DynamoNumberTest {
    private static final String OVERFLOW =
            "Number overflow. Attempting to store a number with magnitude larger than supported range";
    private static final String UNDERFLOW =
            "Number underflow. Attempting to store a number with magnitude smaller than supported range";
    private static final String TOO_PRECISE = "Attempting to store more than 38 significant digits in a Number";

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.000, 0",
        "0e1000, 0",
        "0E99999999999, 0",
        "1, 1",
        "+3, 3",
        "-7.1234, -7.1234",
        "00042, 42",
        "1.0, 1",
        "3.1400, 3.14",
        "0042.1200, 42.12",
        "1.5E2, 150",
        "1e+5, 100000",
        "-17.4E37, -174000000000000000000000000000000000000",
        ".123, 0.123",
        "5., 5",
        "100.5e-1, 10.05",
        "0.00000000000000000000000000000000000001, 0.00000000000000000000000000000000000001",
        "12345678901234567890123456789012345678, 12345678901234567890123456789012345678",
        "1234567890123456789012345678901234567800000, 1234567890123456789012345678901234567800000",
        "0.00001234567890123456789012345678901234567800000, 0.000012345678901234567890123456789012345678",
        "123456789012345678901234567890.12345678, 123456789012345678901234567890.12345678"
    })
    void prints_plainly_without_needless_zeros(String text, String printed) {
        assertThat(DynamoNumber.parse(text)).hasToString(printed);
    }

    @Test
    void the_ends_of_the_range_are_within() {
        assertThat(DynamoNumber.parse("9.9999999999999999999999999999999999999E+125")
                        .toString())
                .isEqualTo("9".repeat(38) + "0".repeat(88));
        assertThat(DynamoNumber.parse("1E-130").toString()).isEqualTo("0." + "0".repeat(129) + "1");
        assertThat(DynamoNumber.parse("-1E125").toString()).isEqualTo("-1" + "0".repeat(125));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+126", "-1E126", "11e125", "1E999999999", "1E99999999999999999999", "0.1E127"})
    void too_large_overflows(String text) {
        assertRefused(text, OVERFLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E-131", "-1e-131", "0.9e-130", "1E-999999999", "1E-99999999999999999999"})
    void too_small_underflows(String text) {
        assertRefused(text, UNDERFLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012345678901234567890123456789",
                "3.14159265358979323846264338327950288419",
                "314159265358979323846264338327950288419e30",
                "0.000100000000000000000000000000000000000000000000001"
            })
    void more_than_38_digits_are_too_precise(String text) {
        assertRefused(text, TOO_PRECISE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-Infinity",
                "dog",
                "-dog",
                " 1",
                "1 ",
                " ",
                "-",
                "+",
                ".",
                "1.2.3",
                "e5",
                "1e",
                "1e+",
                "--1",
                "1e5.5",
                "0x1F",
                "1_000",
                "١",
                "1f",
                "1d"
            })
    void what_is_no_number_is_quoted(String text) {
        assertRefused(text, "The parameter cannot be converted to a numeric value: " + text);
    }

    @Test
    void an_empty_text_is_not_quoted() {
        assertRefused("", "The parameter cannot be converted to a numeric value");
    }

    @Test
    void a_million_digits_are_read_in_one_pass() {
        assertThat(DynamoNumber.parse("0".repeat(1_000_000) + "7" + ".0" + "0".repeat(1_000_000)))
                .hasToString("7");
        assertRefused("1".repeat(1_000_000), OVERFLOW);
        assertRefused("1".repeat(1_000_000) + "E-999999", TOO_PRECISE);
    }

    @Test
    void numbers_are_equal_by_value() {
        assertThat(DynamoNumber.parse("1E2"))
                .isEqualTo(DynamoNumber.parse("100.00"))
                .hasSameHashCodeAs(DynamoNumber.parse("100.00"));
        assertThat(DynamoNumber.parse("-1")).isLessThan(DynamoNumber.parse("0"));
    }

    @Test
    void sums_and_differences_are_exact() {
        assertThat(DynamoNumber.parse("1").plus(DynamoNumber.parse("10000000000000000000000")))
                .hasToString("10000000000000000000001");
        assertThat(DynamoNumber.parse("10000000000000000000000").minus(DynamoNumber.parse("1")))
                .hasToString("9999999999999999999999");
        assertThat(DynamoNumber.parse("0.1").plus(DynamoNumber.parse("-0.1"))).hasToString("0");
        assertThat(DynamoNumber.parse("1E125").minus(DynamoNumber.parse("1E125")))
                .isEqualTo(DynamoNumber.ZERO);
    }

    @Test
    void a_result_beyond_range_or_precision_overflows() {
        assertThatThrownBy(() -> DynamoNumber.parse("9e125").plus(DynamoNumber.parse("9e125")))
                .hasMessage(OVERFLOW);
        assertThatThrownBy(() -> DynamoNumber.parse("1e50").plus(DynamoNumber.parse("1")))
                .hasMessage(OVERFLOW);
        assertThatThrownBy(() -> DynamoNumber.parse("1e125").minus(DynamoNumber.parse("1e-130")))
                .hasMessage(OVERFLOW);
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> DynamoNumber.parse(text))
                .isInstanceOf(ServiceException.class)
                .hasMessage(message);
    }
}
