package io.murmuration.protocol.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array with the few encodings that stored values are made of. */
final class Bytes {
    private byte[] bytes;
    private int length;

    Bytes(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    Bytes put(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    Bytes put(byte[] values) {
        reserve(values.length);
        System.arraycopy(values, 0, bytes, length, values.length);
        length += values.length;
        return this;
    }

    /** Seven bits a byte, low ones first; the top bit says that more follow. */
    Bytes putVarint(long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            put((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        return put((int) rest);
    }

    /** A varint that is short for small negative numbers too. */
    Bytes putZigzag(long value) {
        return putVarint((value << 1) ^ (value >> 63));
    }

    Bytes putSized(byte[] values) {
        return putVarint(values.length).put(values);
    }

    /** Length in bytes, then UTF-8. */
    Bytes putText(String text) {
        return putSized(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    static long getVarint(ByteBuffer from) {
        long value = 0;
        for (var shift = 0; shift < 64; shift += 7) {
            var next = from.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint is longer than ten bytes");
    }

    static long getZigzag(ByteBuffer from) {
        var value = getVarint(from);
        return (value >>> 1) ^ -(value & 1);
    }

    /** A length or count that the remaining bytes can still hold, at least one byte each. */
    static int getCount(ByteBuffer from) {
        var count = getVarint(from);
        if (count < 0 || count > from.remaining()) {
            throw new IllegalArgumentException("a length reaches beyond the end");
        }
        return (int) count;
    }

    static byte[] getSized(ByteBuffer from) {
        var values = new byte[getCount(from)];
        from.get(values);
        return values;
    }

    static String getText(ByteBuffer from) {
        return new String(getSized(from), StandardCharsets.UTF_8);
    }
}
