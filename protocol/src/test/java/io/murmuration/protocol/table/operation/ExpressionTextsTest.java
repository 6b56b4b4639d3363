package io.murmuration.protocol.table.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExpressionTextsTest {
    private static final Map<String, AttributeValue> ONE = Map.of(":one", AttributeValue.number(1));

    @Test
    void nothing_compiles_to_nothing() {
        assertThat(ExpressionTexts.NONE.compile()).isSameAs(CompiledExpressions.NONE);
    }

    @Test
    void each_expression_compiles() {
        var write = new ExpressionTexts("a = :one", "SET b = :one", null, null, null, null, null, ONE).compile();
        var read =
                new ExpressionTexts(null, null, "k = :one", "#c = :one", "d", null, Map.of("#c", "c"), ONE).compile();

        assertThat(Objects.requireNonNull(write.condition()).holds(Map.of("a", AttributeValue.number(1))))
                .isTrue();
        assertThat(Objects.requireNonNull(write.update()).apply(Map.of()))
                .isEqualTo(Map.of("b", AttributeValue.number(1)));
        assertThat(Objects.requireNonNull(read.keyCondition()).attributes()).containsExactly("k");
        assertThat(Objects.requireNonNull(read.filter()).holds(Map.of())).isFalse();
        assertThat(Objects.requireNonNull(read.projection()).of(Map.of("d", AttributeValue.number(2))))
                .hasSize(1);
    }

    @Test
    void attributes_to_get_are_a_projection_of_any_names() {
        var texts = new ExpressionTexts(null, null, null, null, null, List.of("size", "a.b", "a"), null, null);

        assertThat(Objects.requireNonNull(texts.compile().projection())
                        .of(Map.of(
                                "size", AttributeValue.number(1),
                                "a.b", AttributeValue.number(2),
                                "other", AttributeValue.number(3))))
                .isEqualTo(Map.of("size", AttributeValue.number(1), "a.b", AttributeValue.number(2)));
    }

    @Test
    void what_no_expression_uses_is_refused() {
        assertThatThrownBy(() -> new ExpressionTexts("a = b", null, null, null, null, null, null, ONE).compile())
                .isInstanceOf(ServiceException.class)
                .hasMessage("Value provided in ExpressionAttributeValues unused in expressions: keys: {:one}");
        assertThatThrownBy(() ->
                        new ExpressionTexts("a = b", null, null, null, null, null, Map.of("#a", "a"), null).compile())
                .isInstanceOf(ServiceException.class)
                .hasMessage("Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}");
    }

    @Test
    void a_key_condition_that_can_be_none_is_refused_before_there_is_a_table() {
        assertThatThrownBy(() -> new ExpressionTexts(null, null, "k <> :one", null, null, null, null, ONE).compile())
                .isInstanceOf(ServiceException.class)
                .hasMessage("Invalid operator used in KeyConditionExpression: <>");
    }
}
