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
        REFUSAL,
        /** Says only that the sender is there. */
        HELLO
    }

    static final LinkItem GREETING = new LinkItem(Kind.HELLO, Channel.CONSENSUS, 0, new byte[0]);

    static final int HEAD_BYTES = 14;

    int sizeBytes() {
        return HEAD_BYTES + body.length;
    }

    void write(ByteWriter out) {
        out.int8(code(kind)).int8(code(channel)).int64(call).bytes(body);
    }

    static LinkItem read(ByteReader in) {
        return new LinkItem(kind(in.int8()), channel(in.int8()), in.int64(), in.bytes());
    }

    private static int code(Kind kind) {
        return switch (kind) {
            case MESSAGE -> 1;
            case REQUEST -> 2;
            case ANSWER -> 3;
            case REFUSAL -> 4;
            case HELLO -> 5;
        };
    }

    private static Kind kind(int code) {
        return switch (code) {
            case 1 -> Kind.MESSAGE;
            case 2 -> Kind.REQUEST;
            case 3 -> Kind.ANSWER;
            case 4 -> Kind.REFUSAL;
            case 5 -> Kind.HELLO;
            default -> throw new IllegalArgumentException("a message of kind " + code);
        };
    }

    private static int code(Channel channel) {
        return switch (channel) {
            case CONSENSUS -> 1;
            case TABLES -> 2;
            case CATALOGUE -> 3;
            case EDGE -> 9;
            case INVOCATIONS -> 4;
            case TRIGGERS -> 5;
            case MEMBERSHIP -> 6;
            case OBJECTS -> 7;
        };
    }

    private static Channel channel(int code) {
        return switch (code) {
            case 1 -> Channel.CONSENSUS;
            case 2 -> Channel.TABLES;
            case 3 -> Channel.CATALOGUE;
            case 9 -> Channel.EDGE;
            case 4 -> Channel.INVOCATIONS;
            case 5 -> Channel.TRIGGERS;
            case 6 -> Channel.MEMBERSHIP;
            case 7 -> Channel.OBJECTS;
            default -> throw new IllegalArgumentException("a message on channel " + code);
        };
    }
}
