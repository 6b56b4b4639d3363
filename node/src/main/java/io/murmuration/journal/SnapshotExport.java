package io.murmuration.journal;

import io.murmuration.journal.leveldb.Cursor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A group's rows at one moment, as chunks of bytes (see {@link SnapshotFormat}). For one thread at a time; holds one chunk in memory, and old
 * tables on the disk until it is closed.
 */
public final class SnapshotExport implements AutoCloseable {
    private static final int FRAME_BYTES = 64 * 1024;

    private final Cursor cursor;
    private final byte[] header;
    private boolean begun;
    private boolean ended;
    private boolean row;
    private long rows;
    private int checksum;

    SnapshotExport(int group, Cursor cursor) {
        this.cursor = cursor;
        boolean begins = false;
        try {
            if (!cursor.next() || StoreKeys.kind(cursor.key()) != StoreKeys.STATE) {
                throw new IllegalStateException("There are no rows of group " + group + " to export.");
            }
            header = SnapshotFormat.header(group, cursor.value());
            row = cursor.next();
            begins = true;
        } finally {
            if (!begins) {
                cursor.close();
            }
        }
    }

    /** The next bytes of the stream, null behind the last. */
    public byte @Nullable [] next() {
        if (!begun) {
            begun = true;
            return header;
        }
        if (row) {
            return rows();
        }
        if (ended) {
            return null;
        }
        ended = true;
        return frame(
                SnapshotFormat.END,
                ByteBuffer.allocate(Long.BYTES).putLong(rows).array());
    }

    @Override
    public void close() {
        cursor.close();
    }

    private byte[] rows() {
        var payload = new ByteArrayOutputStream(FRAME_BYTES);
        for (; row && payload.size() < FRAME_BYTES; row = cursor.next()) {
            int keyBytes = cursor.key().length - StoreKeys.PREFIX_BYTES;
            var lengths =
                    ByteBuffer.allocate(2 * Integer.BYTES).putInt(keyBytes).putInt(cursor.value().length);
            payload.writeBytes(lengths.array());
            payload.write(cursor.key(), StoreKeys.PREFIX_BYTES, keyBytes);
            payload.writeBytes(cursor.value());
            rows++;
        }
        return frame(SnapshotFormat.ROWS, payload.toByteArray());
    }

    private byte[] frame(byte type, byte[] payload) {
        checksum = SnapshotFormat.checksum(checksum, type, payload, payload.length);
        var frame = new byte[SnapshotFormat.FRAME_HEADER_BYTES + payload.length + Integer.BYTES];
        ByteBuffer.wrap(frame).put(type).putInt(payload.length).put(payload).putInt(checksum);
        return frame;
    }
}
