package io.murmuration.function.queue;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is queued, of all functions or of one; a row.
 *
 * @param last number of the last event that was queued, whether it still is or not; of one function always 0
 * @param bytes of the payloads
 */
record QueueState(long last, long events, long bytes) {
    private static final byte VERSION = 1;
    private static final QueueState EMPTY = new QueueState(0, 0, 0);

    static QueueState read(byte @Nullable [] row) {
        if (row == null) {
            return EMPTY;
        }
        var from = ByteBuffer.wrap(row);
        var version = from.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a queue's state: " + version);
        }
        return new QueueState(from.getLong(), from.getLong(), from.getLong());
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(1 + 3 * Long.BYTES)
                .put(VERSION)
                .putLong(last)
                .putLong(events)
                .putLong(bytes)
                .array();
    }

    boolean hasRoom(QueueSettings.Bound bound, int payloadBytes) {
        return events < bound.events() && bytes + payloadBytes <= bound.bytes();
    }

    QueueState queued(long number, int payloadBytes) {
        return new QueueState(number, events + 1, bytes + payloadBytes);
    }

    QueueState removed(int payloadBytes) {
        return new QueueState(last, events - 1, bytes - payloadBytes);
    }
}
