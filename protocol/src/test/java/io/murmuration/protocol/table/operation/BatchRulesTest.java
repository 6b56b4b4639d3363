package io.murmuration.protocol.table.operation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import io.murmuration.protocol.table.operation.TableRequest.KeysOfTable;
import io.murmuration.protocol.table.operation.TableRequest.Write;
import io.murmuration.protocol.table.operation.TableRequest.WritesOfTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchRulesTest {
    private static final TableSchema TABLE = new TableSchema(
            "birds",
            "id",
            new KeyAttribute("k", KeyType.N),
            null,
            Billing.BY_REQUEST,
            TableClass.STANDARD,
            false,
            Map.of(),
            0);
    private static final AttributeValue ONE = AttributeValue.number("1");
    private static final AttributeValue ALSO_ONE = AttributeValue.number("1.0");
    private static final AttributeValue TEXT = AttributeValue.string("a");

    @Test
    void writes_of_different_items_pass() {
        assertThatCode(() -> check(
                        new Write.Put(Map.of("k", ONE, "a", TEXT)),
                        new Write.Delete(Map.of("k", AttributeValue.number(2)))))
                .doesNotThrowAnyException();
    }

    @Test
    void two_writes_of_one_item_are_refused() {
        assertThatThrownBy(() ->
                        check(new Write.Put(Map.of("k", ONE, "a", TEXT)), new Write.Delete(Map.of("k", ALSO_ONE))))
                .isInstanceOf(ServiceException.class)
                .hasMessage("Provided list of item keys contains duplicates");
    }

    @Test
    void an_item_without_a_proper_key_does_not_match_the_schema() {
        var mismatch = "The provided key element does not match the schema";
        assertThatThrownBy(() -> check(new Write.Put(Map.of("a", TEXT)))).hasMessage(mismatch);
        assertThatThrownBy(() -> check(new Write.Put(Map.of("k", TEXT)))).hasMessage(mismatch);
        assertThatThrownBy(() -> check(new Write.Delete(Map.of("k", ONE, "a", TEXT))))
                .hasMessage(mismatch);
        assertThatThrownBy(() -> BatchRules.check(
                        TABLE,
                        new KeysOfTable("birds", "birds", List.of(Map.of("k", TEXT)), false, ExpressionTexts.NONE)))
                .hasMessage(mismatch);
    }

    private static void check(Write... writes) {
        BatchRules.check(TABLE, new WritesOfTable("birds", "birds", List.of(writes)));
    }
}
