package io.murmuration.object.chunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes one chunk. Nobody sees it before {@link #commit} has returned; from then on it survives a crash.
 *
 * <p>Owner: whoever created it closes it; closed without a commit it leaves nothing. Not for use by several threads at once.
 * <p>Failure: after an {@link IOException} it can only be closed.
 */
public final class ChunkWriter implements AutoCloseable {
    private final ChunkId id;
    private final boolean replaces;
    private final Path writing;
    private final Path folder;
    private final Path whole;
    private final int bytesMax;
    private final FileChannel file;
    private final int[] sums;
    private final CRC32C block = new CRC32C();
    private final CRC32C sum = new CRC32C();
    private int bytes;
    private boolean moved;
    private boolean committed;
    private boolean closed;

    private ChunkWriter(ChunkId id, boolean replaces, Path writing, Path folder, int bytesMax, FileChannel file) {
        this.id = id;
        this.replaces = replaces;
        this.writing = writing;
        this.folder = folder;
        this.whole = folder.resolve(id.toString());
        this.bytesMax = bytesMax;
        this.file = file;
        this.sums = new int[ChunkTrailer.blocks(bytesMax)];
    }

    /** @param replaces whether what has the chunk's name already is replaced, at once and only by a whole chunk */
    static ChunkWriter create(ChunkId id, boolean replaces, Path writing, Path folder, int bytesMax)
            throws IOException {
        var whole = folder.resolve(id.toString());
        if (!replaces && Files.exists(whole)) {
            throw new FileAlreadyExistsException(whole.toString());
        }
        var file = FileChannel.open(writing, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new ChunkWriter(id, replaces, writing, folder, bytesMax, file);
    }

    /** How many more bytes it takes. */
    public int room() {
        return bytesMax - bytes;
    }

    /** Appends what remains of the buffer, which must not be more than there is room for. */
    public void write(ByteBuffer from) throws IOException {
        if (from.remaining() > room()) {
            throw new IllegalArgumentException(from.remaining() + " bytes where there is room for " + room());
        }
        sumUp(from.duplicate());
        sum.update(from.duplicate());
        writeFully(from);
    }

    /** CRC32C of all bytes so far. */
    public int sum() {
        return (int) sum.getValue();
    }

    /** Makes the chunk durable and visible. The order counts: bytes, then name. */
    public void commit() throws IOException {
        if (bytes % ChunkTrailer.BLOCK_BYTES != 0) {
            endBlock();
        }
        writeFully(ChunkTrailer.encode(id, bytes, sums));
        file.force(true);
        file.close();
        Files.move(writing, whole, StandardCopyOption.ATOMIC_MOVE);
        moved = true;
        ChunkStore.sync(folder);
        committed = true;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        // once: whoever writes the chunk next has the same names
        closed = true;
        file.close();
        if (!moved) {
            Files.deleteIfExists(writing);
        } else if (!committed && !replaces) {
            Files.deleteIfExists(whole); // its name may not be durable
        }
    }

    private void sumUp(ByteBuffer from) {
        while (from.hasRemaining()) {
            int left = ChunkTrailer.BLOCK_BYTES - bytes % ChunkTrailer.BLOCK_BYTES;
            int length = Math.min(left, from.remaining());
            block.update(from.slice(from.position(), length));
            from.position(from.position() + length);
            bytes += length;
            if (length == left) {
                endBlock();
            }
        }
    }

    private void endBlock() {
        sums[ChunkTrailer.blocks(bytes) - 1] = (int) block.getValue();
        block.reset();
    }

    private void writeFully(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            file.write(from);
        }
    }
}
