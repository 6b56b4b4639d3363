package io.murmuration.table;

import io.murmuration.journal.entity.EntitySettings;
import java.time.Duration;

/**
 * How tables behave on this node.
 *
 * @param entities bounds of each partition
 * @param patience how long a request waits for its shard before it is answered with what is known: below the two seconds in which a client is
 *     told that there is no quorum
 * @param ownWritesPatience how long an eventually consistent read waits for what this node has itself acknowledged
 * @param silenceMax a replica that has not heard from its leader for longer does not answer reads
 * @param arnPrefix what stands before a table's name in its ARN, up to and including {@code table/}
 * @param streamRetention how long a stream keeps its records
 * @param streamTrimming how often those that are older are removed
 * @param endpoint host and port that DescribeEndpoints names
 */
public record TableSettings(
        EntitySettings entities,
        Duration patience,
        Duration ownWritesPatience,
        Duration silenceMax,
        String arnPrefix,
        Duration streamRetention,
        Duration streamTrimming,
        String endpoint) {
    private static final int REGION_OF_ARN = 3;

    public static TableSettings defaults(String endpoint) {
        return new TableSettings(
                EntitySettings.defaults(),
                Duration.ofMillis(1_700),
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                "arn:aws:dynamodb:us-east-1:000000000000:table/",
                Duration.ofHours(24),
                Duration.ofMinutes(10),
                endpoint);
    }

    /** The same with streams that keep their records for so long, and look so often for older ones. */
    public TableSettings withStreams(Duration retention, Duration trimming) {
        return new TableSettings(
                entities, patience, ownWritesPatience, silenceMax, arnPrefix, retention, trimming, endpoint);
    }

    /** The tables' region, as their ARNs name it. */
    String region() {
        return arnPrefix.split(":", -1)[REGION_OF_ARN];
    }
}
