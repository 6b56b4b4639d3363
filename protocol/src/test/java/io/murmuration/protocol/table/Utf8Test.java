package io.murmuration.protocol.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void order_and_length_are_those_of_the_bytes(long seed) {
        var generator = new AttributeValueGenerator(seed);
        for (var i = 0; i < 500; i++) {
            var left = generator.string();
            var right = generator.string();
            var leftBytes = left.getBytes(StandardCharsets.UTF_8);
            var rightBytes = right.getBytes(StandardCharsets.UTF_8);

            assertThat(Integer.signum(Utf8.compare(left, right)))
                    .as("seed %d, %s and %s", seed, left, right)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(leftBytes, rightBytes)));
            assertThat(Utf8.length(left)).as("seed %d, %s", seed, left).isEqualTo(leftBytes.length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "\udc00", "a\ud800b", "\ud800\ud800\udc00"})
    void a_lone_surrogate_is_measured_as_what_replaces_it(String text) {
        assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
}
