package io.murmuration.journal;

import io.murmuration.consensus.Entry;
import java.nio.BufferUnderflowException;

/**
 * The stored form of a log entry: {@code version | kind (1) | index (8) | term (8) | checksum of the entry before (4) | payload | checksum (4)}. The
 * checksums chain the entries of a group on one node: a later entry proves those before it.
 */
final class EntryCodec {
    private static final byte VERSION = 1;
    private static final int FIELD_BYTES = 1 + Long.BYTES + Long.BYTES + Integer.BYTES;

    /** Bytes that a stored entry takes beside its payload. */
    static final int OVERHEAD_BYTES = FIELD_BYTES + SealedRecord.OVERHEAD_BYTES;

    /** An entry with its own checksum and that of the entry before it. */
    record Stored(Entry entry, int previousChecksum, int checksum) {}

    private EntryCodec() {}

    static byte[] encode(Entry entry, int previousChecksum) {
        return SealedRecord.seal(VERSION, FIELD_BYTES + entry.payload().length, fields -> fields.put(code(entry.kind()))
                .putLong(entry.index())
                .putLong(entry.term())
                .putInt(previousChecksum)
                .put(entry.payload()));
    }

    static Stored decode(byte[] record) {
        var fields = SealedRecord.open(record, VERSION, "a log entry");
        try {
            var kind = kind(fields.get());
            long index = fields.getLong();
            long term = fields.getLong();
            int previousChecksum = fields.getInt();
            var payload = new byte[fields.remaining()];
            fields.get(payload);
            return new Stored(new Entry(index, term, kind, payload), previousChecksum, SealedRecord.checksumOf(record));
        } catch (BufferUnderflowException e) {
            throw new DamagedStoreException("The record of a log entry is too short.", e);
        }
    }

    private static byte code(Entry.Kind kind) {
        return switch (kind) {
            case TERM_OPENED -> 0;
            case VOTERS -> 1;
            case COMMAND -> 2;
        };
    }

    private static Entry.Kind kind(byte code) {
        return switch (code) {
            case 0 -> Entry.Kind.TERM_OPENED;
            case 1 -> Entry.Kind.VOTERS;
            case 2 -> Entry.Kind.COMMAND;
            default -> throw new DamagedStoreException("The record of a log entry has the unknown kind " + code + ".");
        };
    }
}
