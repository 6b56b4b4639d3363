package io.murmuration.protocol.table.operation;

import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import org.jspecify.annotations.Nullable;

/**
 * Capacity that a request consumed of one table.
 *
 * @param table the table as the client named it
 * @param units read or write units, whichever the request consumes
 * @param byIndex whether the client asked for the share of the table and each index
 */
public record ConsumedCapacity(String table, double units, boolean byIndex) {
    /** What to answer, null if the client did not ask. */
    public static @Nullable ConsumedCapacity of(ReturnCapacity asked, String table, double units) {
        return asked == ReturnCapacity.NONE
                ? null
                : new ConsumedCapacity(table, units, asked == ReturnCapacity.INDEXES);
    }
}
