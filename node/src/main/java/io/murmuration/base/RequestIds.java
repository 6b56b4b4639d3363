package io.murmuration.base;

import java.nio.charset.StandardCharsets;

/** Request ids as DynamoDB gives them: 52 characters of {@code [0-9A-V]}, here from a Chance, so they may be guessed. */
public final class RequestIds {
    public static final int LENGTH = 52;

    private static final byte[] DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS_PER_LONG = 12;
    private static final int BITS_PER_DIGIT = 5;

    private final Chance chance;

    public RequestIds(Chance chance) {
        this.chance = chance;
    }

    public String next() {
        var id = new byte[LENGTH];
        long bits = 0;
        for (int at = 0; at < LENGTH; at++) {
            if (at % DIGITS_PER_LONG == 0) {
                bits = chance.nextLong();
            }
            id[at] = DIGITS[(int) (bits & (DIGITS.length - 1))];
            bits >>>= BITS_PER_DIGIT;
        }
        return new String(id, StandardCharsets.US_ASCII);
    }
}
