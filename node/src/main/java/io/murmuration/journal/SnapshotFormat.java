package io.murmuration.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The form of a snapshot on its way between nodes:
 *
 * <pre>
 * "MSNP" | length of the header (4) | header: version | group (4) | mark of the state store | checksum
 * any number of: 1 | length (4) | rows: key length (4) | value length (4) | key | value, and so on | checksum (4)
 * at the end:    0 | 8 (4) | number of rows (8) | checksum (4)
 * </pre>
 *
 * A frame's checksum is the CRC32C of the checksum before it (0 before the first) and all the frame's bytes: a frame lost, doubled or moved is noticed.
 */
final class SnapshotFormat {
    static final byte[] MAGIC = "MSNP".getBytes(StandardCharsets.US_ASCII);
    static final byte VERSION = 1;
    static final byte ROWS = 1;
    static final byte END = 0;
    static final int FRAME_HEADER_BYTES = 1 + Integer.BYTES;
    /** Beyond what a row and a frame can have; a length above it is damage, not memory to be had. */
    static final int FRAME_BYTES_MAX = 16 << 20;

    private SnapshotFormat() {}

    static byte[] header(int group, byte[] mark) {
        var record = SealedRecord.seal(VERSION, Integer.BYTES + mark.length, fields -> fields.putInt(group)
                .put(mark));
        var header = new byte[MAGIC.length + Integer.BYTES + record.length];
        ByteBuffer.wrap(header).put(MAGIC).putInt(record.length).put(record);
        return header;
    }

    static int checksum(int before, byte type, byte[] payload, int length) {
        var crc = new CRC32C();
        var head = ByteBuffer.allocate(Integer.BYTES + FRAME_HEADER_BYTES)
                .putInt(before)
                .put(type)
                .putInt(length)
                .flip();
        crc.update(head);
        crc.update(payload, 0, length);
        return (int) crc.getValue();
    }
}
