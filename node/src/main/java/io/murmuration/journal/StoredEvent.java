package io.murmuration.journal;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import org.jspecify.annotations.Nullable;

/** An event as its row keeps it; see {@link LoggedEvent}. */
record StoredEvent(
        long timestampMillis,
        String writerUuid,
        String adapterManifest,
        Payload payload,
        @Nullable Payload metadata) {
    private static final int VERSION = 1;

    static StoredEvent read(byte[] value) {
        var in = new ByteReader(value);
        if (in.int8() != VERSION) {
            throw new IllegalArgumentException("event of an unknown format version");
        }
        var event =
                new StoredEvent(in.int64(), in.text(), in.text(), CommandCodec.payload(in), CommandCodec.optional(in));
        in.end();
        return event;
    }

    byte[] toBytes() {
        var out = new ByteWriter(payload.bytes().length + 128)
                .int8(VERSION)
                .int64(timestampMillis)
                .text(writerUuid)
                .text(adapterManifest);
        CommandCodec.payload(out, payload);
        CommandCodec.optional(out, metadata);
        return out.toBytes();
    }
}
