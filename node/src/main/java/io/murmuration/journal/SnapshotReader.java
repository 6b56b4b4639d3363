package io.murmuration.journal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SnapshotExport} makes. Every failure to understand it is an {@link IOException}: it came over the network. */
final class SnapshotReader {
    /** A row with its value. */
    @SuppressWarnings("ArrayRecordComponent") // only carries the arrays, is never compared
    record Row(byte[] key, byte[] value) {}

    private static final int HEADER_BYTES_MAX = 1 << 16;

    private final DataInputStream stream;
    private final SnapshotHeader header;
    private ByteBuffer frame = ByteBuffer.allocate(0);
    private int checksum;
    private long rows;
    private boolean ended;

    private SnapshotReader(DataInputStream stream, SnapshotHeader header) {
        this.stream = stream;
        this.header = header;
    }

    static SnapshotReader open(InputStream stream) throws IOException {
        var data = new DataInputStream(stream);
        var magic = data.readNBytes(SnapshotFormat.MAGIC.length);
        if (!Arrays.equals(magic, SnapshotFormat.MAGIC)) {
            throw new IOException("This is no snapshot.");
        }
        int length = data.readInt();
        if (length < 0 || length > HEADER_BYTES_MAX) {
            throw new IOException("The snapshot's header has an impossible length.");
        }
        var record = new byte[length];
        data.readFully(record);
        try {
            var fields = SealedRecord.open(record, SnapshotFormat.VERSION, "a snapshot's header");
            int group = fields.getInt();
            var marked = new byte[fields.remaining()];
            fields.get(marked);
            var mark = StateMark.decode(marked);
            return new SnapshotReader(data, new SnapshotHeader(group, mark.index(), mark.term(), mark.voters()));
        } catch (DamagedStoreException | BufferUnderflowException e) {
            throw new IOException("The snapshot's header cannot be read.", e);
        }
    }

    /** Reads a whole stream and keeps nothing of it. */
    static SnapshotHeader verify(InputStream stream) throws IOException {
        var reader = open(stream);
        var row = reader.next();
        while (row != null) {
            row = reader.next();
        }
        return reader.header();
    }

    SnapshotHeader header() {
        return header;
    }

    /** The next row; null behind the last, once the stream has proved to be complete. */
    @Nullable
    Row next() throws IOException {
        while (!ended && !frame.hasRemaining()) {
            readFrame();
        }
        if (ended) {
            return null;
        }
        try {
            int keyBytes = frame.getInt();
            int valueBytes = frame.getInt();
            if (keyBytes < 0 || valueBytes < 0 || (long) keyBytes + valueBytes > frame.remaining()) {
                throw new IOException("A row of the snapshot has an impossible length.");
            }
            var row = new Row(new byte[keyBytes], new byte[valueBytes]);
            frame.get(row.key()).get(row.value());
            rows++;
            return row;
        } catch (BufferUnderflowException e) {
            throw new IOException("A row of the snapshot is cut short.", e);
        }
    }

    private void readFrame() throws IOException {
        byte type = stream.readByte();
        int length = stream.readInt();
        if (length < 0 || length > SnapshotFormat.FRAME_BYTES_MAX) {
            throw new IOException("A part of the snapshot has an impossible length.");
        }
        var payload = new byte[length];
        stream.readFully(payload);
        checksum = SnapshotFormat.checksum(checksum, type, payload, length);
        if (stream.readInt() != checksum) {
            throw new IOException("A part of the snapshot does not match its checksum.");
        }
        switch (type) {
            case SnapshotFormat.ROWS -> frame = ByteBuffer.wrap(payload);
            case SnapshotFormat.END -> {
                if (length != Long.BYTES || ByteBuffer.wrap(payload).getLong() != rows) {
                    throw new IOException("The snapshot does not hold as many rows as it says.");
                }
                ended = true;
            }
            default -> throw new IOException("A part of the snapshot has the unknown type " + type + ".");
        }
    }
}
