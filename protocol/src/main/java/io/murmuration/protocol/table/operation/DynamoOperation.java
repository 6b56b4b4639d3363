package io.murmuration.protocol.table.operation;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All operations of DynamoDB's API 2012-08-10, and whether we have them. */
public enum DynamoOperation {
    BATCH_EXECUTE_STATEMENT("BatchExecuteStatement", false),
    BATCH_GET_ITEM("BatchGetItem", true),
    BATCH_WRITE_ITEM("BatchWriteItem", true),
    CREATE_BACKUP("CreateBackup", false),
    CREATE_GLOBAL_TABLE("CreateGlobalTable", false),
    CREATE_TABLE("CreateTable", true),
    DELETE_BACKUP("DeleteBackup", false),
    DELETE_ITEM("DeleteItem", true),
    DELETE_RESOURCE_POLICY("DeleteResourcePolicy", false),
    DELETE_TABLE("DeleteTable", true),
    DESCRIBE_BACKUP("DescribeBackup", false),
    DESCRIBE_CONTINUOUS_BACKUPS("DescribeContinuousBackups", false),
    DESCRIBE_CONTRIBUTOR_INSIGHTS("DescribeContributorInsights", false),
    DESCRIBE_ENDPOINTS("DescribeEndpoints", true),
    DESCRIBE_EXPORT("DescribeExport", false),
    DESCRIBE_GLOBAL_TABLE("DescribeGlobalTable", false),
    DESCRIBE_GLOBAL_TABLE_SETTINGS("DescribeGlobalTableSettings", false),
    DESCRIBE_IMPORT("DescribeImport", false),
    DESCRIBE_KINESIS_STREAMING_DESTINATION("DescribeKinesisStreamingDestination", false),
    DESCRIBE_LIMITS("DescribeLimits", true),
    DESCRIBE_TABLE("DescribeTable", true),
    DESCRIBE_TABLE_REPLICA_AUTO_SCALING("DescribeTableReplicaAutoScaling", false),
    DESCRIBE_TIME_TO_LIVE("DescribeTimeToLive", false),
    DISABLE_KINESIS_STREAMING_DESTINATION("DisableKinesisStreamingDestination", false),
    ENABLE_KINESIS_STREAMING_DESTINATION("EnableKinesisStreamingDestination", false),
    EXECUTE_STATEMENT("ExecuteStatement", false),
    EXECUTE_TRANSACTION("ExecuteTransaction", false),
    EXPORT_TABLE_TO_POINT_IN_TIME("ExportTableToPointInTime", false),
    GET_ITEM("GetItem", true),
    GET_RESOURCE_POLICY("GetResourcePolicy", false),
    IMPORT_TABLE("ImportTable", false),
    LIST_BACKUPS("ListBackups", false),
    LIST_CONTRIBUTOR_INSIGHTS("ListContributorInsights", false),
    LIST_EXPORTS("ListExports", false),
    LIST_GLOBAL_TABLES("ListGlobalTables", false),
    LIST_IMPORTS("ListImports", false),
    LIST_TABLES("ListTables", true),
    LIST_TAGS_OF_RESOURCE("ListTagsOfResource", false),
    PUT_ITEM("PutItem", true),
    PUT_RESOURCE_POLICY("PutResourcePolicy", false),
    QUERY("Query", true),
    RESTORE_TABLE_FROM_BACKUP("RestoreTableFromBackup", false),
    RESTORE_TABLE_TO_POINT_IN_TIME("RestoreTableToPointInTime", false),
    SCAN("Scan", true),
    SEARCH_VECTORS("SearchVectors", false),
    TAG_RESOURCE("TagResource", false),
    TRANSACT_GET_ITEMS("TransactGetItems", false),
    TRANSACT_WRITE_ITEMS("TransactWriteItems", false),
    UNTAG_RESOURCE("UntagResource", false),
    UPDATE_CONTINUOUS_BACKUPS("UpdateContinuousBackups", false),
    UPDATE_CONTRIBUTOR_INSIGHTS("UpdateContributorInsights", false),
    UPDATE_GLOBAL_TABLE("UpdateGlobalTable", false),
    UPDATE_GLOBAL_TABLE_SETTINGS("UpdateGlobalTableSettings", false),
    UPDATE_ITEM("UpdateItem", true),
    UPDATE_KINESIS_STREAMING_DESTINATION("UpdateKinesisStreamingDestination", false),
    UPDATE_TABLE("UpdateTable", false),
    UPDATE_TABLE_REPLICA_AUTO_SCALING("UpdateTableReplicaAutoScaling", false),
    UPDATE_TIME_TO_LIVE("UpdateTimeToLive", false);

    /** Stands before the operation's name in the header {@code X-Amz-Target}. */
    public static final String TARGET_PREFIX = "DynamoDB_20120810.";

    /** Of those that we have. */
    private static final Set<DynamoOperation> READS = EnumSet.of(
            BATCH_GET_ITEM, DESCRIBE_ENDPOINTS, DESCRIBE_LIMITS, DESCRIBE_TABLE, GET_ITEM, LIST_TABLES, QUERY, SCAN);

    private static final Map<String, DynamoOperation> BY_NAME = Stream.of(values())
            .collect(Collectors.toUnmodifiableMap(operation -> operation.wireName, operation -> operation));

    private final String wireName;
    private final boolean supported;

    DynamoOperation(String wireName, boolean supported) {
        this.wireName = wireName;
        this.supported = supported;
    }

    /**
     * The operation that the header {@code X-Amz-Target} names; null if there is none or we do not have it. The answer to both is an
     * {@code UnknownOperationException}.
     */
    public static @Nullable DynamoOperation ofTarget(@Nullable String target) {
        if (target == null || !target.startsWith(TARGET_PREFIX)) {
            return null;
        }
        var operation = BY_NAME.get(target.substring(TARGET_PREFIX.length()));
        return operation != null && operation.supported ? operation : null;
    }

    public String wireName() {
        return wireName;
    }

    public boolean supported() {
        return supported;
    }

    /** Whether it changes nothing. False for what we do not have. */
    public boolean reads() {
        return READS.contains(this);
    }
}
