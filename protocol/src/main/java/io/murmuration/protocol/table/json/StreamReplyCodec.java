package io.murmuration.protocol.table.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.operation.StreamReply;
import io.murmuration.protocol.table.operation.StreamReply.IteratorMade;
import io.murmuration.protocol.table.operation.StreamReply.RecordsRead;
import io.murmuration.protocol.table.operation.StreamReply.StreamDescribed;
import io.murmuration.protocol.table.operation.StreamReply.StreamsListed;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replies about streams as the bodies that clients read. */
public final class StreamReplyCodec {
    private static final int MILLIS_OF_A_SECOND = 1_000;

    private StreamReplyCodec() {}

    public static byte[] encode(StreamReply reply) {
        return JsonOutput.bytes(to -> {
            to.writeStartObject();
            switch (reply) {
                case StreamsListed listed -> write(to, listed);
                case StreamDescribed described -> write(to, described);
                case IteratorMade made -> to.writeStringField("ShardIterator", made.iterator());
                case RecordsRead read -> write(to, read);
            }
            to.writeEndObject();
        });
    }

    private static void write(JsonGenerator to, StreamsListed listed) throws IOException {
        to.writeArrayFieldStart("Streams");
        for (var stream : listed.streams()) {
            to.writeStartObject();
            to.writeStringField("StreamArn", stream.text());
            to.writeStringField("TableName", stream.table());
            to.writeStringField("StreamLabel", stream.label());
            to.writeEndObject();
        }
        to.writeEndArray();
        if (listed.last() != null) {
            to.writeStringField("LastEvaluatedStreamArn", listed.last().text());
        }
    }

    private static void write(JsonGenerator to, StreamDescribed described) throws IOException {
        var schema = described.schema();
        to.writeObjectFieldStart("StreamDescription");
        to.writeStringField("StreamArn", described.stream().text());
        to.writeStringField("StreamLabel", described.stream().label());
        to.writeStringField("StreamStatus", "ENABLED");
        to.writeStringField("StreamViewType", String.valueOf(schema.stream()));
        TableDescriptionWriter.writeTime(to, "CreationRequestDateTime", schema.createdMillis());
        to.writeStringField("TableName", schema.name());
        TableDescriptionWriter.writeKeySchema(to, schema);
        to.writeArrayFieldStart("Shards");
        for (var shard : described.shards()) {
            to.writeStartObject();
            to.writeStringField("ShardId", shard.id());
            to.writeObjectFieldStart("SequenceNumberRange");
            to.writeStringField("StartingSequenceNumber", shard.firstSequenceNumber());
            to.writeEndObject();
            to.writeEndObject();
        }
        to.writeEndArray();
        if (described.last() != null) {
            to.writeStringField("LastEvaluatedShardId", described.last());
        }
        to.writeEndObject();
    }

    private static void write(JsonGenerator to, RecordsRead read) throws IOException {
        to.writeArrayFieldStart("Records");
        for (var each : read.records()) {
            write(to, each, null);
        }
        to.writeEndArray();
        to.writeStringField("NextShardIterator", read.next());
    }

    /**
     * One record, as functions receive it too.
     *
     * @param streamArn of the stream, which functions are told; null where it is known
     */
    public static void write(JsonGenerator to, StreamReply.ItemChange each, @Nullable String streamArn)
            throws IOException {
        to.writeStartObject();
        to.writeStringField("eventID", each.eventId());
        to.writeStringField("eventName", each.change());
        to.writeStringField("eventVersion", "1.1");
        to.writeStringField("eventSource", "aws:dynamodb");
        to.writeStringField("awsRegion", each.region());
        to.writeObjectFieldStart("dynamodb");
        // whole seconds, as DynamoDB's own
        to.writeNumberField("ApproximateCreationDateTime", each.millis() / MILLIS_OF_A_SECOND);
        values(to, "Keys", each.key());
        values(to, "NewImage", each.newImage());
        values(to, "OldImage", each.oldImage());
        to.writeStringField("SequenceNumber", each.sequenceNumber());
        to.writeNumberField("SizeBytes", each.sizeBytes());
        to.writeStringField("StreamViewType", each.view());
        to.writeEndObject();
        if (streamArn != null) {
            to.writeStringField("eventSourceARN", streamArn);
        }
        to.writeEndObject();
    }

    private static void values(JsonGenerator to, String member, @Nullable Map<String, AttributeValue> values)
            throws IOException {
        if (values != null) {
            to.writeFieldName(member);
            AttributeValueWriter.write(to, values);
        }
    }
}
