package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.B;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.Binary;
import io.murmuration.protocol.table.Utf8;
import java.util.Arrays;

/** How values compare: numbers by value, strings by their UTF-8 bytes, binaries by unsigned bytes. Other types have no order. */
final class ValueOrder {
    private ValueOrder() {}

    /** Whether values of this type, by its name on the wire, have an order. */
    static boolean orders(String type) {
        return type.equals("S") || type.equals("N") || type.equals("B");
    }

    /** Whether both have the same type, one with an order. */
    static boolean comparable(AttributeValue left, AttributeValue right) {
        return (left instanceof S && right instanceof S)
                || (left instanceof N && right instanceof N)
                || (left instanceof B && right instanceof B);
    }

    /** Negative, zero or positive; only for values that are {@link #comparable}. */
    static int compare(AttributeValue left, AttributeValue right) {
        if (left instanceof S a && right instanceof S b) {
            return Utf8.compare(a.value(), b.value());
        }
        if (left instanceof N a && right instanceof N b) {
            return a.value().compareTo(b.value());
        }
        if (left instanceof B a && right instanceof B b) {
            return a.value().compareTo(b.value());
        }
        throw new IllegalArgumentException("no order between " + left.type() + " and " + right.type());
    }

    /** Whether the first starts with the second; both strings or both binaries, else false. */
    static boolean startsWith(AttributeValue value, AttributeValue prefix) {
        if (value instanceof S whole && prefix instanceof S start) {
            return whole.value().startsWith(start.value());
        }
        return value instanceof B whole && prefix instanceof B start && hasAt(whole.value(), 0, start.value());
    }

    private static boolean hasAt(Binary whole, int from, Binary part) {
        int to = from + part.length();
        return to <= whole.length() && Arrays.equals(whole.bytes(), from, to, part.bytes(), 0, part.length());
    }

    /** Whether the bytes occur in a row. */
    static boolean contains(Binary whole, Binary part) {
        for (int from = 0; from <= whole.length() - part.length(); from++) {
            if (hasAt(whole, from, part)) {
                return true;
            }
        }
        return false;
    }
}
