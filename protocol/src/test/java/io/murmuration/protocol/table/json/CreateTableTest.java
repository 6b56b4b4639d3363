package io.murmuration.protocol.table.json;

import static io.murmuration.protocol.table.json.Decoding.assertInvalid;
import static io.murmuration.protocol.table.json.Decoding.assertUnreadable;
import static io.murmuration.protocol.table.json.Decoding.decode;
import static io.murmuration.protocol.table.operation.DynamoOperation.CREATE_TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.StreamView;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import io.murmuration.protocol.table.operation.TableRequest.CreateTable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateTableTest {
    private static final String NAME = "'TableName':'birds'";
    private static final String KEY = "'AttributeDefinitions':[{'AttributeName':'k','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'k','KeyType':'HASH'}]";
    private static final String BY_REQUEST = "'BillingMode':'PAY_PER_REQUEST'";
    private static final String INVALID = "One or more parameter values were invalid: ";

    @Test
    void a_table_is_read() {
        assertThat(
                        decode(
                                CREATE_TABLE,
                                "{" + NAME + ",'AttributeDefinitions':[{'AttributeName':'s','AttributeType':'N'},"
                                        + "{'AttributeName':'k','AttributeType':'B'}],'KeySchema':[{'AttributeName':'k','KeyType':'HASH'},"
                                        + "{'AttributeName':'s','KeyType':'RANGE'}],'TableClass':'STANDARD_INFREQUENT_ACCESS',"
                                        + "'ProvisionedThroughput':{'ReadCapacityUnits':3,'WriteCapacityUnits':4},"
                                        + "'DeletionProtectionEnabled':true,'Tags':[{'Key':'a','Value':''},{'Key':'b','Value':'c'}],"
                                        + "'StreamSpecification':{'StreamEnabled':false},'SSESpecification':{'Enabled':false}}"))
                .isEqualTo(new CreateTable(
                        "birds",
                        new KeyAttribute("k", KeyType.B),
                        new KeyAttribute("s", KeyType.N),
                        new Billing(Billing.Mode.PROVISIONED, 3, 4),
                        TableClass.STANDARD_INFREQUENT_ACCESS,
                        true,
                        Map.of("a", "", "b", "c"),
                        null));
        assertThat(decode(CREATE_TABLE, "{" + NAME + "," + KEY + "," + BY_REQUEST + "}"))
                .isEqualTo(new CreateTable(
                        "birds",
                        new KeyAttribute("k", KeyType.S),
                        null,
                        Billing.BY_REQUEST,
                        TableClass.STANDARD,
                        false,
                        Map.of(),
                        null));
    }

    @Test
    void a_stream_has_a_view_and_only_a_stream_has_one() {
        for (var view : StreamView.values()) {
            var stream = "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'" + view + "'}";
            assertThat(((CreateTable) decode(
                                    CREATE_TABLE, "{" + NAME + "," + KEY + "," + BY_REQUEST + "," + stream + "}"))
                            .stream())
                    .isEqualTo(view);
        }
        assertInvalid(
                CREATE_TABLE,
                "{" + NAME + "," + KEY + "," + BY_REQUEST
                        + ",'StreamSpecification':{'StreamEnabled':false,'StreamViewType':'NEW_IMAGE'}}",
                "One or more parameter values were invalid: Table is being created with a stream disabled, UpdateViewType"
                        + " should not be specified");
        assertInvalid(
                CREATE_TABLE,
                "{" + NAME + "," + KEY + "," + BY_REQUEST + ",'StreamSpecification':{'StreamEnabled':true}}",
                "One or more parameter values were invalid: Table is being created with a stream enabled, UpdateViewType"
                        + " must be specified");
    }

    @Test
    void a_table_has_a_name() {
        assertInvalid(CREATE_TABLE, "{}", "The parameter 'TableName' is required but was not present in the request");
        assertInvalid(
                CREATE_TABLE,
                "{'TableName':'ab'," + KEY + "," + BY_REQUEST + "}",
                "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 3");
        assertInvalid(
                CREATE_TABLE,
                "{'TableName':'','KeySchema':[],'AttributeDefinitions':[]}",
                "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1");
    }

    @Test
    void members_break_their_constraints_together() {
        assertInvalid(
                CREATE_TABLE,
                "{" + NAME + ",'ProvisionedThroughput':{'ReadCapacityUnits':0},'BillingMode':'a','TableClass':'b',"
                        + "'Tags':[{'Key':''}]}",
                "8 validation errors detected: "
                        + "Value null at 'attributeDefinitions' failed to satisfy constraint: Member must not be null; "
                        + "Value 'a' at 'billingMode' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]; "
                        + "Value null at 'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: "
                        + "Member must not be null; "
                        + "Value '0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 1; "
                        + "Value null at 'keySchema' failed to satisfy constraint: Member must not be null; "
                        + "Value 'b' at 'tableClass' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [STANDARD, STANDARD_INFREQUENT_ACCESS]; "
                        + "Value '' at 'tags.1.member.key' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1; "
                        + "Value null at 'tags.1.member.value' failed to satisfy constraint: Member must not be null");
    }

    @Test
    void at_most_ten_violations_are_told() {
        assertThat(Decoding.refusal(
                                CREATE_TABLE,
                                "{" + NAME + ",'KeySchema':[{},{}],'AttributeDefinitions':[{},{},{},{},{},{}]}")
                        .message())
                .startsWith("10 validation errors detected: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'AttributeName':'k','KeyType':'X'}|1 validation error detected: Value 'X' at 'keySchema.1.member.keyType' failed"
                        + " to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]",
                "{'AttributeName':'k','KeyType':'HASH'},{'AttributeName':'l','KeyType':'RANGE'},{'AttributeName':'m','KeyType':'RANGE'}"
                        + "|1 validation error detected: Value '[KeySchemaElement(attributeName=k, keyType=HASH),"
                        + " KeySchemaElement(attributeName=l, keyType=RANGE), KeySchemaElement(attributeName=m, keyType=RANGE)]' at"
                        + " 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2",
                "{'AttributeName':'k','KeyType':'HASH'},{'AttributeName':'k','KeyType':'RANGE'}|Invalid KeySchema: Some index key"
                        + " attribute have no definition",
                "{'AttributeName':'x','KeyType':'HASH'}|One or more parameter values were invalid: Some index key attributes are"
                        + " not defined in AttributeDefinitions. Keys: [x], AttributeDefinitions: [k]",
                "{'AttributeName':'k','KeyType':'RANGE'}|Invalid KeySchema: The first KeySchemaElement is not a HASH key type"
            })
    void a_bad_key_schema_is_refused(String elements, String message) {
        assertInvalid(
                CREATE_TABLE,
                "{" + NAME + ",'AttributeDefinitions':[{'AttributeName':'k','AttributeType':'S'}],'KeySchema':["
                        + elements + "]," + BY_REQUEST + "}",
                message);
    }

    @Test
    void two_key_attributes_are_a_partition_key_and_a_sort_key() {
        var definitions = NAME + "," + BY_REQUEST
                + ",'AttributeDefinitions':[{'AttributeName':'k','AttributeType':'S'},"
                + "{'AttributeName':'l','AttributeType':'S'}],'KeySchema':[{'AttributeName':'k','KeyType':'HASH'}";
        assertInvalid(
                CREATE_TABLE,
                "{" + definitions + ",{'AttributeName':'k','KeyType':'RANGE'}]}",
                "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        assertInvalid(
                CREATE_TABLE,
                "{" + definitions + ",{'AttributeName':'l','KeyType':'HASH'}]}",
                "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        assertInvalid(
                CREATE_TABLE,
                "{" + definitions + "]}",
                INVALID + "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                        + "AttributeDefinitions");
    }

    @Test
    void a_key_attribute_has_a_scalar_type() {
        assertInvalid(
                CREATE_TABLE,
                "{" + NAME + ",'AttributeDefinitions':[{'AttributeName':'k','AttributeType':'X'}],"
                        + "'KeySchema':[{'AttributeName':'k','KeyType':'HASH'}]}",
                "1 validation error detected: Value 'X' at 'attributeDefinitions.1.member.attributeType' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [B, N, S]");
    }

    @Test
    void billing_is_provisioned_or_by_request() {
        assertInvalid(
                CREATE_TABLE,
                "{" + NAME + "," + KEY + "}",
                INVALID + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
                        + "PROVISIONED");
        assertInvalid(
                CREATE_TABLE,
                "{" + NAME + "," + KEY + "," + BY_REQUEST
                        + ",'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}}",
                INVALID + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                        + "PAY_PER_REQUEST");
        assertInvalid(
                CREATE_TABLE,
                "{" + NAME + "," + KEY
                        + ",'ProvisionedThroughput':{'ReadCapacityUnits':1000000000001,'WriteCapacityUnits':1}}",
                "Given value 1000000000001 for ReadCapacityUnits is out of bounds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'GlobalSecondaryIndexes':[{}]|GlobalSecondaryIndexes",
                "'LocalSecondaryIndexes':[{}]|LocalSecondaryIndexes",
                "'SSESpecification':{'Enabled':true}|SSESpecification",
                "'WarmThroughput':{}|WarmThroughput",
                "'OnDemandThroughput':{}|OnDemandThroughput",
                "'ResourcePolicy':'{}'|ResourcePolicy",
                "'VectorIndexes':[]|VectorIndexes"
            })
    void what_there_is_not_is_not_silently_left_out(String members, String parameter) {
        assertInvalid(
                CREATE_TABLE,
                "{" + NAME + "," + KEY + "," + BY_REQUEST + "," + members.replace("'{}'", "'x'") + "}",
                INVALID + parameter + " is not supported");
    }

    @Test
    void tags_are_distinct() {
        assertInvalid(
                CREATE_TABLE,
                "{" + NAME + "," + KEY + "," + BY_REQUEST
                        + ",'Tags':[{'Key':'a','Value':'b'},{'Key':'a','Value':'c'}]}",
                INVALID + "Duplicate tag key: a");
    }

    @Test
    void members_of_wrong_json_types_are_unreadable() {
        assertUnreadable(CREATE_TABLE, "{'KeySchema':{}}", "Start of structure or map found where not expected");
        assertUnreadable(CREATE_TABLE, "{'KeySchema':['a']}", "Unexpected value type in payload");
        assertUnreadable(
                CREATE_TABLE,
                "{'KeySchema':[[]]}",
                "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.KeySchemaElement");
        assertUnreadable(CREATE_TABLE, "{'ProvisionedThroughput':1}", "Unexpected field type");
        assertUnreadable(
                CREATE_TABLE,
                "{'ProvisionedThroughput':{'ReadCapacityUnits':'a'}}",
                "STRING_VALUE cannot be converted to Long");
    }
}
