package io.murmuration.protocol.object;

import io.murmuration.protocol.ServiceException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as S3 reads and writes it. */
public final class PercentCode {
    private static final int HEX = 16;

    private PercentCode() {}

    /**
     * Text to text, through UTF-8. Refused as {@code InvalidURI} if an escape is broken or the bytes are not UTF-8.
     *
     * @param plusIsSpace true in a query, false in a path
     */
    public static String decode(String encoded, boolean plusIsSpace) {
        if (encoded.indexOf('%') < 0 && !(plusIsSpace && encoded.indexOf('+') >= 0)) {
            return encoded;
        }
        var from = encoded.getBytes(StandardCharsets.UTF_8);
        var to = ByteBuffer.allocate(from.length);
        for (int at = 0; at < from.length; at++) {
            if (from[at] == '%') {
                to.put((byte) (digit(from, at + 1) * HEX + digit(from, at + 2)));
                at += 2;
            } else {
                to.put(plusIsSpace && from[at] == '+' ? (byte) ' ' : from[at]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(to.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new ServiceException(ObjectErrors.invalidUri(encoded));
        }
    }

    /** A key as a listing with {@code encoding-type=url} shows it: all but letters, digits and {@code -_.*}{@code /} is escaped, a space is a plus. */
    public static String encode(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    private static int digit(byte[] from, int at) {
        int digit = at < from.length ? Character.digit(from[at], HEX) : -1;
        if (digit < 0) {
            throw new ServiceException(ObjectErrors.invalidUri(new String(from, StandardCharsets.UTF_8)));
        }
        return digit;
    }
}
