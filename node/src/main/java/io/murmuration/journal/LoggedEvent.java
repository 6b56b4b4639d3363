package io.murmuration.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of an entity as it travels in the log.
 *
 * @param timestampMillis when it was written, by its writer's clock; epoch milliseconds
 * @param adapterManifest what the event adapter needs to read it back, empty if none
 * @param payload the event, or null if it is not kept beside the rows it became ({@link RowEvent#retained()})
 * @param metadata what Pekko's persistence stores with the event, or null
 * @param rows changes of the capability's rows, in order
 */
record LoggedEvent(
        long sequenceNumber,
        long timestampMillis,
        String adapterManifest,
        @Nullable Payload payload,
        @Nullable Payload metadata,
        List<RowChange> rows) {}
