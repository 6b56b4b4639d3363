package io.murmuration.object.index;

import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumType;

/** What a listing tells of an object besides its key. */
public record ListedEntry(long modifiedMillis, String etag, long bytes, Checksum checksum, ChecksumType checksumType) {
    static ListedEntry of(ObjectEntry entry) {
        return new ListedEntry(
                entry.modifiedMillis(), entry.etag(), entry.bytes(), entry.checksum(), entry.checksumType());
    }
}
