package io.murmuration.protocol.object.body;

import java.util.Base64;

/**
 * An object's or a part's checksum.
 *
 * @param value base64 of the big-endian bytes; a composite one ends in a hyphen and the number of parts
 */
public record Checksum(ChecksumAlgorithm algorithm, String value) {
    /** Whether the value is base64 of as many bytes as the algorithm has. */
    public boolean isWellFormed() {
        try {
            return Base64.getDecoder().decode(value).length == algorithm.bytes();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
