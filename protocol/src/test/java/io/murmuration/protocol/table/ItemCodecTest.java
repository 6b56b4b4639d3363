package io.murmuration.protocol.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemCodecTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void what_is_encoded_is_decoded(long seed) {
        var generator = new AttributeValueGenerator(seed);
        for (var i = 0; i < 200; i++) {
            var item = generator.item();

            var decoded = ItemCodec.decode(ItemCodec.encode(item));

            assertThat(decoded).as("seed %d, item %d", seed, i).isEqualTo(item);
            assertThat(new ArrayList<>(decoded.keySet()))
                    .as("seed %d, item %d", seed, i)
                    .isEqualTo(new ArrayList<>(item.keySet()));
        }
    }

    @Test
    void a_value_alone_is_decoded_too() {
        var value = new AttributeValue.L(List.of(AttributeValue.string("a"), new AttributeValue.Null()));
        var bytes = ByteBuffer.wrap(ItemCodec.encodeValue(value));

        assertThat(ItemCodec.decodeValue(bytes)).isEqualTo(value);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    /** Items are stored in this form: what the first release wrote must be read for ever. */
    @Test
    void the_bytes_of_version_1_are_read() throws IOException {
        try (var fixture = Objects.requireNonNull(getClass().getResourceAsStream("item-v1.hex"))) {
            var bytes = HexFormat.of().parseHex(new String(fixture.readAllBytes(), StandardCharsets.US_ASCII).strip());

            assertThat(ItemCodec.decode(bytes)).isEqualTo(ofEachType());
            assertThat(ItemCodec.encode(ofEachType())).isEqualTo(bytes);
        }
    }

    @Test
    void a_set_of_nothing_but_the_empty_string_or_binary_is_one_byte_and_its_earlier_form_is_read() {
        var nothing = AttributeValue.strings(List.of(""));
        var empty = AttributeValue.binaries(List.of(new Binary(new byte[0])));

        assertThat(ItemCodec.encodeValue(nothing)).containsExactly(1, 13);
        assertThat(ItemCodec.encodeValue(empty)).containsExactly(1, 14);
        for (var value : List.of(nothing, empty)) {
            assertThat(ItemCodec.decodeValue(ByteBuffer.wrap(ItemCodec.encodeValue(value))))
                    .isEqualTo(value);
        }
        assertThat(ItemCodec.decodeValue(ByteBuffer.wrap(new byte[] {1, 10, 1, 0})))
                .isEqualTo(nothing);
        assertThat(ItemCodec.decodeValue(ByteBuffer.wrap(new byte[] {1, 12, 1, 0})))
                .isEqualTo(empty);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void no_item_is_encoded_longer_than_its_bound(long seed) {
        var generator = new AttributeValueGenerator(seed);
        for (var i = 0; i < 500; i++) {
            assertBounded("seed " + seed, generator.item());
        }
    }

    /** 400 KB of whatever is encoded worst. */
    @Test
    void the_largest_items_of_the_worst_values_are_within_the_bound_and_that_is_less_than_a_mebibyte() {
        var few = AttributeValue.numbers(List.of(DynamoNumber.ZERO));
        var many = AttributeValue.numbers(distantNumbers());
        for (var value : List.of(
                AttributeValue.string(""),
                AttributeValue.strings(List.of("")),
                AttributeValue.binaries(List.of(new Binary(new byte[0]))),
                AttributeValue.strings(List.of("", "a")),
                AttributeValue.number(0),
                AttributeValue.number("99E-100"),
                few,
                many,
                new AttributeValue.L(List.of()),
                new AttributeValue.M(Map.of("", AttributeValue.strings(List.of("", "a")))),
                new AttributeValue.Null())) {
            var count = (ItemSize.ITEM_BYTES_MAX - 4) / (1 + ItemSize.of(value));
            var item = Map.<String, AttributeValue>of("l", new AttributeValue.L(Collections.nCopies(count, value)));

            assertThat(ItemSize.of(item)).isLessThanOrEqualTo(ItemSize.ITEM_BYTES_MAX);
            assertBounded(value.type(), item);
        }
        for (var value : List.of(few, AttributeValue.strings(List.of("", "a")), AttributeValue.string(""))) {
            assertBounded(value.type(), shortNames(value));
        }
        assertThat(ItemCodec.encodedBytesMax(ItemSize.ITEM_BYTES_MAX)).isLessThan((1 << 20) - 8 * 1024);
    }

    private static void assertBounded(String what, Map<String, AttributeValue> item) {
        assertThat(ItemCodec.encode(item).length)
                .as(what)
                .isLessThanOrEqualTo(ItemCodec.encodedBytesMax(ItemSize.of(item)));
    }

    private static List<DynamoNumber> distantNumbers() {
        var numbers = new ArrayList<DynamoNumber>();
        for (var digits = 64; digits < 100; digits++) {
            for (var exponent = 64; exponent < 124 && digits % 10 != 0; exponent++) {
                numbers.add(DynamoNumber.parse(digits + "E" + exponent));
                numbers.add(DynamoNumber.parse(digits + "E-" + exponent));
            }
        }
        return numbers;
    }

    /** All names of one and two bytes, and as many of three as fit. */
    private static Map<String, AttributeValue> shortNames(AttributeValue value) {
        var item = new LinkedHashMap<String, AttributeValue>();
        var left = ItemSize.ITEM_BYTES_MAX;
        for (var i = 0; i < 1 << 21; i++) {
            var name = new StringBuilder();
            for (var rest = i; rest > 0 || name.isEmpty(); rest >>= 7) {
                name.append((char) (rest & 0x7F));
            }
            var bytes = name.length() + ItemSize.of(value);
            if (bytes > left) {
                break;
            }
            left -= bytes;
            item.put(name.toString(), value);
        }
        return item;
    }

    @Test
    void an_unknown_version_or_type_is_refused() {
        assertThatThrownBy(() -> ItemCodec.decode(new byte[] {9, 0})).hasMessageContaining("version");
        assertThatThrownBy(() -> ItemCodec.decode(new byte[] {1, 1, 1, 'a', 99}))
                .hasMessageContaining("type");
    }

    @Test
    void a_length_beyond_the_end_costs_no_memory() {
        assertThatThrownBy(() -> ItemCodec.decode(new byte[] {1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F}))
                .hasMessageContaining("beyond the end");
    }

    private static Map<String, AttributeValue> ofEachType() {
        var item = new LinkedHashMap<String, AttributeValue>();
        item.put("string", AttributeValue.string("añ😀"));
        item.put("number", AttributeValue.number("-12.5"));
        item.put("long", AttributeValue.number("12345678901234567890123456789012345678E-160"));
        item.put("binary", AttributeValue.binary(new byte[] {0, 1, -1}));
        item.put("true", new AttributeValue.Bool(true));
        item.put("false", new AttributeValue.Bool(false));
        item.put("null", new AttributeValue.Null());
        item.put("list", new AttributeValue.L(List.of(AttributeValue.number(0), AttributeValue.string(""))));
        item.put("map", new AttributeValue.M(Map.of("k", new AttributeValue.L(List.of()))));
        item.put("strings", AttributeValue.strings(List.of("b", "a")));
        item.put("numbers", AttributeValue.numbers(List.of(DynamoNumber.of(2), DynamoNumber.of(-1))));
        item.put("binaries", AttributeValue.binaries(List.of(new Binary(new byte[] {2}), new Binary(new byte[0]))));
        return item;
    }
}
