package io.murmuration.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFormatTest {
    private static final Map<String, String> VALUES =
            Map.of("requestId", "7", "identity.sourceIp", "127.0.0.1", "path", "a\nb", "identity.userAgent", "\"\\");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$context.requestId                               | 7",
                "id=$context.requestId ip=$context.identity.sourceIp. | id=7 ip=127.0.0.1.",
                "$context.requestId$context.requestId             | 77",
                "[$context.unknown] $other $context.              | [-] $other $context.",
                "plain                                            | plain",
            })
    void variables_are_replaced_and_what_is_not_known_is_a_hyphen(String format, String line) {
        assertThat(LogFormat.parse(format).line(VALUES::get)).isEqualTo(line);
    }

    @Test
    void a_format_however_long_does_not_use_up_the_stack() {
        assertThat(LogFormat.parse("$context.a" + ".a".repeat(100_000)).line(VALUES::get))
                .isEqualTo("-");
    }

    @Test
    void no_value_and_no_format_ends_the_line_or_a_text_within_it() {
        assertThat(LogFormat.parse("a\r\n\"$context.path\" \"$context.identity.userAgent\"")
                        .line(VALUES::get))
                .isEqualTo("a  \"a b\" \"\\\"\\\\\"");
    }
}
