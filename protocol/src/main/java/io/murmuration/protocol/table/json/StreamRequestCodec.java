package io.murmuration.protocol.table.json;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.operation.StreamRequest;
import io.murmuration.protocol.table.operation.StreamRequest.DescribeStream;
import io.murmuration.protocol.table.operation.StreamRequest.GetRecords;
import io.murmuration.protocol.table.operation.StreamRequest.GetShardIterator;
import io.murmuration.protocol.table.operation.StreamRequest.ListStreams;
import io.murmuration.protocol.table.operation.StreamRequest.Start;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests about streams from the bodies that clients send. */
public final class StreamRequestCodec {
    /** Stands before the operation's name in the header {@code X-Amz-Target}. */
    public static final String TARGET_PREFIX = "DynamoDBStreams_20120810.";

    private static final int ARN_CHARS_MIN = 37;
    private static final int ARN_CHARS_MAX = 1024;
    private static final int SHARD_CHARS_MIN = 28;
    private static final int SHARD_CHARS_MAX = 65;
    private static final int NUMBER_CHARS_MIN = 21;
    private static final int NUMBER_CHARS_MAX = 40;
    private static final int ITERATOR_CHARS_MAX = 2048;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Constraints constraints = new Constraints();
    private @Nullable Long limit;

    private StreamRequestCodec() {}

    /**
     * Reads and checks a request, as far as that needs no table.
     *
     * @param target the value of the header {@code X-Amz-Target}
     * @throws ServiceException if there is no such operation, or with DynamoDB's own words for what is wrong with the request
     */
    public static StreamRequest decode(@Nullable String target, byte[] body) {
        try (var in = JsonInput.open(body)) {
            var codec = new StreamRequestCodec();
            return switch (target == null ? "" : target.substring(target.indexOf('.') + 1)) {
                case "ListStreams" -> codec.list(in);
                case "DescribeStream" -> codec.describe(in);
                case "GetShardIterator" -> codec.iterator(in);
                case "GetRecords" -> codec.records(in);
                default -> throw new ServiceException(DynamoErrors.unknownOperation());
            };
        } catch (IOException notJson) {
            throw JsonInput.refused("");
        }
    }

    private ListStreams list(JsonInput in) throws IOException {
        read(in, "ListStreamsInput");
        var max = limit(ListStreams.LIMIT_MAX);
        constraints.name("tableName", texts.get("TableName"));
        constraints.length(
                "exclusiveStartStreamArn", texts.get("ExclusiveStartStreamArn"), ARN_CHARS_MIN, ARN_CHARS_MAX);
        constraints.check();
        return new ListStreams(texts.get("TableName"), max, texts.get("ExclusiveStartStreamArn"));
    }

    private DescribeStream describe(JsonInput in) throws IOException {
        read(in, "DescribeStreamInput");
        var max = limit(DescribeStream.LIMIT_MAX);
        checkArn();
        constraints.length(
                "exclusiveStartShardId", texts.get("ExclusiveStartShardId"), SHARD_CHARS_MIN, SHARD_CHARS_MAX);
        constraints.check();
        return new DescribeStream(text("StreamArn"), max, texts.get("ExclusiveStartShardId"));
    }

    private GetShardIterator iterator(JsonInput in) throws IOException {
        read(in, "GetShardIteratorInput");
        checkArn();
        constraints.notNull("shardId", texts.get("ShardId"));
        constraints.length("shardId", texts.get("ShardId"), SHARD_CHARS_MIN, SHARD_CHARS_MAX);
        constraints.notNull("shardIteratorType", texts.get("ShardIteratorType"));
        constraints.oneOf(
                "shardIteratorType",
                texts.get("ShardIteratorType"),
                "TRIM_HORIZON",
                "LATEST",
                "AT_SEQUENCE_NUMBER",
                "AFTER_SEQUENCE_NUMBER");
        constraints.length("sequenceNumber", texts.get("SequenceNumber"), NUMBER_CHARS_MIN, NUMBER_CHARS_MAX);
        constraints.check();
        var start = Start.valueOf(text("ShardIteratorType"));
        var number = texts.get("SequenceNumber");
        if (number == null && (start == Start.AT_SEQUENCE_NUMBER || start == Start.AFTER_SEQUENCE_NUMBER)) {
            throw ServiceException.validation(
                    "One or more parameter values were invalid: A SequenceNumber must be specified for the"
                            + " ShardIteratorType " + start);
        }
        return new GetShardIterator(text("StreamArn"), text("ShardId"), start, number);
    }

    private GetRecords records(JsonInput in) throws IOException {
        read(in, "GetRecordsInput");
        var max = limit(GetRecords.LIMIT_MAX);
        constraints.notNull("shardIterator", texts.get("ShardIterator"));
        constraints.length("shardIterator", texts.get("ShardIterator"), 1, ITERATOR_CHARS_MAX);
        constraints.check();
        return new GetRecords(text("ShardIterator"), max);
    }

    private void read(JsonInput in, String type) throws IOException {
        in.document(type, name -> {
            switch (name) {
                case "Limit" -> limit = in.integer("Integer");
                case "TableName",
                        "ExclusiveStartStreamArn",
                        "StreamArn",
                        "ExclusiveStartShardId",
                        "ShardId",
                        "ShardIteratorType",
                        "SequenceNumber",
                        "ShardIterator" -> {
                    var text = in.text();
                    if (text != null) {
                        texts.put(name, text);
                    }
                }
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    private void checkArn() {
        constraints.notNull("streamArn", texts.get("StreamArn"));
        constraints.length("streamArn", texts.get("StreamArn"), ARN_CHARS_MIN, ARN_CHARS_MAX);
    }

    private int limit(int max) {
        constraints.atLeast("limit", limit, 1);
        constraints.atMost("limit", limit, max);
        return limit == null ? max : Math.clamp(limit, 1, max);
    }

    private String text(String member) {
        return ItemRequestReader.required(texts.get(member));
    }
}
