package io.murmuration.table;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.protocol.table.operation.TableRequest.Select;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests to a table {@code birds} whose keys are {@code p}, a string, and {@code s}, a number. */
final class Birds {
    private Birds() {}

    static TableRequest put(String p, long v) {
        return new TableRequest.PutItem(
                "birds", bird(p, v), ExpressionTexts.NONE, ReturnValues.NONE, false, ReturnCapacity.NONE);
    }

    static TableRequest putIfAbsent(String p, long v) {
        return new TableRequest.PutItem(
                "birds",
                bird(p, v),
                new ExpressionTexts("attribute_not_exists(p)", null, null, null, null, null, null, null),
                ReturnValues.NONE,
                false,
                ReturnCapacity.NONE);
    }

    static TableRequest add(String p) {
        return new TableRequest.UpdateItem(
                "birds",
                key(p),
                new ExpressionTexts(
                        null, "ADD n :one", null, null, null, null, null, Map.of(":one", new N(DynamoNumber.of(1)))),
                ReturnValues.UPDATED_NEW,
                false,
                ReturnCapacity.NONE);
    }

    static TableRequest get(String p, boolean consistent) {
        return new TableRequest.GetItem("birds", key(p), consistent, ExpressionTexts.NONE, ReturnCapacity.NONE);
    }

    static Map<String, AttributeValue> bird(String p, long v) {
        return Map.of("p", new S(p), "s", new N(DynamoNumber.of(0)), "v", new N(DynamoNumber.of(v)));
    }

    static Map<String, AttributeValue> key(String p) {
        return Map.of("p", new S(p), "s", new N(DynamoNumber.of(0)));
    }

    static TableRequest scan(@Nullable Map<String, AttributeValue> from, int limit, boolean consistent) {
        return new TableRequest.Scan(
                "birds",
                null,
                ExpressionTexts.NONE,
                Select.ALL_ATTRIBUTES,
                limit,
                consistent,
                from,
                0,
                1,
                ReturnCapacity.NONE);
    }

    /** All items of one partition key. */
    static TableRequest query(String p, @Nullable Map<String, AttributeValue> from, boolean consistent) {
        return new TableRequest.Query(
                "birds",
                null,
                new ExpressionTexts(null, null, "p = :p", null, null, null, null, Map.of(":p", new S(p))),
                Select.ALL_ATTRIBUTES,
                TableRequest.NO_LIMIT,
                consistent,
                true,
                from,
                ReturnCapacity.NONE);
    }
}
