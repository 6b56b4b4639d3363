package io.murmuration.protocol.table.json;

import static io.murmuration.protocol.table.json.Decoding.assertInvalid;
import static io.murmuration.protocol.table.json.Decoding.assertUnreadable;
import static io.murmuration.protocol.table.json.Decoding.decode;
import static io.murmuration.protocol.table.operation.DynamoOperation.DELETE_ITEM;
import static io.murmuration.protocol.table.operation.DynamoOperation.GET_ITEM;
import static io.murmuration.protocol.table.operation.DynamoOperation.PUT_ITEM;
import static io.murmuration.protocol.table.operation.DynamoOperation.UPDATE_ITEM;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.TableRequest.DeleteItem;
import io.murmuration.protocol.table.operation.TableRequest.GetItem;
import io.murmuration.protocol.table.operation.TableRequest.PutItem;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.protocol.table.operation.TableRequest.UpdateItem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemRequestTest {
    private static final Map<String, AttributeValue> KEY = Map.of("k", AttributeValue.string("a"));
    private static final String TABLE_AND_KEY = "'TableName':'birds','Key':{'k':{'S':'a'}}";
    private static final String TABLE_AND_ITEM = "'TableName':'birds','Item':{'k':{'S':'a'}}";

    @Test
    void a_put_is_read() {
        assertThat(decode(
                        PUT_ITEM,
                        "{" + TABLE_AND_ITEM + ",'ReturnValues':'ALL_OLD','ReturnConsumedCapacity':'INDEXES',"
                                + "'ReturnValuesOnConditionCheckFailure':'ALL_OLD','ReturnItemCollectionMetrics':'SIZE',"
                                + "'ConditionExpression':'#k = :v','ExpressionAttributeNames':{'#k':'k'},"
                                + "'ExpressionAttributeValues':{':v':{'N':'1'}},'Unknown':[{}]}"))
                .isEqualTo(new PutItem(
                        "birds",
                        KEY,
                        new ExpressionTexts(
                                "#k = :v",
                                null,
                                null,
                                null,
                                null,
                                null,
                                Map.of("#k", "k"),
                                Map.of(":v", AttributeValue.number(1))),
                        ReturnValues.ALL_OLD,
                        true,
                        ReturnCapacity.INDEXES));
    }

    @Test
    void what_is_absent_has_its_default() {
        assertThat(decode(PUT_ITEM, "{" + TABLE_AND_ITEM + ",'ReturnValues':null}"))
                .isEqualTo(
                        new PutItem("birds", KEY, ExpressionTexts.NONE, ReturnValues.NONE, false, ReturnCapacity.NONE));
        assertThat(decode(GET_ITEM, "{" + TABLE_AND_KEY + "}"))
                .isEqualTo(new GetItem("birds", KEY, false, ExpressionTexts.NONE, ReturnCapacity.NONE));
        assertThat(decode(UPDATE_ITEM, "{" + TABLE_AND_KEY + "}"))
                .isEqualTo(new UpdateItem(
                        "birds", KEY, ExpressionTexts.NONE, ReturnValues.NONE, false, ReturnCapacity.NONE));
        assertThat(decode(DELETE_ITEM, "{" + TABLE_AND_KEY + "}"))
                .isEqualTo(new DeleteItem(
                        "birds", KEY, ExpressionTexts.NONE, ReturnValues.NONE, false, ReturnCapacity.NONE));
    }

    @Test
    void a_get_is_read() {
        assertThat(decode(GET_ITEM, "{" + TABLE_AND_KEY + ",'ConsistentRead':true,'AttributesToGet':['a','b']}"))
                .isEqualTo(new GetItem(
                        "birds",
                        KEY,
                        true,
                        new ExpressionTexts(null, null, null, null, null, List.of("a", "b"), null, null),
                        ReturnCapacity.NONE));
    }

    @Test
    void an_update_is_read() {
        assertThat(decode(
                        UPDATE_ITEM,
                        "{" + TABLE_AND_KEY + ",'UpdateExpression':'SET a = :v','ConditionExpression':'a < :v',"
                                + "'ReturnValues':'UPDATED_NEW','ExpressionAttributeValues':{':v':{'BOOL':'yes'}}}"))
                .isEqualTo(new UpdateItem(
                        "birds",
                        KEY,
                        new ExpressionTexts(
                                "a < :v",
                                "SET a = :v",
                                null,
                                null,
                                null,
                                null,
                                null,
                                Map.of(":v", new AttributeValue.Bool(true))),
                        ReturnValues.UPDATED_NEW,
                        false,
                        ReturnCapacity.NONE));
    }

    @Test
    void a_table_may_be_named_by_its_arn() {
        var get = (GetItem) decode(
                GET_ITEM, "{'TableName':'arn:aws:dynamodb:eu-west-1:123456789012:table/birds','Key':{'k':{'S':'a'}}}");

        assertThat(get.table()).isEqualTo("birds");
        assertInvalid(
                GET_ITEM,
                "{'TableName':'arn:aws:s3:::birds','Key':{'k':{'S':'a'}}}",
                "1 validation error detected: Value 'arn:aws:s3:::birds' at 'tableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    @Test
    void required_members_are_missed_together() {
        assertInvalid(
                PUT_ITEM,
                "{}",
                "2 validation errors detected: "
                        + "Value null at 'tableName' failed to satisfy constraint: Member must not be null; "
                        + "Value null at 'item' failed to satisfy constraint: Member must not be null");
        assertInvalid(
                GET_ITEM,
                "{'TableName':'birds','Key':null}",
                "1 validation error detected: "
                        + "Value null at 'key' failed to satisfy constraint: Member must not be null");
    }

    @Test
    void an_empty_table_name_is_reported_alone() {
        assertInvalid(
                PUT_ITEM,
                "{'TableName':'','ReturnConsumedCapacity':'a','Item':{}}",
                "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1");
    }

    @Test
    void a_bad_table_name_breaks_each_constraint_it_breaks() {
        assertInvalid(
                DELETE_ITEM,
                "{'TableName':'x!','Key':{'k':{'S':'a'}}}",
                "2 validation errors detected: Value 'x!' at 'tableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "
                        + "Value 'x!' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 3");
        var long256 = "a".repeat(256);
        assertInvalid(
                PUT_ITEM,
                "{'TableName':'" + long256 + "','Item':{'k':{'S':'a'}}}",
                "1 validation error detected: Value '" + long256 + "' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 255");
    }

    @Test
    void bad_enumerations_are_reported_together() {
        assertInvalid(
                PUT_ITEM,
                "{" + TABLE_AND_ITEM + ",'ReturnConsumedCapacity':'a','ReturnValues':'b','ConditionalOperator':'c',"
                        + "'ReturnItemCollectionMetrics':'d','ReturnValuesOnConditionCheckFailure':'e'}",
                "5 validation errors detected: Value 'a' at 'returnConsumedCapacity' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; "
                        + "Value 'c' at 'conditionalOperator' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [OR, AND]; "
                        + "Value 'b' at 'returnValues' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; "
                        + "Value 'd' at 'returnItemCollectionMetrics' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [SIZE, NONE]; "
                        + "Value 'e' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [ALL_OLD, NONE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"})
    void a_put_or_delete_returns_the_old_item_at_most(String values) {
        var message = "ReturnValues can only be ALL_OLD or NONE";
        assertInvalid(PUT_ITEM, "{" + TABLE_AND_ITEM + ",'ReturnValues':'" + values + "'}", message);
        assertInvalid(DELETE_ITEM, "{" + TABLE_AND_KEY + ",'ReturnValues':'" + values + "'}", message);
    }

    @Test
    void an_item_beyond_400_kb_is_refused() {
        assertInvalid(
                PUT_ITEM,
                "{'TableName':'birds','Item':{'k':{'S':'" + "a".repeat(409_600) + "'}}}",
                "Item size has exceeded the maximum allowed size");
    }

    @Test
    void expressions_and_their_older_counterparts_do_not_mix() {
        var start = "Can not use both expression and non-expression parameters in the same request: ";
        assertInvalid(
                PUT_ITEM,
                "{" + TABLE_AND_ITEM + ",'Expected':{},'ConditionExpression':'a = b'}",
                start + "Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}");
        assertInvalid(
                UPDATE_ITEM,
                "{" + TABLE_AND_KEY
                        + ",'AttributeUpdates':{},'Expected':{},'UpdateExpression':'','ConditionExpression':''}",
                start + "Non-expression parameters: {AttributeUpdates, Expected} "
                        + "Expression parameters: {UpdateExpression, ConditionExpression}");
        assertInvalid(
                GET_ITEM,
                "{" + TABLE_AND_KEY + ",'AttributesToGet':['a'],'ProjectionExpression':'a'}",
                start + "Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}");
    }

    @Test
    void names_and_values_need_an_expression() {
        assertInvalid(
                PUT_ITEM,
                "{" + TABLE_AND_ITEM + ",'ExpressionAttributeNames':{'#a':'a'}}",
                "ExpressionAttributeNames can only be specified when using expressions");
        assertInvalid(
                PUT_ITEM,
                "{" + TABLE_AND_ITEM + ",'ExpressionAttributeValues':{':a':{'S':'a'}}}",
                "ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null");
        assertInvalid(
                UPDATE_ITEM,
                "{" + TABLE_AND_KEY + ",'ExpressionAttributeValues':{':a':{'S':'a'}}}",
                "ExpressionAttributeValues can only be specified when using expressions: "
                        + "UpdateExpression and ConditionExpression are null");
    }

    @Test
    void names_and_values_are_well_formed() {
        assertInvalid(
                PUT_ITEM,
                "{" + TABLE_AND_ITEM + ",'ConditionExpression':'a = b','ExpressionAttributeNames':{}}",
                "ExpressionAttributeNames must not be empty");
        assertInvalid(
                PUT_ITEM,
                "{" + TABLE_AND_ITEM + ",'ConditionExpression':'a = b','ExpressionAttributeValues':{'a':{'S':'a'}}}",
                "ExpressionAttributeValues contains invalid key: Syntax error; key: \"a\"");
        assertInvalid(
                PUT_ITEM,
                "{" + TABLE_AND_ITEM
                        + ",'ConditionExpression':'a = :b','ExpressionAttributeValues':{':a':{'S':'a'},':b':{'N':'x'}}}",
                "ExpressionAttributeValues contains invalid value: "
                        + "The parameter cannot be converted to a numeric value: x for key :b");
    }

    @Test
    void what_there_is_not_is_not_silently_left_out() {
        assertInvalid(
                PUT_ITEM,
                "{" + TABLE_AND_ITEM + ",'Expected':{'a':{'Exists':false}}}",
                "One or more parameter values were invalid: Expected is not supported");
        assertInvalid(
                UPDATE_ITEM,
                "{" + TABLE_AND_KEY + ",'AttributeUpdates':{}}",
                "One or more parameter values were invalid: AttributeUpdates is not supported");
        assertInvalid(
                DELETE_ITEM,
                "{" + TABLE_AND_KEY + ",'ConditionalOperator':'AND'}",
                "One or more parameter values were invalid: ConditionalOperator is not supported");
    }

    @Test
    void attributes_to_get_are_some_and_distinct() {
        assertInvalid(
                GET_ITEM,
                "{" + TABLE_AND_KEY + ",'AttributesToGet':[]}",
                "1 validation error detected: Value '[]' at 'attributesToGet' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1");
        assertInvalid(
                GET_ITEM,
                "{" + TABLE_AND_KEY + ",'AttributesToGet':['a','b','a']}",
                "One or more parameter values were invalid: Duplicate value in attribute name: a");
    }

    @Test
    void what_is_no_document_is_unreadable() {
        assertUnreadable(PUT_ITEM, "", "");
        assertUnreadable(PUT_ITEM, "{'TableName'", "");
        assertUnreadable(PUT_ITEM, "{'TableName':'birds'} {}", "");
        assertUnreadable(PUT_ITEM, "{'TableName':'b\u0000'}", "");
        assertUnreadable(
                PUT_ITEM, "[]", "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.PutItemInput");
    }

    @Test
    void members_of_wrong_json_types_are_unreadable() {
        assertUnreadable(PUT_ITEM, "{'TableName':1}", "NUMBER_VALUE cannot be converted to String");
        assertUnreadable(PUT_ITEM, "{'Item':'a'}", "Unexpected field type");
        assertUnreadable(
                PUT_ITEM,
                "{'Item':[]}",
                "Unrecognized collection type java.util.Map<java.lang.String, "
                        + "com.amazonaws.dynamodb.v20120810.AttributeValue>");
        assertUnreadable(
                PUT_ITEM,
                "{'ExpressionAttributeNames':[]}",
                "Unrecognized collection type java.util.Map<java.lang.String, java.lang.String>");
        assertUnreadable(GET_ITEM, "{'AttributesToGet':'a'}", "Unexpected field type");
        assertUnreadable(GET_ITEM, "{'ConsistentRead':[]}", "Unrecognized collection type class java.lang.Boolean");
    }
}
