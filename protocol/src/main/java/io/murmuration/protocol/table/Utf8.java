package io.murmuration.protocol.table;

import java.util.Comparator;

/** Strings as DynamoDB sees them: measured and ordered by their UTF-8 bytes, which differs from Java's order beyond the basic plane. */
public final class Utf8 {
    /** Orders by UTF-8 bytes, which is the order of code points. */
    public static final Comparator<String> ORDER = Utf8::compare;

    private Utf8() {}

    public static int compare(String left, String right) {
        var length = Math.min(left.length(), right.length());
        for (var i = 0; i < length; i++) {
            var a = left.charAt(i);
            var b = right.charAt(i);
            if (a != b) {
                return Integer.compare(orderOf(a), orderOf(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Surrogates stand for code points beyond all other characters, so they go last. */
    private static int orderOf(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }

    /** Number of bytes of the string in UTF-8; a lone surrogate counts as the one byte that replaces it. */
    public static int length(String text) {
        var bytes = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes++;
            }
        }
        return bytes;
    }
}
