package io.murmuration.protocol.table.json;

import static io.murmuration.protocol.table.json.Decoding.assertInvalid;
import static io.murmuration.protocol.table.json.Decoding.decode;
import static io.murmuration.protocol.table.operation.DynamoOperation.BATCH_GET_ITEM;
import static io.murmuration.protocol.table.operation.DynamoOperation.BATCH_WRITE_ITEM;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.operation.DynamoOperation;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.TableRequest.BatchGetItem;
import io.murmuration.protocol.table.operation.TableRequest.BatchWriteItem;
import io.murmuration.protocol.table.operation.TableRequest.KeysOfTable;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.Write;
import io.murmuration.protocol.table.operation.TableRequest.WritesOfTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchRequestTest {
    private static final String ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/birds";

    @Test
    void a_batch_of_gets_is_read() {
        assertThat(decode(
                        BATCH_GET_ITEM,
                        "{'RequestItems':{'" + ARN
                                + "':{'Keys':[{'k':{'S':'a'}},{'k':{'S':'b'}}],'ConsistentRead':true},"
                                + "'nests':{'Keys':[{'k':{'S':'a'}}],'ProjectionExpression':'a'}},"
                                + "'ReturnConsumedCapacity':'TOTAL'}"))
                .isEqualTo(new BatchGetItem(
                        List.of(
                                new KeysOfTable("birds", ARN, List.of(key("a"), key("b")), true, ExpressionTexts.NONE),
                                new KeysOfTable(
                                        "nests",
                                        "nests",
                                        List.of(key("a")),
                                        false,
                                        new ExpressionTexts(null, null, null, null, "a", null, null, null))),
                        ReturnCapacity.TOTAL));
    }

    @Test
    void a_batch_of_writes_is_read() {
        assertThat(decode(
                        BATCH_WRITE_ITEM,
                        "{'RequestItems':{'birds':[{'PutRequest':{'Item':{'k':{'S':'a'}}}},"
                                + "{'PutRequest':null,'DeleteRequest':{'Key':{'k':{'S':'b'}}}}]}}"))
                .isEqualTo(new BatchWriteItem(
                        List.of(new WritesOfTable(
                                "birds", "birds", List.of(new Write.Put(key("a")), new Write.Delete(key("b"))))),
                        ReturnCapacity.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|1 validation error detected: Value null at 'requestItems' failed to satisfy constraint: Member must not be"
                        + " null",
                "{'RequestItems':{}}|The requestItems parameter is required for BatchGetItem",
                "{'RequestItems':{'birds':{}}}|1 validation error detected: Value null at 'requestItems.birds.member.keys' failed"
                        + " to satisfy constraint: Member must not be null",
                "{'RequestItems':{'birds':{'Keys':[]}}}|1 validation error detected: Value '[]' at"
                        + " 'requestItems.birds.member.keys' failed to satisfy constraint: Member must have length greater than or"
                        + " equal to 1",
                "{'RequestItems':{'b':{'Keys':[{}]}}}|1 validation error detected: Value '[b]' at 'requestItems' failed to satisfy"
                        + " constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 255,"
                        + " Member must have length greater than or equal to 3, Member must satisfy regular expression pattern:"
                        + " [a-zA-Z0-9_.-]+]",
                "{'RequestItems':{'birds':{'Keys':[{'k':{'S':'a'}},{'k':{'S':'a'}}]}}}|Provided list of item keys contains"
                        + " duplicates",
                "{'RequestItems':{'birds':{'Keys':[{'k':{'N':'x'}}]}}}|The parameter cannot be converted to a numeric value: x",
                "{'RequestItems':{'birds':{'Keys':[{}],'AttributesToGet':['a'],'ProjectionExpression':'a'}}}|Can not use both"
                        + " expression and non-expression parameters in the same request: Non-expression parameters:"
                        + " {AttributesToGet} Expression parameters: {ProjectionExpression}",
                "{'RequestItems':{'birds':{'Keys':[{}]},'arn:aws:dynamodb:a:1:table/birds':{'Keys':[{}]}}}|Provided list of table"
                        + " names contains duplicates"
            })
    void a_bad_batch_of_gets_is_refused(String document, String message) {
        assertInvalid(BATCH_GET_ITEM, document, message);
    }

    @Test
    void a_batch_has_at_most_100_keys() {
        assertThat(((BatchGetItem) decode(BATCH_GET_ITEM, gets(100, 0))).tables())
                .hasSize(1);
        assertInvalid(
                BATCH_GET_ITEM,
                gets(101, 0),
                "1 validation error detected: Value at 'RequestItems.birds.member.Keys' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 100");
        assertInvalid(BATCH_GET_ITEM, gets(60, 41), "Too many items requested for the BatchGetItem call");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'RequestItems':{}}|The requestItems parameter is required for BatchWriteItem",
                "{'RequestItems':{'birds':[{}]}}|Supplied AttributeValue has more than one datatypes set, must contain exactly one"
                        + " of the supported datatypes",
                "{'RequestItems':{'birds':[{'PutRequest':{'Item':{}},'DeleteRequest':{'Key':{}}}]}}|Supplied AttributeValue has"
                        + " more than one datatypes set, must contain exactly one of the supported datatypes",
                "{'RequestItems':{'birds':[{'PutRequest':{}}]}}|1 validation error detected: Value null at"
                        + " 'requestItems.birds.member.1.member.putRequest.item' failed to satisfy constraint: Member must not be"
                        + " null",
                "{'RequestItems':{'birds':[{'DeleteRequest':{}}]}}|1 validation error detected: Value null at"
                        + " 'requestItems.birds.member.1.member.deleteRequest.key' failed to satisfy constraint: Member must not"
                        + " be null",
                "{'RequestItems':{'birds':[{'PutRequest':{'Item':{'a':{'SS':[]}}}}]}}|One or more parameter values were invalid:"
                        + " An string set  may not be empty"
            })
    void a_bad_batch_of_writes_is_refused(String document, String message) {
        assertInvalid(BATCH_WRITE_ITEM, document, message);
    }

    @Test
    void a_batch_has_at_most_25_writes() {
        assertThat(((BatchWriteItem) decode(BATCH_WRITE_ITEM, writes(25, 0))).tables())
                .hasSize(1);
        assertThat(Decoding.refusal(BATCH_WRITE_ITEM, writes(26, 0)).message())
                .matches(
                        "1 validation error detected: Value '\\{birds=\\[.+]}' at 'requestItems' failed to satisfy constraint: "
                                + "Map value must satisfy constraint: \\[Member must have length less than or equal to 25, "
                                + "Member must have length greater than or equal to 1]");
        assertThat(Decoding.refusal(BATCH_WRITE_ITEM, writes(0, 0)).message())
                .contains("Map value must satisfy constraint");
        assertInvalid(BATCH_WRITE_ITEM, writes(20, 6), "Too many items requested for the BatchWriteItem call");
    }

    @Test
    void each_item_of_a_batch_is_measured() {
        assertInvalid(
                DynamoOperation.BATCH_WRITE_ITEM,
                "{'RequestItems':{'birds':[{'PutRequest':{'Item':{'k':{'S':'" + "a".repeat(409_600) + "'}}}}]}}",
                "Item size has exceeded the maximum allowed size");
    }

    private static String gets(int ofBirds, int ofNests) {
        return "{'RequestItems':{'birds':{'Keys':[" + keys(ofBirds, "", "") + "]}"
                + (ofNests == 0 ? "" : ",'nests':{'Keys':[" + keys(ofNests, "", "") + "]}") + "}}";
    }

    private static String writes(int toBirds, int toNests) {
        return "{'RequestItems':{'birds':[" + keys(toBirds, "{'DeleteRequest':{'Key':", "}}") + "]"
                + (toNests == 0 ? "" : ",'nests':[" + keys(toNests, "{'DeleteRequest':{'Key':", "}}") + "]") + "}}";
    }

    private static String keys(int count, String before, String behind) {
        return IntStream.range(0, count)
                .mapToObj(i -> before + "{'k':{'N':'" + i + "'}}" + behind)
                .collect(Collectors.joining(","));
    }

    private static Map<String, AttributeValue> key(String value) {
        return Map.of("k", AttributeValue.string(value));
    }
}
