package io.murmuration.protocol.table.json;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.expression.Placeholders;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which expression parameters an operation has, and the rules between them.
 *
 * @param expressions in the order of DynamoDB's messages
 * @param legacy their older counterparts, in the order of DynamoDB's messages
 */
record ExpressionParameters(List<String> expressions, List<String> legacy) {
    private static final String PROJECTION = "ProjectionExpression";
    private static final String ATTRIBUTES_TO_GET = "AttributesToGet";

    /** The rules that come before the values are looked at. */
    void check(RequestMembers members) {
        var given = expressions.stream().filter(members.present::contains).toList();
        var legacyGiven = legacy.stream().filter(members.present::contains).toList();
        if (!given.isEmpty() && !legacyGiven.isEmpty()) {
            throw ServiceException.validation("Can not use both expression and non-expression parameters in the same "
                    + "request: Non-expression parameters: {" + String.join(", ", legacyGiven)
                    + "} Expression parameters: {" + String.join(", ", given) + "}");
        }
        var takingValues =
                expressions.stream().filter(name -> !name.equals(PROJECTION)).toList();
        Placeholders.refuseWithoutExpressions(
                members.names != null && given.isEmpty(),
                members.values != null && takingValues.stream().noneMatch(given::contains),
                takingValues);
        for (var name : legacyGiven) {
            if (!name.equals(ATTRIBUTES_TO_GET)) {
                throw unsupported(name);
            }
        }
    }

    static ServiceException unsupported(String parameter) {
        return ServiceException.validation(
                "One or more parameter values were invalid: " + parameter + " is not supported");
    }

    /** The texts, after the rules that come once the other parameters are checked. */
    static ExpressionTexts texts(RequestMembers members) {
        return new ExpressionTexts(
                members.condition,
                members.update,
                members.keyCondition,
                members.filter,
                members.projection,
                members.attributesToGet,
                members.names,
                values(members));
    }

    private static @Nullable Map<String, AttributeValue> values(RequestMembers members) {
        var values = members.values;
        Placeholders.of(members.names, values == null ? null : values.byName());
        return values == null
                ? null
                : values.checked(
                        "ExpressionAttributeValues contains invalid value: ", " for key " + values.complaintFor());
    }

    static void checkDuplicates(@Nullable List<String> attributesToGet) {
        if (attributesToGet == null) {
            return;
        }
        var seen = new HashSet<String>();
        for (var name : attributesToGet) {
            if (!seen.add(name)) {
                throw ServiceException.validation(
                        "One or more parameter values were invalid: " + "Duplicate value in attribute name: " + name);
            }
        }
    }
}
