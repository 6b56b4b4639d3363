package io.murmuration.table;

import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.expression.Expressions;
import io.murmuration.protocol.table.expression.Placeholders;
import io.murmuration.protocol.table.expression.Projection;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of items that a reader asked for.
 *
 * @param projection null for whole items
 */
record CompiledProjection(@Nullable Projection projection) {
    /** Compiles it as the last of a request's expressions. */
    static CompiledProjection of(ExpressionTexts texts, Placeholders placeholders) {
        Projection projection = null;
        if (texts.projection() != null) {
            projection = Expressions.projection(texts.projection(), placeholders);
        } else if (texts.attributesToGet() != null) {
            projection = Projection.ofAttributes(texts.attributesToGet());
        }
        placeholders.requireAllUsed();
        return new CompiledProjection(projection);
    }

    /** The only expression of a request. */
    static CompiledProjection of(ExpressionTexts texts) {
        return of(texts, Placeholders.of(texts.names(), texts.values()));
    }

    void check(Table table) {
        if (projection != null) {
            projection.requireScalarKeys(table.schema().keyNames(), "Key");
        }
    }

    Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
        return projection == null ? item : projection.of(item);
    }
}
