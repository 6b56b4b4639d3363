package io.murmuration.table.partition;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.table.AttributeValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a partition decided upon an {@link Intent}. */
public sealed interface Outcome {
    /**
     * The write is done.
     *
     * @param attributes as asked; null if not asked or there are none
     * @param sizeBefore size of the item before, 0 if there was none
     * @param sizeAfter size of the item after, 0 if there is none
     */
    record Written(@Nullable Map<String, AttributeValue> attributes, int sizeBefore, int sizeAfter)
            implements Outcome {}

    /**
     * The item does not meet the condition.
     *
     * @param item the item that failed it, if asked for and there is one
     */
    record ConditionFailed(@Nullable Map<String, AttributeValue> item) implements Outcome {}

    record Refused(ServiceError error) implements Outcome {}

    /** The table is gone. */
    record TableClosed() implements Outcome {}

    record Closed() implements Outcome {}

    /** @param more whether older records may be left */
    record Trimmed(boolean more) implements Outcome {}

    /** @param emptied whether nothing is left */
    record Purged(boolean emptied) implements Outcome {}
}
