package io.murmuration.object;

import io.murmuration.base.Chance;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names a chunk for good: 128 bits, never used again. Sorts as its text does. */
record ChunkId(long high, long low) implements Comparable<ChunkId> {
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS = 32;
    private static final int FOLDER_DIGITS = 2;

    static ChunkId random(Chance chance) {
        return new ChunkId(chance.nextLong(), chance.nextLong());
    }

    /** Null if the text is no chunk's id. */
    static @Nullable ChunkId parse(String text) {
        boolean hex =
                text.length() == DIGITS && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        return hex
                ? new ChunkId(
                        HexFormat.fromHexDigitsToLong(text, 0, DIGITS / 2),
                        HexFormat.fromHexDigitsToLong(text, DIGITS / 2, DIGITS))
                : null;
    }

    /** Name of the folder that it lies in. */
    String folder() {
        return toString().substring(0, FOLDER_DIGITS);
    }

    @Override
    public int compareTo(ChunkId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }
}
