package io.murmuration.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote. Bytes that end too early, or lengths that cannot be, fail with {@link IllegalArgumentException}. */
public final class ByteReader {
    private final ByteBuffer buffer;

    public ByteReader(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    /** Reads from the buffer's position and moves it. */
    public ByteReader(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    public int int8() {
        return need(Byte.BYTES).get() & 0xFF;
    }

    public boolean flag() {
        return int8() != 0;
    }

    public int int16() {
        return need(Short.BYTES).getShort() & 0xFFFF;
    }

    public int int32() {
        return need(Integer.BYTES).getInt();
    }

    public long int64() {
        return need(Long.BYTES).getLong();
    }

    public byte[] raw(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("negative length");
        }
        need(length);
        var bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    public byte[] bytes() {
        return raw(int32());
    }

    public String text() {
        return new String(raw(int16()), StandardCharsets.UTF_8);
    }

    /** How many elements follow, where each takes at least a byte. */
    public int count() {
        var count = int32();
        if (count < 0 || count > buffer.remaining()) {
            throw new IllegalArgumentException("a count of " + count + " with " + buffer.remaining() + " bytes left");
        }
        return count;
    }

    public int remaining() {
        return buffer.remaining();
    }

    /** Fails unless everything was read. */
    public void end() {
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException(buffer.remaining() + " bytes too many");
        }
    }

    private ByteBuffer need(int length) {
        if (buffer.remaining() < length) {
            throw new IllegalArgumentException(
                    "truncated: " + length + " bytes wanted, " + buffer.remaining() + " left");
        }
        return buffer;
    }
}
