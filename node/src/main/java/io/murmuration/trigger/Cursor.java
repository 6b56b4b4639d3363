package io.murmuration.trigger;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a mapping has come in one shard; a row of the shard's group, 'e' and the mapping's id.
 *
 * @param fence revision of the mapping at which its status was last told: what was decided on an older one comes too late
 * @param after everything up to this place is passed over, for good
 * @param until where the batch ends that is tried again; 0 if none is
 * @param failures how often the function has failed on it
 * @param movedMillis when it last moved, epoch milliseconds
 */
record Cursor(Status status, long fence, long after, long until, int failures, long movedMillis) {
    private static final byte KIND = 'e';
    private static final byte VERSION = 1;

    enum Status {
        RUNNING(1),
        PAUSED(2),
        /** For good: its mapping was deleted. The row stays, so that what comes too late finds it. */
        CLOSED(3);

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
            throw new IllegalArgumentException("unknown status of a stored cursor: " + stored);
        }
    }

    static byte[] key(UUID mapping) {
        return ByteBuffer.allocate(1 + 2 * Long.BYTES)
                .put(KIND)
                .putLong(mapping.getMostSignificantBits())
                .putLong(mapping.getLeastSignificantBits())
                .array();
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(2 + 4 * Long.BYTES + Integer.BYTES)
                .put(VERSION)
                .put((byte) status.stored)
                .putLong(fence)
                .putLong(after)
                .putLong(until)
                .putInt(failures)
                .putLong(movedMillis)
                .array();
    }

    static @Nullable Cursor read(byte @Nullable [] row) {
        if (row == null) {
            return null;
        }
        var from = ByteBuffer.wrap(row);
        var version = from.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a stored cursor: " + version);
        }
        return new Cursor(
                Status.of(from.get()), from.getLong(), from.getLong(), from.getLong(), from.getInt(), from.getLong());
    }

    Cursor told(Status newStatus, long newFence) {
        return new Cursor(newStatus, newFence, after, until, failures, movedMillis);
    }

    Cursor moved(long to, long newUntil, int newFailures, long nowMillis) {
        return new Cursor(status, fence, to, newUntil, newFailures, nowMillis);
    }
}
