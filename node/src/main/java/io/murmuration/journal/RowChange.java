package io.murmuration.journal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One row written, or deleted if the value is null. Keys and values are never modified after construction. */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record RowChange(byte[] key, byte @Nullable [] value) {
    @Override
    public boolean equals(Object other) {
        return other instanceof RowChange that && Arrays.equals(key, that.key) && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
    }
}
