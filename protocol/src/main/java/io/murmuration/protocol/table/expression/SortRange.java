package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.KeyBytes;
import org.jspecify.annotations.Nullable;

/** A range of sort keys: as values, and as the range {@code [from, to)} of their {@link KeyBytes}. */
public sealed interface SortRange {
    /** Every item of the partition. */
    SortRange WHOLE = new Bounded(null, null);

    /** Whether a sort key of the schema's type is in the range. */
    boolean contains(AttributeValue key);

    /** The least bytes that a key in the range can have; empty if it is unbounded below. */
    byte[] from();

    /** The least bytes above all keys in the range; empty if it is unbounded above. Not above {@link #from()} if no key is in it. */
    byte[] to();

    /** Between two bounds; null is unbounded. A single key is the range from it to it. */
    record Bounded(@Nullable Bound lower, @Nullable Bound upper) implements SortRange {
        @Override
        public boolean contains(AttributeValue key) {
            return (lower == null || lower.admits(ValueOrder.compare(key, lower.value())))
                    && (upper == null || upper.admits(ValueOrder.compare(upper.value(), key)));
        }

        @Override
        public byte[] from() {
            return lower == null ? new byte[0] : lower.bytes(!lower.inclusive());
        }

        @Override
        public byte[] to() {
            return upper == null ? new byte[0] : upper.bytes(upper.inclusive());
        }
    }

    /** Keys that start with a string or binary. */
    record Prefix(AttributeValue prefix) implements SortRange {
        @Override
        public boolean contains(AttributeValue key) {
            return ValueOrder.startsWith(key, prefix);
        }

        @Override
        public byte[] from() {
            return KeyBytes.prefix(prefix);
        }

        @Override
        public byte[] to() {
            return KeyBytes.after(KeyBytes.prefix(prefix));
        }
    }

    /** One end of a range. */
    record Bound(AttributeValue value, boolean inclusive) {
        private boolean admits(int distance) {
            return distance > 0 || (inclusive && distance == 0);
        }

        private byte[] bytes(boolean after) {
            var key = KeyBytes.encode(value);
            return after ? KeyBytes.after(key) : key;
        }
    }
}
