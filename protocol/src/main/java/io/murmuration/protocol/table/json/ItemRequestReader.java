package io.murmuration.protocol.table.json;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.ItemSize;
import io.murmuration.protocol.table.json.AttributeValueReader.Values;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.DeleteItem;
import io.murmuration.protocol.table.operation.TableRequest.GetItem;
import io.murmuration.protocol.table.operation.TableRequest.PutItem;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.protocol.table.operation.TableRequest.UpdateItem;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the requests on one item, and checks them in DynamoDB's order. */
final class ItemRequestReader {
    private static final Set<String> PUT = Set.of(
            "TableName",
            "Item",
            "Expected",
            "ConditionalOperator",
            "ConditionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ReturnValues",
            "ReturnConsumedCapacity",
            "ReturnItemCollectionMetrics",
            "ReturnValuesOnConditionCheckFailure");
    private static final Set<String> DELETE = Set.of(
            "TableName",
            "Key",
            "Expected",
            "ConditionalOperator",
            "ConditionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ReturnValues",
            "ReturnConsumedCapacity",
            "ReturnItemCollectionMetrics",
            "ReturnValuesOnConditionCheckFailure");
    private static final Set<String> UPDATE = Set.of(
            "TableName",
            "Key",
            "Expected",
            "AttributeUpdates",
            "ConditionalOperator",
            "ConditionExpression",
            "UpdateExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ReturnValues",
            "ReturnConsumedCapacity",
            "ReturnItemCollectionMetrics",
            "ReturnValuesOnConditionCheckFailure");
    private static final Set<String> GET = Set.of(
            "TableName",
            "Key",
            "AttributesToGet",
            "ConsistentRead",
            "ProjectionExpression",
            "ExpressionAttributeNames",
            "ReturnConsumedCapacity");

    private static final ExpressionParameters OF_PUT_AND_DELETE =
            new ExpressionParameters(List.of("ConditionExpression"), List.of("Expected", "ConditionalOperator"));
    private static final ExpressionParameters OF_UPDATE = new ExpressionParameters(
            List.of("UpdateExpression", "ConditionExpression"),
            List.of("AttributeUpdates", "Expected", "ConditionalOperator"));
    private static final ExpressionParameters OF_GET =
            new ExpressionParameters(List.of("ProjectionExpression"), List.of("AttributesToGet"));

    private ItemRequestReader() {}

    static TableRequest put(JsonInput in) throws IOException {
        var members = RequestMembers.read(in, "PutItemInput", PUT);
        var table = checkWrite(members, "item", members.item);
        OF_PUT_AND_DELETE.check(members);
        var item = required(members.item).checked();
        var returnValues = oldOrNone(members);
        ItemSize.checkPut(item);
        return new PutItem(
                table,
                item,
                ExpressionParameters.texts(members),
                returnValues,
                "ALL_OLD".equals(members.returnOnFailure),
                capacity(members));
    }

    static TableRequest delete(JsonInput in) throws IOException {
        var members = RequestMembers.read(in, "DeleteItemInput", DELETE);
        var table = checkWrite(members, "key", members.key);
        OF_PUT_AND_DELETE.check(members);
        var key = required(members.key).checked();
        return new DeleteItem(
                table,
                key,
                ExpressionParameters.texts(members),
                oldOrNone(members),
                "ALL_OLD".equals(members.returnOnFailure),
                capacity(members));
    }

    static TableRequest update(JsonInput in) throws IOException {
        var members = RequestMembers.read(in, "UpdateItemInput", UPDATE);
        var table = checkWrite(members, "key", members.key);
        OF_UPDATE.check(members);
        var key = required(members.key).checked();
        return new UpdateItem(
                table,
                key,
                ExpressionParameters.texts(members),
                returnValues(members),
                "ALL_OLD".equals(members.returnOnFailure),
                capacity(members));
    }

    static TableRequest get(JsonInput in) throws IOException {
        var members = RequestMembers.read(in, "GetItemInput", GET);
        var constraints = new Constraints();
        checkCapacity(constraints, members);
        checkAttributesToGet(constraints, "attributesToGet", members.attributesToGet);
        var table = checkTable(constraints, members);
        constraints.notNull("key", members.key);
        constraints.check();
        OF_GET.check(members);
        var key = required(members.key).checked();
        ExpressionParameters.checkDuplicates(members.attributesToGet);
        return new GetItem(
                table,
                key,
                Boolean.TRUE.equals(members.consistent),
                ExpressionParameters.texts(members),
                capacity(members));
    }

    private static String checkWrite(RequestMembers members, String subject, @Nullable Values values) {
        var constraints = new Constraints();
        checkCapacity(constraints, members);
        var table = checkTable(constraints, members);
        constraints.notNull(subject, values);
        constraints.oneOf("conditionalOperator", members.conditionalOperator, "OR", "AND");
        constraints.oneOf(
                "returnValues", members.returnValues, "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
        constraints.oneOf("returnItemCollectionMetrics", members.returnMetrics, "SIZE", "NONE");
        constraints.oneOf("returnValuesOnConditionCheckFailure", members.returnOnFailure, "ALL_OLD", "NONE");
        constraints.check();
        return table;
    }

    static void checkCapacity(Constraints constraints, RequestMembers members) {
        constraints.oneOf("returnConsumedCapacity", members.returnCapacity, "INDEXES", "TOTAL", "NONE");
    }

    static void checkAttributesToGet(Constraints constraints, String path, @Nullable List<String> attributes) {
        constraints.lengthAtLeast(path, attributes, attributes == null ? 0 : attributes.size(), 1);
        constraints.lengthAtMost(path, attributes, attributes == null ? 0 : attributes.size(), 255);
    }

    /** The table's name, checked. */
    static String checkTable(Constraints constraints, RequestMembers members) {
        var given = members.tableName;
        constraints.notNull("tableName", given);
        if (given == null) {
            return "";
        }
        var name = TableNames.nameOf(given);
        constraints.name("tableName", name);
        return name;
    }

    static ReturnCapacity capacity(RequestMembers members) {
        return members.returnCapacity == null ? ReturnCapacity.NONE : ReturnCapacity.valueOf(members.returnCapacity);
    }

    private static ReturnValues returnValues(RequestMembers members) {
        return members.returnValues == null ? ReturnValues.NONE : ReturnValues.valueOf(members.returnValues);
    }

    private static ReturnValues oldOrNone(RequestMembers members) {
        var values = returnValues(members);
        if (values != ReturnValues.NONE && values != ReturnValues.ALL_OLD) {
            throw ServiceException.validation("ReturnValues can only be ALL_OLD or NONE");
        }
        return values;
    }

    /** A member whose constraint was checked. */
    static <T> T required(@Nullable T member) {
        if (member == null) {
            throw new IllegalStateException("a required member is absent after its check");
        }
        return member;
    }
}
