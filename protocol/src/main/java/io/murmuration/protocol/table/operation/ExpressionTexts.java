package io.murmuration.protocol.table.operation;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.expression.Expressions;
import io.murmuration.protocol.table.expression.Placeholders;
import io.murmuration.protocol.table.expression.Projection;
import java.util.LinkedHashMap;
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

    /**
     * Compiles them in DynamoDB's order. To be called before the table is looked for: its refusals come first.
     *
     * @throws ServiceException with DynamoDB's own message if one is malformed or a name or value is undefined or unused
     */
    public CompiledExpressions compile() {
        if (equals(NONE)) {
            return CompiledExpressions.NONE;
        }
        var placeholders = Placeholders.of(names, values);
        var keys = keyCondition == null ? null : Expressions.keyCondition(keyCondition, placeholders);
        var changes = update == null ? null : Expressions.update(update, placeholders);
        var check = condition == null ? null : Expressions.condition(Expressions.CONDITION, condition, placeholders);
        var sieve = filter == null ? null : Expressions.condition(Expressions.FILTER, filter, placeholders);
        var part = projection == null ? null : Expressions.projection(projection, placeholders);
        placeholders.requireAllUsed();
        if (keys != null) {
            keys.requireShape();
        }
        return new CompiledExpressions(
                check, changes, keys, sieve, attributesToGet == null ? part : wholeAttributes(attributesToGet));
    }

    /** A projection takes any attribute's name, also a reserved word or one with dots, by a placeholder. */
    private static Projection wholeAttributes(List<String> attributes) {
        var names = LinkedHashMap.<String, String>newLinkedHashMap(attributes.size());
        for (var attribute : attributes) {
            names.put("#a" + names.size(), attribute);
        }
        return Expressions.projection(String.join(",", names.keySet()), Placeholders.of(names, null));
    }
}
