package io.murmuration.cluster;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.cluster.Links.Channel;

/**
 * One message within a link.
 *
 * @param call number of the call that a request begins and an answer ends; 0 for a plain message
 * @param body of a refusal, the sentence as UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LinkItem(Kind kind, Channel channel, long call, byte[] body) {
    enum Kind {
        MESSAGE,
        REQUEST,
        ANSWER,
        REFUSAL
    }

    static final int HEAD_BYTES = 14;

    private static final Kind[] KINDS = Kind.values();
    private static final Channel[] CHANNELS = Channel.values();

    int sizeBytes() {
        return HEAD_BYTES + body.length;
    }

    void write(ByteWriter out) {
        out.int8(kind.ordinal()).int8(channel.ordinal()).int64(call).bytes(body);
    }

    static LinkItem read(ByteReader in) {
        return new LinkItem(pick(KINDS, in.int8()), pick(CHANNELS, in.int8()), in.int64(), in.bytes());
    }

    private static <T> T pick(T[] of, int ordinal) {
        if (ordinal >= of.length) {
            throw new IllegalArgumentException("unknown kind " + ordinal);
        }
        return of[ordinal];
    }
}
