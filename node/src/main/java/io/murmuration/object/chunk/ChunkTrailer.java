package io.murmuration.object.chunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What stands behind a chunk's bytes in its file, all numbers big-endian:
 *
 * <pre>
 * CRC32C of each block of 64 KiB, the last one shorter    4 bytes each
 * the chunk's id                                          16
 * count of the chunk's bytes                              4
 * version of the format                                   4
 * magic                                                   4
 * CRC32C of all of the trailer before this                4
 * </pre>
 *
 * The id tells a file that lies under another's name; a checksum for each block lets a range be read without the rest.
 */
final class ChunkTrailer {
    static final int BLOCK_BYTES = 64 * 1024;
    /** Of the part that has the same length in every file. */
    static final int FIXED_BYTES = 32;

    private static final int VERSION = 1;
    private static final int MAGIC = 0x4d754368; // "MuCh"

    private final int bytes;
    private final int[] sums;

    private ChunkTrailer(int bytes, int[] sums) {
        this.bytes = bytes;
        this.sums = sums;
    }

    static int blocks(int bytes) {
        return (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
    }

    /** Length of a whole trailer. */
    static int length(int bytes) {
        return blocks(bytes) * Integer.BYTES + FIXED_BYTES;
    }

    static int sum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** @param sums one for each block */
    static ByteBuffer encode(ChunkId id, int bytes, int[] sums) {
        var trailer = ByteBuffer.allocate(length(bytes));
        for (int block = 0; block < blocks(bytes); block++) {
            trailer.putInt(sums[block]);
        }
        trailer.putLong(id.high())
                .putLong(id.low())
                .putInt(bytes)
                .putInt(VERSION)
                .putInt(MAGIC);
        return trailer.putInt(sum(trailer.duplicate().flip())).flip();
    }

    /**
     * The count of the chunk's bytes, which tells how long the whole trailer is. Not yet verified.
     *
     * @param fixed the file's last {@link #FIXED_BYTES}
     */
    static int peekBytes(ChunkId id, ByteBuffer fixed, long fileBytes) throws IOException {
        if (fixed.getInt(24) != MAGIC) {
            throw new ChunkDamagedException(id, "its end is not a trailer");
        }
        int bytes = fixed.getInt(16);
        if (bytes < 0 || bytes + (long) length(bytes) != fileBytes) {
            if (fixed.getInt(20) != VERSION) {
                throw unknown(id, fixed.getInt(20));
            }
            throw new ChunkDamagedException(id, "its length is not the one in its trailer");
        }
        return bytes;
    }

    /**
     * A version that is not known here is no damage, unless the trailer is sound with the known one in its place.
     *
     * @param trailer the whole trailer, of the length that {@link #length} says
     */
    static ChunkTrailer decode(ChunkId id, int bytes, ByteBuffer trailer) throws IOException {
        int end = length(bytes) - Integer.BYTES;
        int version = trailer.getInt(end - 2 * Integer.BYTES);
        if (version != VERSION) {
            trailer.putInt(end - 2 * Integer.BYTES, VERSION);
            if (trailer.getInt(end) == sum(trailer.slice(0, end))) {
                throw new ChunkDamagedException(id, "the version in its trailer does not match");
            }
            throw unknown(id, version);
        }
        if (trailer.getInt(end) != sum(trailer.slice(0, end))) {
            throw new ChunkDamagedException(id, "its trailer's checksum does not match");
        }
        var sums = new int[blocks(bytes)];
        trailer.duplicate().asIntBuffer().get(sums);
        int at = sums.length * Integer.BYTES;
        if (!new ChunkId(trailer.getLong(at), trailer.getLong(at + Long.BYTES)).equals(id)) {
            throw new ChunkDamagedException(id, "it is another chunk's file");
        }
        return new ChunkTrailer(bytes, sums);
    }

    private static IOException unknown(ChunkId id, int version) {
        return new IOException("Chunk " + id + " has a format that is not known here: version " + version);
    }

    /** Count of the chunk's bytes. */
    int bytes() {
        return bytes;
    }

    int sumOf(int block) {
        return sums[block];
    }
}
