package io.murmuration.protocol.table.json;

import static io.murmuration.protocol.table.json.Decoding.assertInvalid;
import static io.murmuration.protocol.table.json.Decoding.decode;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.table.operation.DynamoOperation;
import io.murmuration.protocol.table.operation.TableRequest.DeleteTable;
import io.murmuration.protocol.table.operation.TableRequest.DescribeEndpoints;
import io.murmuration.protocol.table.operation.TableRequest.DescribeLimits;
import io.murmuration.protocol.table.operation.TableRequest.DescribeTable;
import io.murmuration.protocol.table.operation.TableRequest.ListTables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmallRequestTest {
    @Test
    void tables_are_described_and_deleted_by_name() {
        assertThat(decode(DynamoOperation.DESCRIBE_TABLE, "{'TableName':'birds'}"))
                .isEqualTo(new DescribeTable("birds"));
        assertThat(decode(DynamoOperation.DELETE_TABLE, "{'TableName':'arn:aws:dynamodb:a:1:table/birds'}"))
                .isEqualTo(new DeleteTable("birds"));
        assertInvalid(
                DynamoOperation.DESCRIBE_TABLE,
                "{}",
                "The parameter 'TableName' is required but was not present in the request");
        assertInvalid(
                DynamoOperation.DELETE_TABLE,
                "{'TableName':'a b c'}",
                "1 validation error detected: Value 'a b c' at 'tableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    @Test
    void tables_are_listed_by_pages_of_up_to_100() {
        assertThat(decode(DynamoOperation.LIST_TABLES, "{}")).isEqualTo(new ListTables(null, 100));
        assertThat(decode(DynamoOperation.LIST_TABLES, "{'Limit':7,'ExclusiveStartTableName':'birds'}"))
                .isEqualTo(new ListTables("birds", 7));
        assertInvalid(
                DynamoOperation.LIST_TABLES,
                "{'Limit':101,'ExclusiveStartTableName':'a!'}",
                "3 validation errors detected: Value '101' at 'limit' failed to satisfy constraint: "
                        + "Member must have value less than or equal to 100; "
                        + "Value 'a!' at 'exclusiveStartTableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "
                        + "Value 'a!' at 'exclusiveStartTableName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 3");
        assertInvalid(
                DynamoOperation.LIST_TABLES,
                "{'Limit':0}",
                "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 1");
    }

    @Test
    void limits_and_endpoints_take_nothing() {
        assertThat(decode(DynamoOperation.DESCRIBE_LIMITS, "{'a':1}")).isEqualTo(new DescribeLimits());
        assertThat(decode(DynamoOperation.DESCRIBE_ENDPOINTS, "{}")).isEqualTo(new DescribeEndpoints());
    }

    @ParameterizedTest
    @EnumSource
    void an_operation_is_had_or_unknown(DynamoOperation operation) {
        var target = DynamoOperation.TARGET_PREFIX + operation.wireName();
        if (operation.supported()) {
            assertThat(DynamoOperation.ofTarget(target)).isEqualTo(operation);
        } else {
            assertThat(DynamoOperation.ofTarget(target)).isNull();
            assertThat(Decoding.refusal(operation, "{}").code()).isEqualTo(CommonError.UNKNOWN_OPERATION);
        }
    }

    @Test
    void fourteen_operations_are_had() {
        assertThat(DynamoOperation.values())
                .hasSize(58)
                .filteredOn(DynamoOperation::supported)
                .hasSize(14);
        assertThat(DynamoOperation.ofTarget(null)).isNull();
        assertThat(DynamoOperation.ofTarget("DynamoDB_20111205.PutItem")).isNull();
        assertThat(DynamoOperation.ofTarget("DynamoDB_20120810.putItem")).isNull();
    }

    @Test
    void what_only_gets_describes_or_lists_reads() {
        assertThat(DynamoOperation.values())
                .filteredOn(DynamoOperation::supported)
                .allSatisfy(operation -> assertThat(operation.reads())
                        .isEqualTo(operation.wireName().matches("(Get|BatchGet|Query|Scan|Describe|List).*")));
    }
}
