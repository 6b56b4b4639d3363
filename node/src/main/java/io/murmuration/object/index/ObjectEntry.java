package io.murmuration.object.index;

import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectHeaders;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object, without its bytes.
 *
 * @param etag without quotes
 * @param body null if the bytes lie in the index, beside this
 */
public record ObjectEntry(
        long modifiedMillis,
        String etag,
        long bytes,
        Checksum checksum,
        ChecksumType checksumType,
        ObjectHeaders headers,
        @Nullable Body body) {
    /**
     * Bytes in chunks, which the parts of an upload name.
     *
     * @param parts how many; 1 if it was uploaded whole
     * @param multipart whether it was uploaded in parts: then a row tells which they are
     */
    public record Body(UploadId upload, int parts, boolean multipart) {}

    public Instant modified() {
        return Instant.ofEpochMilli(modifiedMillis);
    }

    ObjectEntry at(long millis) {
        return new ObjectEntry(millis, etag, bytes, checksum, checksumType, headers, body);
    }
}
