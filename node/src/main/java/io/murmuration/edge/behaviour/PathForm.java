package io.murmuration.edge.behaviour;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/**
 * The one form of a path among all that mean the same (RFC 3986, 6.2.2): what need not be escaped is not, digits of escapes are capital, and dot
 * segments are resolved. In this form the HTTP library hands out the paths of viewers' requests; so what others write has to be brought into it before
 * it is compared with a key.
 */
public final class PathForm {
    private static final String PLAIN = "-._~!$&'()*+,;=:@";

    private PathForm() {}

    /** @param path from its first slash on */
    public static String whole(String path) {
        return joined(path, true);
    }

    /** The same for what paths begin with: its last segment may go on. */
    public static String beginning(String path) {
        return joined(path, false);
    }

    private static String joined(String path, boolean whole) {
        var segments = path.substring(1).split("/", -1);
        var kept = new ArrayList<String>();
        for (int at = 0; at < segments.length; at++) {
            var last = at == segments.length - 1;
            var bytes = unescaped(segments[at]);
            // what is no text the library replaces; of a beginning the rest may make it one
            var segment = last && !whole ? bytes : replaced(bytes);
            var text = new String(segment, StandardCharsets.ISO_8859_1);
            var dots = text.equals(".") || text.equals("..");
            if (!dots || (last && !whole)) {
                kept.add(escaped(segment));
                continue;
            }
            // the library lets an empty segment stand
            if (text.equals("..") && !kept.isEmpty() && !kept.getLast().isEmpty()) {
                kept.removeLast();
            }
            if (last) {
                kept.add("");
            }
        }
        return "/" + String.join("/", kept);
    }

    private static byte[] replaced(byte[] segment) {
        return new String(segment, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] unescaped(String segment) {
        var bytes = segment.getBytes(StandardCharsets.UTF_8);
        var plain = new ByteArrayOutputStream(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            int high = at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
            int low = at + 2 < bytes.length ? Character.digit(bytes[at + 2], 16) : -1;
            if (bytes[at] == '%' && high >= 0 && low >= 0) {
                plain.write(16 * high + low);
                at += 2;
            } else {
                plain.write(bytes[at]);
            }
        }
        return plain.toByteArray();
    }

    private static String escaped(byte[] segment) {
        var text = new StringBuilder(segment.length);
        for (byte each : segment) {
            char letter = (char) (each & 0xFF);
            if ((letter < 128 && Character.isLetterOrDigit(letter)) || PLAIN.indexOf(letter) >= 0) {
                text.append(letter);
            } else {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit(letter >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(letter & 15, 16)));
            }
        }
        return text.toString();
    }
}
