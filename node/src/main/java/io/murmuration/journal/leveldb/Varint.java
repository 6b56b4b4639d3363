package io.murmuration.journal.leveldb;

import java.nio.ByteBuffer;

/** LevelDB's numbers of variable length: seven bits a byte, lowest first, the high bit set on all but the last. */
final class Varint {
    private Varint() {}

    /** @throws IllegalArgumentException if it is longer than any number */
    static long read(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("number too long");
    }

    /** Passes over bytes that have their length before them. */
    static void skipBytes(ByteBuffer bytes) {
        long length = read(bytes);
        bytes.position(Math.toIntExact(bytes.position() + length));
    }
}
