package io.murmuration.protocol.table.operation;

import org.jspecify.annotations.Nullable;

/** What a client can ask of tables' streams. Sources: the pages of the DynamoDB Streams API reference of the same names. */
public sealed interface StreamRequest {
    /**
     * @param table list the streams of this table, null for all
     * @param limit at most so many, 1 to 100
     * @param after list those after this one, null for all
     */
    record ListStreams(
            @Nullable String table, int limit, @Nullable String after) implements StreamRequest {
        public static final int LIMIT_MAX = 100;
    }

    /**
     * @param limit show at most so many shards, 1 to 100
     * @param after show those after this one, null for all
     */
    record DescribeStream(
            String stream, int limit, @Nullable String after) implements StreamRequest {
        public static final int LIMIT_MAX = 100;
    }

    /** @param sequenceNumber null for {@code TRIM_HORIZON} and {@code LATEST} */
    record GetShardIterator(
            String stream,
            String shard,
            Start start,
            @Nullable String sequenceNumber) implements StreamRequest {}

    /** @param limit at most so many records, 1 to 1,000 */
    record GetRecords(String iterator, int limit) implements StreamRequest {
        public static final int LIMIT_MAX = 1_000;
    }

    /** Where to begin to read a shard. As on the wire. */
    enum Start {
        TRIM_HORIZON,
        LATEST,
        AT_SEQUENCE_NUMBER,
        AFTER_SEQUENCE_NUMBER
    }
}
