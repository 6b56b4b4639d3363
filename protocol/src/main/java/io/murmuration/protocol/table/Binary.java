package io.murmuration.protocol.table;

import java.util.Arrays;
import java.util.Base64;

/** Immutable bytes, ordered as unsigned. The array is shared, not copied: nobody writes to it after construction. */
public final class Binary implements Comparable<Binary> {
    private final byte[] bytes;

    public Binary(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public int compareTo(Binary other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Binary that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Base64, as on the wire. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
