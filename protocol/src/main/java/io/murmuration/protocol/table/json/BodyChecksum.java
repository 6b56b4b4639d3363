package io.murmuration.protocol.table.json;

import java.util.zip.CRC32;

/** The checksum that DynamoDB's clients verify. */
public final class BodyChecksum {
    /** The header it is sent in. */
    public static final String HEADER = "x-amz-crc32";

    private BodyChecksum() {}

    /** CRC-32 of the body exactly as sent, after compression if there is any, as an unsigned decimal number. */
    public static String of(byte[] body) {
        var crc = new CRC32();
        crc.update(body);
        return Long.toString(crc.getValue());
    }
}
