package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an update does at one place. */
sealed interface Change {
    /**
     * @param before the item as it was
     * @param current what is at the place; null if nothing
     * @return what is there afterwards; null if nothing
     */
    @Nullable
    AttributeValue apply(Map<String, AttributeValue> before, @Nullable AttributeValue current);

    record Set(SetValue value) implements Change {
        @Override
        public AttributeValue apply(Map<String, AttributeValue> before, @Nullable AttributeValue current) {
            return value.in(before);
        }
    }

    record Remove() implements Change {
        @Override
        public @Nullable AttributeValue apply(Map<String, AttributeValue> before, @Nullable AttributeValue current) {
            return null;
        }
    }

    /** Adds to a number or to a set; what is not there counts as zero or as the empty set. */
    record Add(AttributeValue amount) implements Change {
        @Override
        public AttributeValue apply(Map<String, AttributeValue> before, @Nullable AttributeValue current) {
            if (current == null) {
                return amount;
            }
            if (current instanceof AttributeValue.N a && amount instanceof AttributeValue.N b) {
                return new AttributeValue.N(a.value().plus(b.value()));
            }
            if (current instanceof AttributeValue.SS a && amount instanceof AttributeValue.SS b) {
                return new AttributeValue.SS(union(a.values(), b.values()));
            }
            if (current instanceof AttributeValue.NS a && amount instanceof AttributeValue.NS b) {
                return new AttributeValue.NS(union(a.values(), b.values()));
            }
            if (current instanceof AttributeValue.BS a && amount instanceof AttributeValue.BS b) {
                return new AttributeValue.BS(union(a.values(), b.values()));
            }
            throw Refusals.operandDataType();
        }
    }

    /** Takes members out of a set; no set is left empty. */
    record Delete(AttributeValue members) implements Change {
        @Override
        public @Nullable AttributeValue apply(Map<String, AttributeValue> before, @Nullable AttributeValue current) {
            if (current == null) {
                return null;
            }
            if (current instanceof AttributeValue.SS a && members instanceof AttributeValue.SS b) {
                var left = difference(a.values(), b.values());
                return left.isEmpty() ? null : new AttributeValue.SS(left);
            }
            if (current instanceof AttributeValue.NS a && members instanceof AttributeValue.NS b) {
                var left = difference(a.values(), b.values());
                return left.isEmpty() ? null : new AttributeValue.NS(left);
            }
            if (current instanceof AttributeValue.BS a && members instanceof AttributeValue.BS b) {
                var left = difference(a.values(), b.values());
                return left.isEmpty() ? null : new AttributeValue.BS(left);
            }
            throw Refusals.operandDataType();
        }
    }

    /** In the order of the first set. */
    private static <T> SortedSet<T> union(SortedSet<T> set, Collection<T> more) {
        var union = new TreeSet<>(set);
        union.addAll(more);
        return Collections.unmodifiableSortedSet(union);
    }

    private static <T> SortedSet<T> difference(SortedSet<T> set, SortedSet<T> less) {
        var difference = new TreeSet<>(set);
        less.forEach(difference::remove);
        return Collections.unmodifiableSortedSet(difference);
    }
}
