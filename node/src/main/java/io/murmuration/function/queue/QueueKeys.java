package io.murmuration.function.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keys of the rows of a shard's queue. Stored; numbers are big-endian and unsigned:
 *
 * <pre>
 * 'q' 'c'                     what the queue knows of itself
 * 'q' 'f' | function's name   how much is queued for a function
 * 'q' 'h' | number, 8 bytes   an event's head
 * 'q' 'p' | number, 8 bytes   its payload
 * </pre>
 */
final class QueueKeys {
    private static final byte QUEUE = 'q';
    private static final byte COUNTS = 'c';
    private static final byte FUNCTION = 'f';
    private static final byte HEAD = 'h';
    private static final byte PAYLOAD = 'p';

    private QueueKeys() {}

    static byte[] counts() {
        return new byte[] {QUEUE, COUNTS};
    }

    static byte[] function(String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + bytes.length)
                .put(QUEUE)
                .put(FUNCTION)
                .put(bytes)
                .array();
    }

    static byte[] head(long number) {
        return numbered(HEAD, number);
    }

    static byte[] payload(long number) {
        return numbered(PAYLOAD, number);
    }

    /** Where the heads end. */
    static byte[] headsEnd() {
        return new byte[] {QUEUE, HEAD + 1};
    }

    static long numberOf(byte[] headKey) {
        return ByteBuffer.wrap(headKey).getLong(2);
    }

    private static byte[] numbered(byte kind, long number) {
        return ByteBuffer.allocate(2 + Long.BYTES)
                .put(QUEUE)
                .put(kind)
                .putLong(number)
                .array();
    }
}
