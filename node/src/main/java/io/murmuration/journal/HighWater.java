package io.murmuration.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The number of the last batch that the log store synced, in a small file of its own, written after each sync and not synced itself.
 *
 * <p>A killed process leaves it exact. A power failure may leave an older number, never a newer one than the log has, because the write begins after
 * the log's sync ended. Two slots in turn: a write that was cut short leaves the other.
 */
final class HighWater implements AutoCloseable {
    private static final int SLOT_BYTES = 32;

    private final FileChannel file;

    private HighWater(FileChannel file) {
        this.file = file;
    }

    static boolean exists(Path dir) {
        return Files.exists(path(dir));
    }

    /** Creates the file, durably, with the number 0. */
    static void create(Path dir) throws IOException {
        try (var file = FileChannel.open(path(dir), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(LogStoreCodec.encode(0)), 0);
            file.force(true);
        }
        try (var folder = FileChannel.open(dir, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    static HighWater open(Path dir) throws IOException {
        return new HighWater(FileChannel.open(path(dir), StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** The newer of the readable slots; 0 if none is, which detects nothing. */
    long read() throws IOException {
        return Math.max(readSlot(0), readSlot(1));
    }

    void write(long batch) throws IOException {
        file.write(ByteBuffer.wrap(LogStoreCodec.encode(batch)), (batch & 1) * SLOT_BYTES);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private long readSlot(int slot) throws IOException {
        var record = ByteBuffer.allocate(Long.BYTES + SealedRecord.OVERHEAD_BYTES);
        if (file.read(record, (long) slot * SLOT_BYTES) < record.capacity()) {
            return 0;
        }
        try {
            return LogStoreCodec.number(record.array());
        } catch (DamagedStoreException cutShort) {
            return 0;
        }
    }

    private static Path path(Path dir) {
        return dir.resolve("high-water");
    }
}
