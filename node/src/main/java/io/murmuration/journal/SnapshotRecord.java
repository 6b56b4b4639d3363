package io.murmuration.journal;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * A complete snapshot; its bytes are in the parts.
 *
 * @param upload which attempt's parts
 */
record SnapshotRecord(
        long timestampMillis,
        long upload,
        int parts,
        int serializerId,
        String manifest,
        @Nullable Payload metadata) {
    private static final int VERSION = 1;

    static SnapshotRecord read(byte[] value) {
        var in = new ByteReader(value);
        if (in.int8() != VERSION) {
            throw new IllegalArgumentException("snapshot record of an unknown format version");
        }
        var record = new SnapshotRecord(
                in.int64(), in.int64(), in.int32(), in.int32(), in.text(), CommandCodec.optional(in));
        in.end();
        return record;
    }

    byte[] toBytes() {
        var out = new ByteWriter(64)
                .int8(VERSION)
                .int64(timestampMillis)
                .int64(upload)
                .int32(parts)
                .int32(serializerId)
                .text(manifest);
        CommandCodec.optional(out, metadata);
        return out.toBytes();
    }
}
