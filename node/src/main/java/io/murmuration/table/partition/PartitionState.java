package io.murmuration.table.partition;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a partition knows of itself, kept in a row beside its items and changed with them.
 *
 * @param revision number of its last change of an item
 * @param items how many it holds
 * @param sizeBytes their size as DynamoDB counts it
 */
public record PartitionState(Status status, long revision, long items, long sizeBytes) {
    private static final byte VERSION = 1;

    public enum Status {
        /** Takes writes. A partition is opened by its first. */
        OPEN(0),
        /** Its table was deleted: writes are refused and its rows are being removed. */
        CLOSED(1),
        /** Closed, and all rows are gone. Kept so that a belated write finds it closed. */
        EMPTIED(2);

        private final int stored;

        Status(int stored) {
            this.stored = stored;
        }

        private static Status of(int stored) {
            for (var status : values()) {
                if (status.stored == stored) {
                    return status;
                }
            }
            throw new IllegalArgumentException("unknown status of a partition: " + stored);
        }
    }

    static PartitionState opened() {
        return new PartitionState(Status.OPEN, 0, 0, 0);
    }

    /** Of its row, null if the partition was never used. */
    public static PartitionState read(byte @Nullable [] row) {
        if (row == null) {
            return opened();
        }
        var buffer = ByteBuffer.wrap(row);
        var version = buffer.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a partition's state: " + version);
        }
        return new PartitionState(Status.of(buffer.get()), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(2 + 3 * Long.BYTES)
                .put(VERSION)
                .put((byte) status.stored)
                .putLong(revision)
                .putLong(items)
                .putLong(sizeBytes)
                .array();
    }

    PartitionState with(Status next) {
        return new PartitionState(next, revision, items, sizeBytes);
    }

    /** After one item changed. A size is -1 where there is no item. */
    PartitionState changed(int sizeBefore, int sizeAfter) {
        var count = (sizeAfter < 0 ? 0 : 1) - (sizeBefore < 0 ? 0 : 1);
        return new PartitionState(
                status, revision + 1, items + count, sizeBytes + Math.max(0, sizeAfter) - Math.max(0, sizeBefore));
    }
}
