package io.murmuration.trigger;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.journal.entity.Answer;
import io.murmuration.journal.entity.AnswerCodec;
import io.murmuration.trigger.CursorIntent.Outcome;
import io.murmuration.trigger.CursorIntent.Tell;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What nodes ask each other of mappings, as bytes. Of one release: all nodes of a cluster run the same. */
final class TriggerWire {
    private static final int TELL = 1;
    private static final int RESULTS = 2;

    private TriggerWire() {}

    sealed interface Call {}

    /** To a shard's leader. */
    record TellCursor(int group, long millisLeft, Tell tell) implements Call {}

    /** What this node's readers met last. */
    record GetResults() implements Call {}

    static byte[] encode(Call call) {
        var to = new ByteWriter(64);
        switch (call) {
            case TellCursor cursor -> {
                var tell = cursor.tell();
                to.int8(TELL).int32(cursor.group()).int64(cursor.millisLeft());
                writeId(to, tell.mapping())
                        .int64(tell.fence())
                        .text(tell.status().name())
                        .int64(tell.table())
                        .flag(tell.fromLatest())
                        .int64(tell.nowMillis());
            }
            case GetResults results -> to.int8(RESULTS);
        }
        return to.toBytes();
    }

    static Call decode(byte[] bytes) {
        var from = new ByteReader(bytes);
        var kind = from.int8();
        return switch (kind) {
            case TELL ->
                new TellCursor(
                        from.int32(),
                        from.int64(),
                        new Tell(
                                readId(from),
                                from.int64(),
                                Cursor.Status.valueOf(from.text()),
                                from.int64(),
                                from.flag(),
                                from.int64()));
            case RESULTS -> new GetResults();
            default -> throw new IllegalArgumentException("unknown call about mappings: " + kind);
        };
    }

    static byte[] encodeAnswer(Answer<Outcome> answer) {
        return AnswerCodec.encode(answer, (to, outcome) -> to.text(outcome.name()));
    }

    static Answer<Outcome> decodeAnswer(byte[] bytes) {
        return AnswerCodec.read(new ByteReader(bytes), from -> Outcome.valueOf(from.text()));
    }

    static byte[] encodeResults(Map<UUID, LastResults.Result> results) {
        var to = new ByteWriter(64).int32(results.size());
        results.forEach((id, result) -> writeId(to, id).int64(result.millis()).text(result.text()));
        return to.toBytes();
    }

    static Map<UUID, LastResults.Result> decodeResults(byte[] bytes) {
        var from = new ByteReader(bytes);
        var results = new HashMap<UUID, LastResults.Result>();
        for (var left = from.count(); left > 0; left--) {
            results.put(readId(from), new LastResults.Result(from.int64(), from.text()));
        }
        return results;
    }

    private static ByteWriter writeId(ByteWriter to, UUID id) {
        return to.int64(id.getMostSignificantBits()).int64(id.getLeastSignificantBits());
    }

    private static UUID readId(ByteReader from) {
        return new UUID(from.int64(), from.int64());
    }
}
