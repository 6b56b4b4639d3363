package io.murmuration.protocol.gateway.payload;

import java.nio.charset.StandardCharsets;

/** Percent-encoded text of paths and queries, read as leniently as API Gateway reads it. */
public final class PathText {
    private static final int HEX = 16;

    private PathText() {}

    /** A path's text. A broken escape stays as it is; bytes that are no UTF-8 become replacement characters. */
    public static String decoded(String encoded) {
        return encoded.indexOf('%') < 0 ? encoded : decode(encoded, false);
    }

    /** A name or value of a query: a plus is a space. */
    public static String decodedQuery(String encoded) {
        return encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0 ? encoded : decode(encoded, true);
    }

    private static String decode(String encoded, boolean plusIsSpace) {
        var from = encoded.getBytes(StandardCharsets.UTF_8);
        var to = new byte[from.length];
        int size = 0;
        for (int at = 0; at < from.length; at++) {
            int high = from[at] == '%' && at + 2 < from.length ? Character.digit(from[at + 1], HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(from[at + 2], HEX);
            if (low >= 0) {
                to[size++] = (byte) (high * HEX + low);
                at += 2;
            } else {
                to[size++] = plusIsSpace && from[at] == '+' ? (byte) ' ' : from[at];
            }
        }
        return new String(to, 0, size, StandardCharsets.UTF_8);
    }
}
