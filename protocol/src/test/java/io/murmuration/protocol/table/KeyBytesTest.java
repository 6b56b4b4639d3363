package io.murmuration.protocol.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBytesTest {
    /** Rows are stored under these bytes: they may never change. */
    @ParameterizedTest
    @CsvSource({
        "S, abc, 6162630000",
        "S, a\0b, 6100ff620000",
        "S, é, c3a90000",
        "N, 0, 02",
        "N, 1, 03800200",
        "N, -1, 017ffdff",
        "N, 10, 03800b00",
        "N, 100, 03810200",
        "N, 123.45, 038102182e00",
        "N, -123.45, 017efde7d1ff",
        "N, 0.001, 037e0b00",
        "N, 1E-130, 033f0200",
        "N, -1E125, 0141f4ff",
        "B, AAH/, 00ff01ff0000"
    })
    void the_stored_form_is_fixed(KeyType type, String text, String hex) {
        var value =
                switch (type) {
                    case S -> AttributeValue.string(text);
                    case N -> AttributeValue.number(text);
                    case B -> AttributeValue.binary(Base64.getDecoder().decode(text));
                };

        assertThat(HexFormat.of().formatHex(KeyBytes.encode(value))).isEqualTo(hex);
        assertThat(KeyBytes.decode(type, ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void bytes_sort_as_the_values_do(long seed) {
        var generator = new AttributeValueGenerator(seed);
        for (var i = 0; i < 300; i++) {
            for (var type : KeyType.values()) {
                var left = generator.keyValue(type);
                var right = generator.keyValue(type);

                assertThat(Integer.signum(Arrays.compareUnsigned(KeyBytes.encode(left), KeyBytes.encode(right))))
                        .as("seed %d, %s and %s", seed, left, right)
                        .isEqualTo(Integer.signum(compare(left, right)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void a_row_key_of_two_values_is_read_back(long seed) {
        var generator = new AttributeValueGenerator(seed);
        for (var i = 0; i < 200; i++) {
            for (var type : KeyType.values()) {
                for (var sortType : KeyType.values()) {
                    var partition = generator.keyValue(type);
                    var sort = generator.keyValue(sortType);
                    var key = ByteBuffer.allocate(200);
                    key.put(KeyBytes.encode(partition))
                            .put(KeyBytes.encode(sort))
                            .flip();

                    assertThat(KeyBytes.decode(type, key)).as("seed %d", seed).isEqualTo(partition);
                    assertThat(KeyBytes.decode(sortType, key))
                            .as("seed %d", seed)
                            .isEqualTo(sort);
                    assertThat(key.hasRemaining()).as("seed %d", seed).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void no_encoding_begins_another(long seed) {
        var generator = new AttributeValueGenerator(seed);
        for (var i = 0; i < 300; i++) {
            for (var type : KeyType.values()) {
                var left = KeyBytes.encode(generator.keyValue(type));
                var right = KeyBytes.encode(generator.keyValue(type));
                if (!Arrays.equals(left, right)) {
                    assertThat(Arrays.mismatch(left, right))
                            .as("seed %d", seed)
                            .isLessThan(Math.min(left.length, right.length));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void the_range_of_a_prefix_holds_what_begins_with_it_and_nothing_else(long seed) {
        var generator = new AttributeValueGenerator(seed);
        for (var i = 0; i < 500; i++) {
            var prefix = generator.bytes(i % 3);
            var bytes = i % 2 == 0 ? generator.bytes(4) : concat(prefix, generator.bytes(2));
            var from = KeyBytes.prefix(AttributeValue.binary(prefix));
            var to = KeyBytes.after(from);
            var key = KeyBytes.encode(AttributeValue.binary(bytes));
            var inRange =
                    Arrays.compareUnsigned(from, key) <= 0 && (to.length == 0 || Arrays.compareUnsigned(key, to) < 0);

            assertThat(inRange)
                    .as("seed %d, %s in %s", seed, Arrays.toString(bytes), Arrays.toString(prefix))
                    .isEqualTo(Arrays.equals(prefix, Arrays.copyOf(bytes, prefix.length)));
        }
    }

    @Test
    void nothing_is_above_bytes_that_are_all_ff() {
        assertThat(KeyBytes.after(new byte[] {-1, -1})).isEmpty();
        assertThat(KeyBytes.after(new byte[0])).isEmpty();
        assertThat(KeyBytes.after(new byte[] {1, -1})).containsExactly(2);
    }

    @Test
    void only_key_types_have_key_bytes() {
        assertThatThrownBy(() -> KeyBytes.encode(new AttributeValue.Bool(true)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyBytes.prefix(AttributeValue.number(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] concat(byte[] left, byte[] right) {
        return ByteBuffer.allocate(left.length + right.length)
                .put(left)
                .put(right)
                .array();
    }

    private static int compare(AttributeValue left, AttributeValue right) {
        if (left instanceof AttributeValue.S a && right instanceof AttributeValue.S b) {
            return Utf8.compare(a.value(), b.value());
        }
        if (left instanceof AttributeValue.N a && right instanceof AttributeValue.N b) {
            return a.value().compareTo(b.value());
        }
        if (left instanceof AttributeValue.B a && right instanceof AttributeValue.B b) {
            return a.value().compareTo(b.value());
        }
        throw new IllegalArgumentException("values of different types");
    }
}
