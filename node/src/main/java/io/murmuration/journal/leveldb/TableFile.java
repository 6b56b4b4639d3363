package io.murmuration.journal.leveldb;

import io.murmuration.journal.DamagedStoreException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Checks a table: blocks, each with a type and a checksum behind it, then a footer that tells where the index block is, which tells where the others are
 * (see "table_format" in LevelDB's documentation).
 *
 * <p>LevelDB 1.9 does not check the checksum of an index, however it is asked to: a changed byte there hides pairs from a read without a word. And the
 * pure Java one checks less still.
 */
final class TableFile {
    private static final int FOOTER_BYTES = 48;
    private static final int TRAILER_BYTES = 1 + Integer.BYTES;
    private static final long MAGIC = 0xdb4775248b80fb57L;

    private final Path path;
    private final FileChannel channel;

    private TableFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws DamagedStoreException if the footer or the index is wrong */
    static void checkIndex(Path path) throws IOException {
        check(path, false);
    }

    /** @throws DamagedStoreException if anything that a read may use is wrong */
    static void checkAll(Path path) throws IOException {
        check(path, true);
    }

    private static void check(Path path, boolean all) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            new TableFile(path, channel).check(all);
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException e) {
            throw damaged(path, e);
        }
    }

    private void check(boolean all) throws IOException {
        var footer = littleEndian(read(channel.size() - FOOTER_BYTES, FOOTER_BYTES));
        if (footer.getLong(FOOTER_BYTES - Long.BYTES) != MAGIC) {
            throw damaged(path, null);
        }
        block(Varint.read(footer), Varint.read(footer));
        var index = block(Varint.read(footer), Varint.read(footer));
        if (all) {
            checkBlocks(index);
        }
    }

    /** The index's entries are {@code shared | unshared | value length | key's end | offset and size of the block}, and restart points behind. */
    private void checkBlocks(ByteBuffer index) throws IOException {
        int restarts = index.getInt(index.limit() - Integer.BYTES);
        int end = index.limit() - Integer.BYTES * (restarts + 1);
        while (index.position() < end) {
            Varint.read(index);
            int keyBytes = Math.toIntExact(Varint.read(index));
            int valueBytes = Math.toIntExact(Varint.read(index));
            var value = index.slice(index.position() + keyBytes, valueBytes);
            index.position(index.position() + keyBytes + valueBytes);
            block(Varint.read(value), Varint.read(value));
        }
    }

    private ByteBuffer block(long offset, long size) throws IOException {
        var block = read(offset, Math.addExact(size, TRAILER_BYTES));
        int contentAndType = block.length - Integer.BYTES;
        if (Checksum.of(block, 0, contentAndType) != littleEndian(block).getInt(contentAndType)) {
            throw damaged(path, null);
        }
        return littleEndian(block).limit(block.length - TRAILER_BYTES);
    }

    private byte[] read(long offset, long size) throws IOException {
        if (offset < 0 || size < 0 || offset + size > channel.size()) {
            throw damaged(path, null);
        }
        var content = new byte[Math.toIntExact(size)];
        var bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw damaged(path, null);
            }
        }
        return content;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static DamagedStoreException damaged(Path path, @Nullable RuntimeException cause) {
        return new DamagedStoreException("The table " + path + " is damaged.", cause);
    }
}
