package io.murmuration.object.chunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads one chunk. Every byte it gives was verified. A chunk that is deleted meanwhile is read to its end all the same.
 *
 * <p>Owner: whoever opened it closes it. May be used by several threads at once.
 */
public final class ChunkReader implements AutoCloseable {
    private final ChunkId id;
    private final FileChannel file;
    private final ChunkTrailer trailer;

    private ChunkReader(ChunkId id, FileChannel file, ChunkTrailer trailer) {
        this.id = id;
        this.file = file;
        this.trailer = trailer;
    }

    /** Verifies the trailer. */
    static ChunkReader open(ChunkId id, Path path) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new ChunkReader(id, file, trailer(id, file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Count of the chunk's bytes. */
    public int bytes() {
        return trailer.bytes();
    }

    /** The bytes {@code [from, to)} of the chunk, in memory at once. Only the blocks that they touch are read. */
    public ByteBuffer read(int from, int to) throws IOException {
        if (from < 0 || from > to || to > bytes()) {
            throw new IllegalArgumentException("[" + from + ", " + to + ") of " + bytes() + " bytes");
        }
        if (from == to) {
            return ByteBuffer.allocate(0);
        }
        int first = from / ChunkTrailer.BLOCK_BYTES;
        int start = first * ChunkTrailer.BLOCK_BYTES;
        int end = Math.min(bytes(), ChunkTrailer.blocks(to) * ChunkTrailer.BLOCK_BYTES);
        var blocks = readFully(id, file, start, end - start);
        for (int block = first; block < ChunkTrailer.blocks(to); block++) {
            int at = block * ChunkTrailer.BLOCK_BYTES - start;
            int length = Math.min(ChunkTrailer.BLOCK_BYTES, blocks.limit() - at);
            if (ChunkTrailer.sum(blocks.slice(at, length)) != trailer.sumOf(block)) {
                throw new ChunkDamagedException(id, "a block's checksum does not match");
            }
        }
        return blocks.slice(from - start, to - from);
    }

    /** Reads all of it, a block at a time. */
    public void verify() throws IOException {
        for (int at = 0; at < bytes(); at += ChunkTrailer.BLOCK_BYTES) {
            read(at, Math.min(bytes(), at + ChunkTrailer.BLOCK_BYTES));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static ChunkTrailer trailer(ChunkId id, FileChannel file) throws IOException {
        long size = file.size();
        if (size < ChunkTrailer.FIXED_BYTES) {
            throw new ChunkDamagedException(id, "its file is shorter than a trailer");
        }
        var fixed = readFully(id, file, size - ChunkTrailer.FIXED_BYTES, ChunkTrailer.FIXED_BYTES);
        int bytes = ChunkTrailer.peekBytes(id, fixed, size);
        return ChunkTrailer.decode(id, bytes, readFully(id, file, bytes, ChunkTrailer.length(bytes)));
    }

    private static ByteBuffer readFully(ChunkId id, FileChannel file, long from, int length) throws IOException {
        var to = ByteBuffer.allocate(length);
        while (to.hasRemaining()) {
            if (read(id, file, to, from + to.position()) < 0) {
                throw new ChunkDamagedException(id, "its file ends early");
            }
        }
        return to.flip();
    }

    /** What the disk does not give is lost as what it gives wrong; a file that was closed is neither. */
    private static int read(ChunkId id, FileChannel file, ByteBuffer to, long from) throws IOException {
        try {
            return file.read(to, from);
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException unreadable) {
            throw new ChunkDamagedException(id, "its file cannot be read", unreadable);
        }
    }
}
