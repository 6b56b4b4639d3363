package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.B;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.Binary;
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
            return compareUtf8(a.value(), b.value());
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

    /**
     * UTF-16 orders as UTF-8 does, but for surrogates: they stand for characters above all others, yet their numbers lie below those of
     * U+E000 to U+FFFF. So these two ranges change places.
     */
    static int compareUtf8(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static int rank(char c) {
        if (c < Character.MIN_SURROGATE) {
            return c;
        }
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }

    /** In bytes. A lone surrogate counts as the three bytes of its replacement. */
    static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }
}
