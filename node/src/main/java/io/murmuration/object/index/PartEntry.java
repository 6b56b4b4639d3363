package io.murmuration.object.index;

import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.protocol.object.body.Checksum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an upload whose bytes are durable.
 *
 * @param number 1 to 10,000
 * @param etag MD5 in hexadecimal
 * @param checksum which the whole's is made of
 * @param sent the one that the client sent, if it is another
 */
public record PartEntry(
        int number,
        long modifiedMillis,
        String etag,
        long bytes,
        Checksum checksum,
        @Nullable Checksum sent,
        List<ChunkRef> chunks) {
    PartEntry with(List<ChunkRef> stored, long millis) {
        return new PartEntry(number, millis, etag, bytes, checksum, sent, stored);
    }
}
