package io.murmuration.protocol.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemSizeTest {
    /** Figures measured at the 400 KB limit of the real service. */
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "-0, 1",
        "1, 2",
        "12, 2",
        "123, 3",
        "1234, 3",
        "12345678901234567890123456789012345678, 20",
        "0042, 2",
        "100, 2",
        "1010, 3",
        "0.0000001, 2",
        "1E125, 2",
        "1E-100, 2",
        "1.5, 3",
        "15, 2",
        "1.234, 4",
        "3.14159, 5",
        "123456, 4",
        "100.5, 4",
        "0.15, 2",
        "-42, 3"
    })
    void a_number_takes_a_byte_for_each_started_pair_of_digits(String number, int bytes) {
        assertThat(ItemSize.of(AttributeValue.number(number))).isEqualTo(bytes);
    }

    /** "An attribute of type List or Map requires 3 bytes of overhead … Each List or Map element also requires 1 byte of overhead." */
    @Test
    void names_values_and_containers_count() {
        assertThat(ItemSize.of(Map.of("abc", AttributeValue.string("añ😀")))).isEqualTo(3 + 7);
        assertThat(ItemSize.of(AttributeValue.binary(new byte[5]))).isEqualTo(5);
        assertThat(ItemSize.of(new AttributeValue.Bool(false))).isEqualTo(1);
        assertThat(ItemSize.of(new AttributeValue.Null())).isEqualTo(1);
        assertThat(ItemSize.of(new AttributeValue.L(List.of()))).isEqualTo(3);
        assertThat(ItemSize.of(new AttributeValue.L(List.of(AttributeValue.string("ab"), AttributeValue.number(1)))))
                .isEqualTo(3 + 1 + 2 + 1 + 2);
        assertThat(ItemSize.of(new AttributeValue.M(Map.of("k", AttributeValue.string("ab")))))
                .isEqualTo(3 + 1 + 1 + 2);
        assertThat(ItemSize.of(AttributeValue.strings(List.of("a", "bc")))).isEqualTo(3);
        assertThat(ItemSize.of(AttributeValue.numbers(List.of(DynamoNumber.of(1), DynamoNumber.of(-1)))))
                .isEqualTo(5);
        assertThat(ItemSize.of(AttributeValue.binaries(List.of(new Binary(new byte[2])))))
                .isEqualTo(2);
    }

    @Test
    void an_item_of_400_kb_is_the_largest() {
        var largest = Map.of("k", AttributeValue.string("x".repeat(ItemSize.ITEM_BYTES_MAX - 1)));
        var tooLarge = Map.of("k", AttributeValue.string("x".repeat(ItemSize.ITEM_BYTES_MAX)));

        assertThatCode(() -> ItemSize.checkPut(widen(largest))).doesNotThrowAnyException();
        assertThatCode(() -> ItemSize.checkUpdated(widen(largest))).doesNotThrowAnyException();
        assertThatThrownBy(() -> ItemSize.checkPut(widen(tooLarge)))
                .hasMessage("Item size has exceeded the maximum allowed size");
        assertThatThrownBy(() -> ItemSize.checkUpdated(widen(tooLarge)))
                .hasMessage("Item size to update has exceeded the maximum allowed size");
    }

    @Test
    void thirty_two_levels_are_the_deepest() {
        assertThatCode(() -> ItemSize.checkUpdated(Map.of("k", nested(32)))).doesNotThrowAnyException();
        assertThatThrownBy(() -> ItemSize.checkUpdated(Map.of("k", nested(33))))
                .hasMessage("Nesting Levels have exceeded supported limits: "
                        + "Attributes in the item have nested levels beyond supported limit");
    }

    private static AttributeValue nested(int levels) {
        AttributeValue value = AttributeValue.number(1);
        for (var i = 0; i < levels; i++) {
            value = i % 2 == 0
                    ? new AttributeValue.L(List.of(AttributeValue.number(2), value))
                    : new AttributeValue.M(Map.of("m", value));
        }
        return value;
    }

    private static Map<String, AttributeValue> widen(Map<String, ? extends AttributeValue> item) {
        return Map.copyOf(item);
    }
}
