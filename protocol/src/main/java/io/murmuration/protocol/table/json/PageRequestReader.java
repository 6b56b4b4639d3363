package io.murmuration.protocol.table.json;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.Query;
import io.murmuration.protocol.table.operation.TableRequest.Scan;
import io.murmuration.protocol.table.operation.TableRequest.Select;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads queries and scans, and checks them in DynamoDB's order. */
final class PageRequestReader {
    private static final long SEGMENTS_MAX = 1_000_000;

    private static final Set<String> QUERY = Set.of(
            "TableName",
            "IndexName",
            "Select",
            "AttributesToGet",
            "Limit",
            "ConsistentRead",
            "KeyConditions",
            "QueryFilter",
            "ConditionalOperator",
            "ScanIndexForward",
            "ExclusiveStartKey",
            "ReturnConsumedCapacity",
            "ProjectionExpression",
            "FilterExpression",
            "KeyConditionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues");
    private static final Set<String> SCAN = Set.of(
            "TableName",
            "IndexName",
            "Select",
            "AttributesToGet",
            "Limit",
            "ConsistentRead",
            "ScanFilter",
            "ConditionalOperator",
            "ExclusiveStartKey",
            "ReturnConsumedCapacity",
            "TotalSegments",
            "Segment",
            "ProjectionExpression",
            "FilterExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues");

    private static final ExpressionParameters OF_QUERY = new ExpressionParameters(
            List.of("ProjectionExpression", "FilterExpression", "KeyConditionExpression"),
            List.of("AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"));
    private static final ExpressionParameters OF_SCAN = new ExpressionParameters(
            List.of("ProjectionExpression", "FilterExpression"),
            List.of("AttributesToGet", "ScanFilter", "ConditionalOperator"));

    /** DynamoDB says that it is the starting key that is invalid, but not of these. */
    private static final Pattern SAID_AS_IS =
            Pattern.compile("contains duplicates|number set|numeric value|significant digits|number with magnitude");

    private PageRequestReader() {}

    static TableRequest query(JsonInput in) throws IOException {
        var members = RequestMembers.read(in, "QueryInput", QUERY);
        var constraints = new Constraints();
        checkSelect(constraints, members);
        constraints.name("indexName", members.indexName);
        ItemRequestReader.checkCapacity(constraints, members);
        var table = ItemRequestReader.checkTable(constraints, members);
        constraints.oneOf("conditionalOperator", members.conditionalOperator, "OR", "AND");
        ItemRequestReader.checkAttributesToGet(constraints, "attributesToGet", members.attributesToGet);
        if (members.limit != null && members.limit < 1) {
            constraints.violateWithoutValue("Limit", "Member must have value greater than or equal to 1");
        }
        constraints.check();
        OF_QUERY.check(members);
        ExpressionParameters.checkDuplicates(members.attributesToGet);
        var startKey = startKey(members);
        if (members.keyCondition == null) {
            throw ServiceException.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        var select = select(members, "1 validation error detected: ");
        return new Query(
                table,
                members.indexName,
                ExpressionParameters.texts(members),
                select,
                limit(members),
                Boolean.TRUE.equals(members.consistent),
                !Boolean.FALSE.equals(members.forward),
                startKey,
                ItemRequestReader.capacity(members));
    }

    static TableRequest scan(JsonInput in) throws IOException {
        var members = RequestMembers.read(in, "ScanInput", SCAN);
        var constraints = new Constraints();
        checkSelect(constraints, members);
        constraints.name("indexName", members.indexName);
        constraints.atLeast("totalSegments", members.segments, 1);
        constraints.atMost("totalSegments", members.segments, SEGMENTS_MAX);
        ItemRequestReader.checkCapacity(constraints, members);
        var table = ItemRequestReader.checkTable(constraints, members);
        constraints.oneOf("conditionalOperator", members.conditionalOperator, "OR", "AND");
        constraints.atLeast("segment", members.segment, 0);
        constraints.atMost("segment", members.segment, SEGMENTS_MAX - 1);
        constraints.atLeast("limit", members.limit, 1);
        ItemRequestReader.checkAttributesToGet(constraints, "attributesToGet", members.attributesToGet);
        constraints.check();
        OF_SCAN.check(members);
        ExpressionParameters.checkDuplicates(members.attributesToGet);
        var startKey = startKey(members);
        checkSegments(members.segment, members.segments);
        var select = select(members, "");
        return new Scan(
                table,
                members.indexName,
                ExpressionParameters.texts(members),
                select,
                limit(members),
                Boolean.TRUE.equals(members.consistent),
                startKey,
                members.segment == null ? 0 : Math.toIntExact(members.segment),
                members.segments == null ? 1 : Math.toIntExact(members.segments),
                ItemRequestReader.capacity(members));
    }

    private static void checkSegments(@Nullable Long segment, @Nullable Long segments) {
        if (segments == null) {
            if (segment != null) {
                throw ServiceException.validation("The TotalSegments parameter is required but was not present in the "
                        + "request when Segment parameter is present");
            }
        } else if (segment == null) {
            throw ServiceException.validation("The Segment parameter is required but was not present in the request "
                    + "when parameter TotalSegments is present");
        } else if (segment >= segments) {
            throw ServiceException.validation("The Segment parameter is zero-based and must be less than parameter "
                    + "TotalSegments: Segment: " + segment + " is not less than TotalSegments: " + segments);
        }
    }

    private static @Nullable Map<String, AttributeValue> startKey(RequestMembers members) {
        var key = members.startKey;
        if (key == null) {
            return null;
        }
        var complaint = key.complaint();
        var asIs = complaint != null && SAID_AS_IS.matcher(complaint).find();
        return key.checked(asIs ? "" : "The provided starting key is invalid: ", "");
    }

    private static int limit(RequestMembers members) {
        return members.limit == null
                ? TableRequest.NO_LIMIT
                : Math.toIntExact(Math.min(members.limit, TableRequest.NO_LIMIT));
    }

    private static void checkSelect(Constraints constraints, RequestMembers members) {
        constraints.oneOf(
                "select", members.select, "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");
    }

    /** @param wrapping what the operation says before a complaint that a parameter is missing */
    private static Select select(RequestMembers members, String wrapping) {
        var projection = members.projection != null
                ? "ProjectionExpression"
                : members.attributesToGet != null ? "AttributesToGet" : null;
        if (members.select == null) {
            return projection != null
                    ? Select.SPECIFIC_ATTRIBUTES
                    : members.indexName != null ? Select.ALL_PROJECTED_ATTRIBUTES : Select.ALL_ATTRIBUTES;
        }
        var select = Select.valueOf(members.select);
        if (select == Select.SPECIFIC_ATTRIBUTES) {
            if (projection == null) {
                throw ServiceException.validation(wrapping + "Must specify the AttributesToGet or ProjectionExpression "
                        + "when choosing to get SPECIFIC_ATTRIBUTES");
            }
        } else if (projection != null) {
            throw ServiceException.validation("Cannot specify the " + projection + " when choosing to get "
                    + (select == Select.COUNT ? "only the Count" : select));
        }
        if (select == Select.ALL_PROJECTED_ATTRIBUTES && members.indexName == null) {
            throw ServiceException.validation("One or more parameter values were invalid: "
                    + "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
        return select;
    }
}
