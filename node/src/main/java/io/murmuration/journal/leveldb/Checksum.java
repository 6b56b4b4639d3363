package io.murmuration.journal.leveldb;

import java.util.zip.CRC32C;

/** LevelDB's checksum: a CRC32C, masked because a CRC over bytes that hold CRCs is weak. */
final class Checksum {
    private static final int MASK_DELTA = 0xa282ead8;

    private Checksum() {}

    static int of(byte[] bytes, int offset, int length) {
        var crc = new CRC32C();
        crc.update(bytes, offset, length);
        int plain = (int) crc.getValue();
        return ((plain >>> 15) | (plain << 17)) + MASK_DELTA;
    }
}
