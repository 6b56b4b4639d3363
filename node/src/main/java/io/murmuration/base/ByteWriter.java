package io.murmuration.base;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds an array of bytes: numbers big-endian, so that unsigned ones sort as they count; texts and byte strings after their length. */
public final class ByteWriter {
    private static final int SHORT_MAX = 0xFFFF;

    private byte[] bytes;
    private int size;

    public ByteWriter(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    public ByteWriter int8(int value) {
        room(Byte.BYTES);
        bytes[size++] = (byte) value;
        return this;
    }

    public ByteWriter flag(boolean value) {
        return int8(value ? 1 : 0);
    }

    public ByteWriter int16(int value) {
        return int8(value >>> 8).int8(value);
    }

    public ByteWriter int32(int value) {
        return int16(value >>> 16).int16(value);
    }

    public ByteWriter int64(long value) {
        return int32((int) (value >>> 32)).int32((int) value);
    }

    /** The bytes alone, without their length. */
    public ByteWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** Four bytes of length, then the bytes. */
    public ByteWriter bytes(byte[] value) {
        return int32(value.length).raw(value);
    }

    /** Two bytes of length, then UTF-8. Fails with {@link IllegalArgumentException} above 65,535 bytes. */
    public ByteWriter text(String value) {
        var encoded = value.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > SHORT_MAX) {
            throw new IllegalArgumentException("text of " + encoded.length + " bytes");
        }
        return int16(encoded.length).raw(encoded);
    }

    public int size() {
        return size;
    }

    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
