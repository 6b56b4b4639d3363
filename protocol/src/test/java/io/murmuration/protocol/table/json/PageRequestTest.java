package io.murmuration.protocol.table.json;

import static io.murmuration.protocol.table.json.Decoding.assertInvalid;
import static io.murmuration.protocol.table.json.Decoding.assertUnreadable;
import static io.murmuration.protocol.table.json.Decoding.decode;
import static io.murmuration.protocol.table.operation.DynamoOperation.QUERY;
import static io.murmuration.protocol.table.operation.DynamoOperation.SCAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.Query;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.Scan;
import io.murmuration.protocol.table.operation.TableRequest.Select;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRequestTest {
    private static final String KEY_CONDITION =
            "'KeyConditionExpression':'k = :k','ExpressionAttributeValues':{':k':{'S':'a'}}";

    @Test
    void a_query_is_read() {
        assertThat(decode(
                        QUERY,
                        "{'TableName':'birds','IndexName':'byName'," + KEY_CONDITION + ",'FilterExpression':'b = :k',"
                                + "'ProjectionExpression':'c','Limit':7,'ConsistentRead':true,'ScanIndexForward':false,"
                                + "'ExclusiveStartKey':{'k':{'N':'1'}},'ReturnConsumedCapacity':'TOTAL'}"))
                .isEqualTo(new Query(
                        "birds",
                        "byName",
                        new ExpressionTexts(
                                null,
                                null,
                                "k = :k",
                                "b = :k",
                                "c",
                                null,
                                null,
                                Map.of(":k", AttributeValue.string("a"))),
                        Select.SPECIFIC_ATTRIBUTES,
                        7,
                        true,
                        false,
                        Map.of("k", AttributeValue.number(1)),
                        ReturnCapacity.TOTAL));
    }

    @Test
    void a_scan_is_read() {
        assertThat(decode(SCAN, "{'TableName':'birds'}"))
                .isEqualTo(new Scan(
                        "birds",
                        null,
                        ExpressionTexts.NONE,
                        Select.ALL_ATTRIBUTES,
                        TableRequest.NO_LIMIT,
                        false,
                        null,
                        0,
                        1,
                        ReturnCapacity.NONE));
        var parallel = (Scan) decode(
                SCAN,
                "{'TableName':'birds','Segment':999999,'TotalSegments':1000000,'Select':'COUNT','Limit':99999999999}");
        assertThat(parallel.segment()).isEqualTo(999_999);
        assertThat(parallel.segments()).isEqualTo(1_000_000);
        assertThat(parallel.select()).isEqualTo(Select.COUNT);
        assertThat(parallel.limit()).isEqualTo(TableRequest.NO_LIMIT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Segment':0|The TotalSegments parameter is required but was not present in the request when Segment parameter is"
                        + " present",
                "'TotalSegments':4|The Segment parameter is required but was not present in the request when parameter"
                        + " TotalSegments is present",
                "'Segment':5,'TotalSegments':5|The Segment parameter is zero-based and must be less than parameter TotalSegments:"
                        + " Segment: 5 is not less than TotalSegments: 5",
                "'Segment':-1,'TotalSegments':0|2 validation errors detected: Value '0' at 'totalSegments' failed to satisfy"
                        + " constraint: Member must have value greater than or equal to 1; Value '-1' at 'segment' failed to"
                        + " satisfy constraint: Member must have value greater than or equal to 0",
                "'Segment':1000000,'TotalSegments':1000001|2 validation errors detected: Value '1000001' at 'totalSegments' failed"
                        + " to satisfy constraint: Member must have value less than or equal to 1000000; Value '1000000' at"
                        + " 'segment' failed to satisfy constraint: Member must have value less than or equal to 999999",
                "'Limit':0|1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value"
                        + " greater than or equal to 1",
                "'Select':'SPECIFIC_ATTRIBUTES'|Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                        + " SPECIFIC_ATTRIBUTES",
                "'ScanFilter':{}|One or more parameter values were invalid: ScanFilter is not supported",
                "'ScanFilter':{},'FilterExpression':'a = b'|Can not use both expression and non-expression parameters in the same"
                        + " request: Non-expression parameters: {ScanFilter} Expression parameters: {FilterExpression}",
                "'ExpressionAttributeValues':{},'ProjectionExpression':'a'|ExpressionAttributeValues can only be specified when"
                        + " using expressions: FilterExpression is null",
                "'ExclusiveStartKey':{'a':{}}|The provided starting key is invalid: Supplied AttributeValue is empty, must contain"
                        + " exactly one of the supported datatypes",
                "'ExclusiveStartKey':{'a':{'N':'x'}}|The parameter cannot be converted to a numeric value: x",
                "'IndexName':'a'|1 validation error detected: Value 'a' at 'indexName' failed to satisfy constraint: Member must"
                        + " have length greater than or equal to 3"
            })
    void a_bad_scan_is_refused(String members, String message) {
        assertInvalid(SCAN, "{'TableName':'birds'," + members + "}", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Select':'X'|1 validation error detected: Value 'X' at 'select' failed to satisfy constraint: Member must satisfy"
                        + " enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]",
                "'Limit':0|1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value"
                        + " greater than or equal to 1",
                "'Select':'SPECIFIC_ATTRIBUTES'|1 validation error detected: Must specify the AttributesToGet or"
                        + " ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
                "'Select':'ALL_ATTRIBUTES','ProjectionExpression':'a'|Cannot specify the ProjectionExpression when choosing to get"
                        + " ALL_ATTRIBUTES",
                "'Select':'COUNT','ProjectionExpression':'a'|Cannot specify the ProjectionExpression when choosing to get only the"
                        + " Count",
                "'Select':'ALL_PROJECTED_ATTRIBUTES'|One or more parameter values were invalid: ALL_PROJECTED_ATTRIBUTES can be"
                        + " used only when Querying using an IndexName",
                "'KeyConditions':{}|Can not use both expression and non-expression parameters in the same request: Non-expression"
                        + " parameters: {KeyConditions} Expression parameters: {KeyConditionExpression}"
            })
    void a_bad_query_is_refused(String members, String message) {
        assertInvalid(QUERY, "{'TableName':'birds'," + KEY_CONDITION + "," + members + "}", message);
    }

    @Test
    void a_query_needs_its_key_condition() {
        assertInvalid(
                QUERY,
                "{'TableName':'birds'}",
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        assertInvalid(
                QUERY,
                "{'TableName':'birds','ExpressionAttributeValues':{':k':{'S':'a'}}}",
                "ExpressionAttributeValues can only be specified when using expressions: "
                        + "FilterExpression and KeyConditionExpression are null");
        assertInvalid(
                QUERY,
                "{'TableName':'birds','KeyConditions':{}}",
                "One or more parameter values were invalid: KeyConditions is not supported");
    }

    @Test
    void numbers_are_json_numbers() {
        assertUnreadable(QUERY, "{'Limit':'1'}", "STRING_VALUE cannot be converted to Integer");
        assertUnreadable(SCAN, "{'Segment':true}", "TRUE_VALUE cannot be converted to Integer");
        assertThat(((Scan) decode(SCAN, "{'TableName':'birds','Limit':2.9}")).limit())
                .isEqualTo(2);
    }
}
