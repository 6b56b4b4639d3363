package io.murmuration.object.chunk;

import io.murmuration.base.Chance;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names a chunk for good: 128 bits, never used again. Sorts as its text does. */
public record ChunkId(long high, long low) implements Comparable<ChunkId> {
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS = 32;
    private static final int FOLDER_DIGITS = 2;
    private static final long GROUP_MASK = 0xFFFF;

    /** @param group whose index knows the chunk: it stands in the id, so that whoever has a chunk knows whom to ask for it */
    public static ChunkId random(Chance chance, int group) {
        return new ChunkId(chance.nextLong(), (chance.nextLong() & ~GROUP_MASK) | group);
    }

    /** Null if the text is no chunk's id. */
    public static @Nullable ChunkId parse(String text) {
        boolean hex =
                text.length() == DIGITS && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        return hex
                ? new ChunkId(
                        HexFormat.fromHexDigitsToLong(text, 0, DIGITS / 2),
                        HexFormat.fromHexDigitsToLong(text, DIGITS / 2, DIGITS))
                : null;
    }

    /** The group whose index knows it. */
    public int group() {
        return (int) (low & GROUP_MASK);
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
