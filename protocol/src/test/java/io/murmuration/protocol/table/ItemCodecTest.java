package io.murmuration.protocol.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
