package io.murmuration.protocol.table.operation;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.TableSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients are told of streams. Sequence numbers are decimal digits, of one length. */
public sealed interface StreamReply {
    /** @param last where the next page begins, null if this is the last one */
    record StreamsListed(List<StreamArn> streams, @Nullable StreamArn last) implements StreamReply {}

    /**
     * @param schema the table's, which has a stream
     * @param last where the next page of shards begins, null if this is the last one
     */
    record StreamDescribed(
            StreamArn stream,
            TableSchema schema,
            List<Shard> shards,
            @Nullable String last) implements StreamReply {}

    record Shard(String id, String firstSequenceNumber) {}

    record IteratorMade(String iterator) implements StreamReply {}

    /** @param next where the reading goes on */
    record RecordsRead(List<ItemChange> records, String next) implements StreamReply {}

    /**
     * @param eventId 32 hexadecimal digits, the same whenever the record is read
     * @param change INSERT, MODIFY or REMOVE
     * @param region of the table, as in its ARN
     * @param millis epoch milliseconds
     */
    record ItemChange(
            String eventId,
            String change,
            String region,
            String view,
            String sequenceNumber,
            long millis,
            int sizeBytes,
            Map<String, AttributeValue> key,
            @Nullable Map<String, AttributeValue> newImage,
            @Nullable Map<String, AttributeValue> oldImage) {}
}
