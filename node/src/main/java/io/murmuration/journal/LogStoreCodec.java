package io.murmuration.journal;

import io.murmuration.consensus.HardState;

/** The stored forms of the log store's small records; each begins with its version. */
final class LogStoreCodec {
    private static final byte VERSION = 1;

    private LogStoreCodec() {}

    /** {@code term (8) | voted for (8)}. */
    static byte[] encode(HardState hardState) {
        return SealedRecord.seal(VERSION, 2 * Long.BYTES, fields -> fields.putLong(hardState.term())
                .putLong(hardState.votedFor()));
    }

    static HardState hardState(byte[] record) {
        var fields = SealedRecord.open(record, VERSION, "a hard state");
        return new HardState(fields.getLong(), fields.getLong());
    }

    /** {@code index (8) | term (8) | checksum (4)}. */
    static byte[] encode(LogStart start) {
        return SealedRecord.seal(VERSION, 2 * Long.BYTES + Integer.BYTES, fields -> fields.putLong(start.index())
                .putLong(start.term())
                .putInt(start.checksum()));
    }

    static LogStart logStart(byte[] record) {
        var fields = SealedRecord.open(record, VERSION, "a log's start");
        return new LogStart(fields.getLong(), fields.getLong(), fields.getInt());
    }

    /** A number of eight bytes: that of a batch. */
    static byte[] encode(long number) {
        return SealedRecord.seal(VERSION, Long.BYTES, fields -> fields.putLong(number));
    }

    static long number(byte[] record) {
        return SealedRecord.open(record, VERSION, "a number").getLong();
    }
}
