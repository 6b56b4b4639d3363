package io.murmuration.journal;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** How every small stored record looks: {@code version (1) | fields | CRC32C of all before (4)}, numbers big-endian. */
final class SealedRecord {
    static final int OVERHEAD_BYTES = 1 + Integer.BYTES;

    private SealedRecord() {}

    /** Makes the record: {@code write} puts {@code fieldBytes} of fields. */
    static byte[] seal(byte version, int fieldBytes, Consumer<ByteBuffer> write) {
        var record = new byte[fieldBytes + OVERHEAD_BYTES];
        var fields = ByteBuffer.wrap(record).put(version);
        write.accept(fields);
        fields.putInt(checksum(record, fields.position()));
        return record;
    }

    /** The fields of a record that {@link #seal} made. */
    static ByteBuffer open(byte[] record, byte version, String what) {
        if (record.length < OVERHEAD_BYTES) {
            throw new DamagedStoreException("The record of " + what + " is too short.");
        }
        int fieldsEnd = record.length - Integer.BYTES;
        if (checksumOf(record) != checksum(record, fieldsEnd)) {
            throw new DamagedStoreException("The record of " + what + " does not match its checksum.");
        }
        if (record[0] != version) {
            throw new DamagedStoreException("The record of " + what + " has the unknown version " + record[0] + ".");
        }
        return ByteBuffer.wrap(record, 1, fieldsEnd - 1).slice();
    }

    /** The checksum that a sealed record ends with. */
    static int checksumOf(byte[] record) {
        return ByteBuffer.wrap(record).getInt(record.length - Integer.BYTES);
    }

    private static int checksum(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
