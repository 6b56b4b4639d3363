package io.murmuration.protocol.table.operation;

import io.murmuration.protocol.table.AttributeValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's expressions as written. Null is absent, which is not the same as empty.
 *
 * @param attributesToGet the legacy way to write a projection of whole attributes; never together with an expression
 * @param names what {@code #name} stands for
 * @param values what {@code :value} stands for
 */
public record ExpressionTexts(
        @Nullable String condition,
        @Nullable String update,
        @Nullable String keyCondition,
        @Nullable String filter,
        @Nullable String projection,
        @Nullable List<String> attributesToGet,
        @Nullable Map<String, String> names,
        @Nullable Map<String, AttributeValue> values) {
    public static final ExpressionTexts NONE = new ExpressionTexts(null, null, null, null, null, null, null, null);
}
