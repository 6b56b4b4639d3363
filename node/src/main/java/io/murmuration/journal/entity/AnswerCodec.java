package io.murmuration.journal.entity;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.protocol.ErrorCodes;
import io.murmuration.protocol.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** An {@link Answer} as it travels between nodes; the reply in it has its capability's own form. */
public final class AnswerCodec {
    private static final int DECIDED = 0;
    private static final int NOT_LEADER = 1;
    private static final int NOT_APPLIED = 2;
    private static final int UNKNOWN = 3;

    private AnswerCodec() {}

    public static <R> byte[] encode(Answer<R> answer, BiConsumer<ByteWriter, R> reply) {
        var to = new ByteWriter(64);
        write(to, answer, reply);
        return to.toBytes();
    }

    public static <R> void write(ByteWriter to, Answer<R> answer, BiConsumer<ByteWriter, R> reply) {
        switch (answer) {
            case Answer.Decided<R> decided ->
                reply.accept(to.int8(DECIDED).int64(decided.appliedIndex()), decided.reply());
            case Answer.NotLeader<R> elsewhere -> to.int8(NOT_LEADER).int64(elsewhere.leader());
            case Answer.NotApplied<R> refused -> writeError(to.int8(NOT_APPLIED), refused.error());
            case Answer.Unknown<R> unknown -> to.int8(UNKNOWN);
        }
    }

    public static <R> Answer<R> read(ByteReader from, Function<ByteReader, R> reply) {
        var kind = from.int8();
        return switch (kind) {
            case DECIDED -> {
                var appliedIndex = from.int64();
                yield new Answer.Decided<>(reply.apply(from), appliedIndex);
            }
            case NOT_LEADER -> new Answer.NotLeader<>(from.int64());
            case NOT_APPLIED -> new Answer.NotApplied<>(readError(from));
            case UNKNOWN -> new Answer.Unknown<>();
            default -> throw new IllegalArgumentException("unknown kind of answer: " + kind);
        };
    }

    public static void writeError(ByteWriter to, ServiceError error) {
        to.text(ErrorCodes.name(error.code()))
                .text(error.message())
                .int32(error.details().size());
        error.details().forEach((name, value) -> to.text(name).bytes(value.getBytes(StandardCharsets.UTF_8)));
    }

    public static ServiceError readError(ByteReader from) {
        var code = ErrorCodes.named(from.text());
        var message = from.text();
        var details = new HashMap<String, String>();
        for (var left = from.count(); left > 0; left--) {
            details.put(from.text(), new String(from.bytes(), StandardCharsets.UTF_8));
        }
        return new ServiceError(code, message, details);
    }
}
