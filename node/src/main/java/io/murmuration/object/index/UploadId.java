package io.murmuration.object.index;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.base.Chance;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names one upload of a body, in parts or whole, for good; and so the body that it becomes. 128 bits, drawn once. */
public record UploadId(long high, long low) {
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS = 32;
    static final int BYTES = 2 * Long.BYTES;

    public static UploadId random(Chance chance) {
        return new UploadId(chance.nextLong(), chance.nextLong());
    }

    /** Null if the text is no upload's id. */
    public static @Nullable UploadId parse(String text) {
        boolean hex =
                text.length() == DIGITS && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        return hex
                ? new UploadId(
                        HexFormat.fromHexDigitsToLong(text, 0, DIGITS / 2),
                        HexFormat.fromHexDigitsToLong(text, DIGITS / 2, DIGITS))
                : null;
    }

    public void write(ByteWriter to) {
        to.int64(high).int64(low);
    }

    public static UploadId read(ByteReader from) {
        return new UploadId(from.int64(), from.int64());
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }
}
