package io.murmuration.function.queue;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.function.queue.QueueIntent.Enqueue;
import io.murmuration.function.queue.QueueIntent.Outcome;
import io.murmuration.journal.entity.Answer;
import io.murmuration.journal.entity.AnswerCodec;

/** What nodes ask each other of queues, as bytes. Of one release: all nodes of a cluster run the same. */
final class QueueWire {
    private static final int QUEUED = 1;
    private static final int FULL = 2;

    private QueueWire() {}

    record Call(int group, long millisLeft, Enqueue enqueue) {}

    static byte[] encode(Call call) {
        var to = new ByteWriter(256 + call.enqueue().payload().length);
        to.int32(call.group()).int64(call.millisLeft());
        call.enqueue().head().write(to);
        return to.bytes(call.enqueue().payload()).toBytes();
    }

    static Call decode(byte[] bytes) {
        var from = new ByteReader(bytes);
        return new Call(from.int32(), from.int64(), new Enqueue(EventHead.read(from), from.bytes()));
    }

    static byte[] encodeAnswer(Answer<Outcome> answer) {
        return AnswerCodec.encode(answer, QueueWire::writeOutcome);
    }

    static Answer<Outcome> decodeAnswer(byte[] bytes) {
        return AnswerCodec.read(new ByteReader(bytes), QueueWire::readOutcome);
    }

    private static void writeOutcome(ByteWriter to, Outcome outcome) {
        switch (outcome) {
            case Outcome.Queued queued -> to.int8(QUEUED).int64(queued.number());
            case Outcome.QueueFull full -> to.int8(FULL).flag(full.ofFunction());
            case Outcome.Noted noted -> throw new IllegalArgumentException("no other node asks for it");
        }
    }

    private static Outcome readOutcome(ByteReader from) {
        var kind = from.int8();
        return switch (kind) {
            case QUEUED -> new Outcome.Queued(from.int64());
            case FULL -> new Outcome.QueueFull(from.flag());
            default -> throw new IllegalArgumentException("unknown outcome of a queue: " + kind);
        };
    }
}
