package io.murmuration.protocol.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeyRulesTest {
    private static final TableSchema TABLE = new TableSchema(
            "birds",
            "11111111-2222-3333-4444-555555555555",
            new KeyAttribute("pk", KeyType.S),
            new KeyAttribute("sk", KeyType.B),
            Billing.BY_REQUEST,
            TableClass.STANDARD,
            false,
            Map.of(),
            0);
    private static final AttributeValue PK = AttributeValue.string("a");
    private static final AttributeValue SK = AttributeValue.binary(new byte[1]);

    @Test
    void an_item_needs_its_whole_key() {
        assertThatCode(() -> KeyRules.checkItem(TABLE, Map.of("pk", PK, "sk", SK, "more", PK)))
                .doesNotThrowAnyException();
        assertRefused(
                () -> KeyRules.checkItem(TABLE, Map.of("sk", SK)),
                "One or more parameter values were invalid: Missing the key pk in the item");
        assertRefused(
                () -> KeyRules.checkItem(TABLE, Map.of("pk", PK)),
                "One or more parameter values were invalid: Missing the key sk in the item");
    }

    @Test
    void an_item_s_key_is_of_the_schema_s_types() {
        assertRefused(
                () -> KeyRules.checkItem(TABLE, Map.of("pk", AttributeValue.number(1), "sk", SK)),
                "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N");
        assertRefused(
                () -> KeyRules.checkItem(TABLE, Map.of("pk", PK, "sk", new AttributeValue.L(List.of()))),
                "One or more parameter values were invalid: Type mismatch for key sk expected: B actual: L");
    }

    @Test
    void a_key_matches_the_schema_exactly() {
        var mismatch = "The provided key element does not match the schema";

        assertThatCode(() -> KeyRules.checkKey(TABLE, Map.of("pk", PK, "sk", SK)))
                .doesNotThrowAnyException();
        assertRefused(() -> KeyRules.checkKey(TABLE, Map.of("pk", PK)), mismatch);
        assertRefused(() -> KeyRules.checkKey(TABLE, Map.of()), mismatch);
        assertRefused(() -> KeyRules.checkKey(TABLE, Map.of("pk", PK, "sk", PK)), mismatch);
        assertRefused(() -> KeyRules.checkKey(TABLE, Map.of("pk", PK, "other", SK)), mismatch);
        assertRefused(() -> KeyRules.checkKey(TABLE, Map.of("pk", PK, "sk", SK, "more", PK)), mismatch);
        assertRefused(
                () -> KeyRules.checkStartKey(TABLE, Map.of("pk", PK)),
                "The provided starting key is invalid: " + mismatch);
    }

    @Test
    void key_values_are_not_empty() {
        assertRefused(
                () -> KeyRules.checkItem(TABLE, Map.of("pk", AttributeValue.string(""), "sk", SK)),
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an"
                        + " empty string value. Key: pk");
        assertRefused(
                () -> KeyRules.checkKey(TABLE, Map.of("pk", PK, "sk", AttributeValue.binary(new byte[0]))),
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an"
                        + " empty binary value. Key: sk");
    }

    /** "The maximum length of a partition key value is 2048 bytes … of a sort key value is 1024 bytes." */
    @Test
    void key_values_are_bounded_in_bytes() {
        assertThatCode(() -> KeyRules.checkKey(
                        TABLE,
                        Map.of(
                                "pk",
                                AttributeValue.string("é".repeat(1024)),
                                "sk",
                                AttributeValue.binary(new byte[1024]))))
                .doesNotThrowAnyException();
        assertRefused(
                () -> KeyRules.checkKey(TABLE, Map.of("pk", AttributeValue.string("é".repeat(1024) + "x"), "sk", SK)),
                "One or more parameter values were invalid: "
                        + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
        assertRefused(
                () -> KeyRules.checkItem(TABLE, Map.of("pk", PK, "sk", AttributeValue.binary(new byte[1025]))),
                "One or more parameter values were invalid: "
                        + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }

    @Test
    void the_key_of_an_item_is_told() {
        assertThat(KeyRules.keyOf(TABLE, Map.of("sk", SK, "more", PK, "pk", PK)))
                .isEqualTo(Map.of("pk", PK, "sk", SK));
        assertThat(TABLE.keyNames()).containsExactly("pk", "sk");
        assertThat(TABLE.isKey("sk")).isTrue();
        assertThat(TABLE.isKey("more")).isFalse();
    }

    @Test
    void there_are_no_indexes() {
        assertThat(KeyRules.noSuchIndex("i").getMessage()).isEqualTo("The table does not have the specified index: i");
    }

    private static void assertRefused(ThrowingCallable check, String message) {
        assertThatThrownBy(check).isInstanceOf(ServiceException.class).hasMessage(message);
    }
}
