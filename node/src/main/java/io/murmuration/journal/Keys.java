package io.murmuration.journal;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The sections of a group's key space, told apart by the first byte:
 *
 * <pre>
 * 'e' | persistence id | sequence number            events that are kept
 * 'p' | persistence id | 0 | sequence number        snapshots
 * 'p' | persistence id | 1 | sequence number | upload | part    their parts
 * 'r' | key                                         rows of the capabilities
 * 's' | persistence id                              what is known of an entity
 * </pre>
 *
 * Persistence ids are preceded by their length where something follows, so that none is a prefix of another.
 */
final class Keys {
    private static final int EVENT = 'e';
    private static final int SNAPSHOT = 'p';
    private static final int ROW = 'r';
    private static final int ENTITY = 's';
    private static final int SNAPSHOT_RECORD = 0;
    private static final int SNAPSHOT_PART = 1;

    private Keys() {}

    static byte[] row(byte[] key) {
        var prefixed = new byte[key.length + 1];
        prefixed[0] = ROW;
        System.arraycopy(key, 0, prefixed, 1, key.length);
        return prefixed;
    }

    /** The capability's own key of a key that {@link #row} made. */
    static byte[] ownKey(byte[] rowKey) {
        return Arrays.copyOfRange(rowKey, 1, rowKey.length);
    }

    static byte[] entity(String persistenceId) {
        var id = persistenceId.getBytes(StandardCharsets.UTF_8);
        return new ByteWriter(id.length + 1).int8(ENTITY).raw(id).toBytes();
    }

    static byte[] event(String persistenceId, long sequenceNumber) {
        return start(EVENT, persistenceId).int64(sequenceNumber).toBytes();
    }

    static long sequenceNumberOfEvent(byte[] eventKey) {
        return new ByteReader(Arrays.copyOfRange(eventKey, eventKey.length - Long.BYTES, eventKey.length)).int64();
    }

    static byte[] snapshot(String persistenceId, long sequenceNumber) {
        return start(SNAPSHOT, persistenceId)
                .int8(SNAPSHOT_RECORD)
                .int64(sequenceNumber)
                .toBytes();
    }

    static long sequenceNumberOfSnapshot(byte[] snapshotKey) {
        return sequenceNumberOfEvent(snapshotKey);
    }

    static byte[] snapshotPart(String persistenceId, long sequenceNumber, long upload, int part) {
        return start(SNAPSHOT, persistenceId)
                .int8(SNAPSHOT_PART)
                .int64(sequenceNumber)
                .int64(upload)
                .int32(part)
                .toBytes();
    }

    static long sequenceNumberOfPart(byte[] partKey) {
        var from = partKey.length - Long.BYTES - Long.BYTES - Integer.BYTES;
        return new ByteReader(Arrays.copyOfRange(partKey, from, partKey.length)).int64();
    }

    /** The first key of all parts of this and later sequence numbers. */
    static byte[] snapshotParts(String persistenceId, long sequenceNumber) {
        return start(SNAPSHOT, persistenceId)
                .int8(SNAPSHOT_PART)
                .int64(sequenceNumber)
                .toBytes();
    }

    /** The first key after all parts of this and earlier sequence numbers. */
    static byte[] snapshotPartsEnd(String persistenceId, long sequenceNumber) {
        return sequenceNumber == Long.MAX_VALUE
                ? start(SNAPSHOT, persistenceId).int8(SNAPSHOT_PART + 1).toBytes()
                : snapshotParts(persistenceId, sequenceNumber + 1);
    }

    /** The first key after this one. */
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private static ByteWriter start(int section, String persistenceId) {
        return new ByteWriter(persistenceId.length() + 32).int8(section).text(persistenceId);
    }
}
