package io.murmuration.protocol.table.operation;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.operation.TableRequest.KeysOfTable;
import io.murmuration.protocol.table.operation.TableRequest.WritesOfTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients are told when a request succeeded; a refusal is a {@link io.murmuration.protocol.ServiceError}. */
public sealed interface TableReply {
    record TableCreated(TableDescription table) implements TableReply {}

    record TableDescribed(TableDescription table) implements TableReply {}

    record TableDeleted(TableDescription table) implements TableReply {}

    /** @param last where the next page begins, null if this is the last one */
    record TablesListed(List<String> names, @Nullable String last) implements TableReply {}

    /** Units a second, of the account and of any one table. */
    record LimitsDescribed(long accountReads, long accountWrites, long tableReads, long tableWrites)
            implements TableReply {
        /** What DynamoDB allows a new account. */
        public static final LimitsDescribed DEFAULT = new LimitsDescribed(80_000, 80_000, 40_000, 40_000);
    }

    /** @param address host, and port if it is not the usual one */
    record EndpointsDescribed(String address, long cacheMinutes) implements TableReply {}

    /**
     * Answers PutItem, UpdateItem and DeleteItem.
     *
     * @param attributes as asked by {@code ReturnValues}; null if not asked or there are none
     */
    record ItemWritten(
            @Nullable Map<String, AttributeValue> attributes,
            @Nullable ConsumedCapacity capacity) implements TableReply {}

    /** @param item after projection, null if there is no such item */
    record ItemRead(
            @Nullable Map<String, AttributeValue> item,
            @Nullable ConsumedCapacity capacity) implements TableReply {}

    /**
     * A page of a query or scan.
     *
     * @param items after projection; null if only their number was asked
     * @param count how many passed the filter
     * @param scanned how many were examined
     * @param lastKey where the next page begins, null if this is the last one
     */
    record ItemsRead(
            @Nullable List<Map<String, AttributeValue>> items,
            int count,
            int scanned,
            @Nullable Map<String, AttributeValue> lastKey,
            @Nullable ConsumedCapacity capacity)
            implements TableReply {}

    /**
     * @param found by table as the client named it; every table asked, also if nothing was found
     * @param unprocessed what the client must ask again, usually nothing
     * @param capacity empty if not asked
     */
    record BatchRead(
            Map<String, List<Map<String, AttributeValue>>> found,
            List<KeysOfTable> unprocessed,
            List<ConsumedCapacity> capacity)
            implements TableReply {}

    /**
     * @param unprocessed what the client must send again, usually nothing
     * @param capacity empty if not asked
     */
    record BatchWritten(List<WritesOfTable> unprocessed, List<ConsumedCapacity> capacity) implements TableReply {}

    /**
     * A table as DescribeTable shows it.
     *
     * @param items how many, roughly
     * @param sizeBytes their size, roughly
     */
    record TableDescription(TableSchema schema, Status status, String arn, long items, long sizeBytes) {
        /** As on the wire. */
        public enum Status {
            CREATING,
            ACTIVE,
            DELETING
        }
    }
}
