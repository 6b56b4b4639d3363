package io.murmuration.journal;

import java.util.Arrays;

/** A value as Pekko's serialization made it. The bytes are never modified after construction. */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
record Payload(int serializerId, String manifest, byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that
                && serializerId == that.serializerId
                && manifest.equals(that.manifest)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * serializerId + manifest.hashCode()) + Arrays.hashCode(bytes);
    }
}
