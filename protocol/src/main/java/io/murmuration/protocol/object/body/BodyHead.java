package io.murmuration.protocol.object.body;

import org.jspecify.annotations.Nullable;

/**
 * What a request's head says of its body.
 *
 * @param bytes of the object itself, without framing
 * @param framing how it comes
 * @param md5 base64 of 16 bytes that it must have; null if none was sent
 * @param checksum that it must have, well-formed; null if none was sent ahead
 * @param trailing whose value comes behind the body; null if none does. Never beside a checksum sent ahead
 * @param sha256 hexadecimal, of a body that was signed as a whole; null if it was not
 */
public record BodyHead(
        long bytes,
        Framing framing,
        @Nullable String md5,
        @Nullable Checksum checksum,
        @Nullable ChecksumAlgorithm trailing,
        @Nullable String sha256) {
    /** How the bytes of an object come. */
    public enum Framing {
        /** As they are. */
        PLAIN,
        /** In AWS's chunks. */
        CHUNKED,
        /** In AWS's chunks, each with a signature. */
        SIGNED_CHUNKS
    }

    /** Of the checksum that the client sends, ahead or behind; null if it sends none. */
    public @Nullable ChecksumAlgorithm algorithm() {
        return checksum == null ? trailing : checksum.algorithm();
    }
}
