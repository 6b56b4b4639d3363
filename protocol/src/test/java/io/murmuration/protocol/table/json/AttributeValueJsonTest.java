package io.murmuration.protocol.table.json;

import static io.murmuration.protocol.table.json.Decoding.assertInvalid;
import static io.murmuration.protocol.table.json.Decoding.assertUnreadable;
import static io.murmuration.protocol.table.json.Decoding.decode;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValueGenerator;
import io.murmuration.protocol.table.operation.DynamoOperation;
import io.murmuration.protocol.table.operation.TableReply.ItemRead;
import io.murmuration.protocol.table.operation.TableRequest.PutItem;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeValueJsonTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void what_is_written_is_read(long seed) {
        var generator = new AttributeValueGenerator(seed);
        for (var i = 0; i < 100; i++) {
            var item = generator.item();
            var written = new String(TableReplyCodec.encode(new ItemRead(item, null)), StandardCharsets.UTF_8);
            var body = "{\"TableName\":\"birds\"," + written.substring(1);

            var read =
                    (PutItem) TableRequestCodec.decode(DynamoOperation.PUT_ITEM, body.getBytes(StandardCharsets.UTF_8));

            assertThat(read.item()).as("seed %d, item %d", seed, i).isEqualTo(item);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "null|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{'S':null}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{'Q':'a'}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{'S':'a','N':'1'}|Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
                        + " supported datatypes",
                "{'N':''}|The parameter cannot be converted to a numeric value",
                "{'N':'b'}|The parameter cannot be converted to a numeric value: b",
                "{'N':'1e126'}|Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{'N':'1e-131'}|Number underflow. Attempting to store a number with magnitude smaller than supported range",
                "{'SS':[]}|One or more parameter values were invalid: An string set  may not be empty",
                "{'NS':[]}|One or more parameter values were invalid: An number set  may not be empty",
                "{'BS':[]}|One or more parameter values were invalid: Binary sets should not be empty",
                "{'SS':['a','b','a']}|One or more parameter values were invalid: Input collection [a, b, a] contains duplicates.",
                "{'NS':['1','1.0']}|Input collection contains duplicates",
                "{'NS':['1','x']}|The parameter cannot be converted to a numeric value: x",
                "{'BS':['Yg==','Yg==']}|One or more parameter values were invalid: Input collection [Yg==, Yg==]of type BS"
                        + " contains duplicates.",
                "{'L':[{'M':{'a':{'N':'x'}}}]}|The parameter cannot be converted to a numeric value: x",
                "{'L':[{}]}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{'M':{'':{'S':'a'}}}|Empty attribute name"
            })
    void a_bad_value_is_refused(String value, String message) {
        assertInvalid(DynamoOperation.PUT_ITEM, put(value), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'a'|Unexpected value type in payload",
                "1|Unexpected value type in payload",
                "[]|Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue",
                "{'S':1}|NUMBER_VALUE cannot be converted to String",
                "{'S':1.5}|DECIMAL_VALUE cannot be converted to String",
                "{'S':true}|TRUE_VALUE cannot be converted to String",
                "{'N':123}|NUMBER_VALUE cannot be converted to String",
                "{'N':false}|FALSE_VALUE cannot be converted to String",
                "{'S':[]}|Unrecognized collection type class java.lang.String",
                "{'S':{}}|Start of structure or map found where not expected",
                "{'BOOL':1}|NUMBER_VALUE cannot be converted to Boolean",
                "{'BOOL':'maybe'}|Unexpected token received from parser",
                "{'B':1}|only base-64-encoded strings are convertible to bytes",
                "{'B':[]}|Unrecognized collection type class java.nio.ByteBuffer",
                "{'B':'YWI'}|Base64 encoded length is expected a multiple of 4 bytes but found: 3",
                "{'B':'YWJ='}|Invalid last non-pad Base64 character dectected",
                "{'SS':'a'}|Unexpected field type",
                "{'SS':{}}|Start of structure or map found where not expected",
                "{'SS':[1]}|NUMBER_VALUE cannot be converted to String",
                "{'L':{}}|Start of structure or map found where not expected",
                "{'M':[]}|Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>",
                "{'M':1}|Unexpected field type"
            })
    void a_wrong_json_type_is_refused(String value, String message) {
        assertUnreadable(DynamoOperation.PUT_ITEM, put(value), message);
    }

    @Test
    void a_wrong_json_type_counts_before_a_bad_value() {
        assertUnreadable(
                DynamoOperation.PUT_ITEM,
                "{'TableName':'birds','Item':{'a':{'N':'x'},'b':{'S':1}}}",
                "NUMBER_VALUE cannot be converted to String");
    }

    /** Since June 2026 a NULL of false is accepted, and is the same as true. */
    @Test
    void a_false_null_is_null() {
        assertThat(value("{'NULL':false}")).isEqualTo(new AttributeValue.Null());
    }

    @Test
    void empty_strings_and_binaries_are_values() {
        assertThat(value("{'S':''}")).isEqualTo(AttributeValue.string(""));
        assertThat(value("{'B':''}")).isEqualTo(AttributeValue.binary(new byte[0]));
        assertThat(value("{'SS':['']}")).isEqualTo(AttributeValue.strings(java.util.List.of("")));
    }

    @Test
    void null_members_and_unknown_members_are_skipped() {
        assertThat(value("{'S':'a','N':null,'Other':{'deep':[1,2]}}")).isEqualTo(AttributeValue.string("a"));
    }

    @Test
    void thirty_two_levels_are_the_deepest() {
        assertThat(value("{'L':[".repeat(32) + "{'S':'x'}" + "]}".repeat(32))).isNotNull();
        var deep = "Nesting Levels have exceeded supported limits: "
                + "Attributes in the item have nested levels beyond supported limit";
        assertInvalid(DynamoOperation.PUT_ITEM, put("{'L':[".repeat(33) + "{'S':'x'}" + "]}".repeat(33)), deep);
        assertInvalid(DynamoOperation.PUT_ITEM, put("{'M':{'n':".repeat(400) + "{'S':'x'}" + "}}".repeat(400)), deep);
    }

    @Test
    void a_document_nested_without_end_is_unreadable() {
        assertUnreadable(DynamoOperation.PUT_ITEM, put("{'L':[".repeat(100_000)), "");
    }

    private static String put(String value) {
        return "{'TableName':'birds','Item':{'a':" + value + "}}";
    }

    private static AttributeValue value(String value) {
        var item = ((PutItem) decode(DynamoOperation.PUT_ITEM, put(value))).item();
        assertThat(item).hasSize(1);
        return Map.copyOf(item).values().iterator().next();
    }
}
