package io.murmuration.protocol.table.operation;

import io.murmuration.protocol.table.expression.Condition;
import io.murmuration.protocol.table.expression.KeyCondition;
import io.murmuration.protocol.table.expression.Projection;
import io.murmuration.protocol.table.expression.UpdateExpression;
import org.jspecify.annotations.Nullable;

/** A request's expressions, ready to be evaluated; null where the request has none. */
public record CompiledExpressions(
        @Nullable Condition condition,
        @Nullable UpdateExpression update,
        @Nullable KeyCondition keyCondition,
        @Nullable Condition filter,
        @Nullable Projection projection) {
    public static final CompiledExpressions NONE = new CompiledExpressions(null, null, null, null, null);
}
