package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import org.jspecify.annotations.Nullable;

/**
 * A range of sort keys, made to be read off order-preserving key bytes. For a number take its bounds; for a string or binary a prefix is the
 * range of all keys whose bytes start with those of the value.
 */
public sealed interface SortRange {
    /** Every item of the partition. */
    SortRange WHOLE = new Bounded(null, null);

    /** Whether a sort key of the schema's type is in the range. */
    boolean contains(AttributeValue key);

    /** Between two bounds; null is unbounded. A single key is the range from it to it. */
    record Bounded(@Nullable Bound lower, @Nullable Bound upper) implements SortRange {
        @Override
        public boolean contains(AttributeValue key) {
            return (lower == null || lower.admits(ValueOrder.compare(key, lower.value())))
                    && (upper == null || upper.admits(ValueOrder.compare(upper.value(), key)));
        }
    }

    /** Keys that start with a string or binary. */
    record Prefix(AttributeValue prefix) implements SortRange {
        @Override
        public boolean contains(AttributeValue key) {
            return ValueOrder.startsWith(key, prefix);
        }
    }

    /** One end of a range. */
    record Bound(AttributeValue value, boolean inclusive) {
        private boolean admits(int distance) {
            return distance > 0 || (inclusive && distance == 0);
        }
    }
}
