package io.murmuration.object;

import io.murmuration.journal.entity.EntitySettings;
import java.time.Duration;

/**
 * How object storage behaves on this node.
 *
 * @param entities bounds of each index
 * @param region that buckets are in
 * @param inlineBytesMax bodies up to this lie in the index
 * @param patience how long a request waits for its index: longer than an election takes
 * @param intentMax after so long an upload that was begun and not ended is given up: longer than any body takes to arrive
 * @param garbageMin chunks that nothing refers to are kept so long, for those who are reading them
 * @param keeping how often a leader looks for what there is to do
 * @param scrubbing pause between two steps of the scrubber
 * @param streamsBytesMax what bodies that are being read may hold in memory all together, and what those may that are being written
 * @param silenceMax after so long a reader that takes nothing is gone
 */
public record ObjectSettings(
        EntitySettings entities,
        String region,
        int inlineBytesMax,
        Duration patience,
        Duration intentMax,
        Duration garbageMin,
        Duration keeping,
        Duration scrubbing,
        long streamsBytesMax,
        Duration silenceMax) {
    /** Of the heap, for bodies each way. */
    private static final int SHARE_OF_HEAP = 8;

    public static ObjectSettings defaults() {
        return new ObjectSettings(
                EntitySettings.defaults(),
                "us-east-1",
                64 << 10,
                Duration.ofSeconds(4),
                Duration.ofHours(24),
                Duration.ofMinutes(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP,
                Duration.ofSeconds(75));
    }

    /** The same with other times for what goes on behind the requests. */
    public ObjectSettings withTimes(Duration intent, Duration garbage, Duration keeps, Duration scrubs) {
        return new ObjectSettings(
                entities,
                region,
                inlineBytesMax,
                patience,
                intent,
                garbage,
                keeps,
                scrubs,
                streamsBytesMax,
                silenceMax);
    }

    /** The same with other bounds of bodies on their way. */
    public ObjectSettings withStreams(long bytesMax, Duration silence) {
        return new ObjectSettings(
                entities,
                region,
                inlineBytesMax,
                patience,
                intentMax,
                garbageMin,
                keeping,
                scrubbing,
                bytesMax,
                silence);
    }
}
