package io.murmuration.table.partition;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.StreamView;
import io.murmuration.protocol.table.expression.Condition;
import io.murmuration.protocol.table.expression.UpdateExpression;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a partition can be asked to do. Everything has been checked against the table's schema. */
public sealed interface Intent {
    /** A write of one item. */
    sealed interface Write extends Intent {
        /** The item's row. */
        byte[] rowKey();

        /** Null if unconditional. */
        @Nullable
        Condition condition();

        ReturnValues returnValues();

        /** Whether a failed condition shows the item that failed it. */
        boolean showsItemIfConditionFails();
    }

    /** A write to a table that has a stream: what it changes is recorded with it. */
    record Recorded(Write write, Recording recording) implements Intent {}

    /**
     * How a change is recorded.
     *
     * @param keyNames the table's key attributes
     * @param millis when it was asked for, epoch milliseconds
     */
    record Recording(StreamView view, List<String> keyNames, long millis) {}

    /** Writes the whole item, in place of the one there was. */
    @SuppressWarnings("ArrayRecordComponent") // intents are never compared
    record Put(
            byte[] rowKey,
            Map<String, AttributeValue> item,
            @Nullable Condition condition,
            ReturnValues returnValues,
            boolean showsItemIfConditionFails)
            implements Write {}

    /**
     * Changes the item, or makes one.
     *
     * @param key the key attributes
     * @param update null changes nothing, but makes the item if it is missing
     */
    @SuppressWarnings("ArrayRecordComponent") // intents are never compared
    record Update(
            byte[] rowKey,
            Map<String, AttributeValue> key,
            @Nullable UpdateExpression update,
            @Nullable Condition condition,
            ReturnValues returnValues,
            boolean showsItemIfConditionFails)
            implements Write {}

    /** Removes the item, if there is one. */
    @SuppressWarnings("ArrayRecordComponent") // intents are never compared
    record Delete(
            byte[] rowKey, @Nullable Condition condition, ReturnValues returnValues, boolean showsItemIfConditionFails)
            implements Write {}

    /** Refuses all writes from now on, for good. */
    record Close() implements Intent {}

    /** Removes a bounded number of the oldest records of the stream, those from before this time. */
    record Trim(long beforeMillis) implements Intent {}

    /** Removes a bounded number of rows of a closed partition. */
    record Purge() implements Intent {}
}
