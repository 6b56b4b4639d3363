package io.murmuration.protocol.object.body;

import org.jspecify.annotations.Nullable;

/**
 * What a body turned out to be.
 *
 * @param etag MD5 in hexadecimal
 * @param checksum the one that the client sent and that was verified, else one of ours
 * @param clientSent whether the client sent it
 * @param besides another, if it was asked for and is not the same
 */
public record BodySums(
        long bytes,
        String etag,
        Checksum checksum,
        boolean clientSent,
        @Nullable Checksum besides) {}
