package io.murmuration.protocol.table.operation;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.StreamView;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client can ask of tables. {@code table} is always a table's name, also where the client wrote its ARN. Sources: the pages of the
 * DynamoDB API reference of the same names.
 */
public sealed interface TableRequest {
    DynamoOperation operation();

    /**
     * @param tags in the order given
     * @param stream what the table's stream is to show, null if it is to have none
     */
    record CreateTable(
            String table,
            KeyAttribute partitionKey,
            @Nullable KeyAttribute sortKey,
            Billing billing,
            TableClass tableClass,
            boolean deletionProtection,
            Map<String, String> tags,
            @Nullable StreamView stream)
            implements TableRequest {
        /** The same with a stream that shows this. */
        public CreateTable withStream(StreamView view) {
            return new CreateTable(table, partitionKey, sortKey, billing, tableClass, deletionProtection, tags, view);
        }

        /** The schema of the table to be made. */
        public TableSchema schema(String id, long createdMillis) {
            return new TableSchema(
                    table,
                    id,
                    partitionKey,
                    sortKey,
                    billing,
                    tableClass,
                    deletionProtection,
                    tags,
                    createdMillis,
                    stream);
        }

        @Override
        public DynamoOperation operation() {
            return DynamoOperation.CREATE_TABLE;
        }
    }

    record DescribeTable(String table) implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.DESCRIBE_TABLE;
        }
    }

    record DeleteTable(String table) implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.DELETE_TABLE;
        }
    }

    /**
     * @param after list the names after this one; null for all
     * @param limit at most so many names, 1 to 100
     */
    record ListTables(@Nullable String after, int limit) implements TableRequest {
        public static final int LIMIT_MAX = 100;

        @Override
        public DynamoOperation operation() {
            return DynamoOperation.LIST_TABLES;
        }
    }

    record DescribeLimits() implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.DESCRIBE_LIMITS;
        }
    }

    record DescribeEndpoints() implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.DESCRIBE_ENDPOINTS;
        }
    }

    /** @param returnValues {@code NONE} or {@code ALL_OLD} */
    record PutItem(
            String table,
            Map<String, AttributeValue> item,
            ExpressionTexts expressions,
            ReturnValues returnValues,
            boolean returnItemIfConditionFails,
            ReturnCapacity returnCapacity)
            implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.PUT_ITEM;
        }
    }

    record GetItem(
            String table,
            Map<String, AttributeValue> key,
            boolean consistent,
            ExpressionTexts expressions,
            ReturnCapacity returnCapacity)
            implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.GET_ITEM;
        }
    }

    record UpdateItem(
            String table,
            Map<String, AttributeValue> key,
            ExpressionTexts expressions,
            ReturnValues returnValues,
            boolean returnItemIfConditionFails,
            ReturnCapacity returnCapacity)
            implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.UPDATE_ITEM;
        }
    }

    /** @param returnValues {@code NONE} or {@code ALL_OLD} */
    record DeleteItem(
            String table,
            Map<String, AttributeValue> key,
            ExpressionTexts expressions,
            ReturnValues returnValues,
            boolean returnItemIfConditionFails,
            ReturnCapacity returnCapacity)
            implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.DELETE_ITEM;
        }
    }

    /**
     * @param index a secondary index to query, null for the table
     * @param limit examine at most so many items, at least 1; {@link TableRequest#NO_LIMIT} if not given
     * @param forward ascending by sort key
     * @param startKey go on after this key, null from the start
     */
    record Query(
            String table,
            @Nullable String index,
            ExpressionTexts expressions,
            Select select,
            int limit,
            boolean consistent,
            boolean forward,
            @Nullable Map<String, AttributeValue> startKey,
            ReturnCapacity returnCapacity)
            implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.QUERY;
        }
    }

    /**
     * @param index a secondary index to scan, null for the table
     * @param limit examine at most so many items, at least 1; {@link TableRequest#NO_LIMIT} if not given
     * @param startKey go on after this key, null from the start
     * @param segment which of the segments, in {@code [0, segments)}
     * @param segments 1 for the whole table
     */
    record Scan(
            String table,
            @Nullable String index,
            ExpressionTexts expressions,
            Select select,
            int limit,
            boolean consistent,
            @Nullable Map<String, AttributeValue> startKey,
            int segment,
            int segments,
            ReturnCapacity returnCapacity)
            implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.SCAN;
        }
    }

    /** @param tables in the order given, each once; at most 100 keys in all */
    record BatchGetItem(List<KeysOfTable> tables, ReturnCapacity returnCapacity) implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.BATCH_GET_ITEM;
        }
    }

    /**
     * @param writtenAs how the client named the table, which the reply must repeat: its name or its ARN
     * @param keys no two are equal
     * @param expressions a projection at most
     */
    record KeysOfTable(
            String table,
            String writtenAs,
            List<Map<String, AttributeValue>> keys,
            boolean consistent,
            ExpressionTexts expressions) {}

    /** @param tables in the order given, each once; at most 25 writes in all */
    record BatchWriteItem(List<WritesOfTable> tables, ReturnCapacity returnCapacity) implements TableRequest {
        @Override
        public DynamoOperation operation() {
            return DynamoOperation.BATCH_WRITE_ITEM;
        }
    }

    /** @param writtenAs how the client named the table, which the reply must repeat: its name or its ARN */
    record WritesOfTable(String table, String writtenAs, List<Write> writes) {}

    /** One write of a batch. */
    sealed interface Write {
        record Put(Map<String, AttributeValue> item) implements Write {}

        record Delete(Map<String, AttributeValue> key) implements Write {}
    }

    /** The limit of a query or scan that names none. */
    int NO_LIMIT = Integer.MAX_VALUE;

    /** Which attributes a write answers. As on the wire. */
    enum ReturnValues {
        NONE,
        ALL_OLD,
        UPDATED_OLD,
        ALL_NEW,
        UPDATED_NEW
    }

    /** Whether to report consumed capacity, and with which detail. As on the wire. */
    enum ReturnCapacity {
        NONE,
        TOTAL,
        INDEXES
    }

    /** What a query or scan answers; the decoder has settled the default. As on the wire. */
    enum Select {
        ALL_ATTRIBUTES,
        ALL_PROJECTED_ATTRIBUTES,
        SPECIFIC_ATTRIBUTES,
        COUNT
    }
}
