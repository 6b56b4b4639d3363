package io.murmuration.object.index;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.journal.entity.Answer;
import io.murmuration.journal.entity.AnswerCodec;

/** What nodes ask each other on the channel of objects, as bytes. Of one release. */
public final class IndexWire {
    private static final int DECIDE = 1;
    private static final int READ = 2;
    private static final int DONE = 1;
    private static final int STORED = 2;
    private static final int REFUSED = 3;
    private static final int CLOSED = 4;
    private static final int NOT_EMPTY = 5;
    private static final int EXPIRED = 6;

    private IndexWire() {}

    public sealed interface Call {}

    /** @param bytes about what the intent weighs */
    public record Deciding(int group, long bucket, long millisLeft, IndexIntent.Remote intent, int bytes)
            implements Call {}

    public record Reading(int group, long millisLeft, IndexRead read) implements Call {}

    public static byte[] encode(int group, long bucket, long millisLeft, IndexIntent.Remote intent) {
        var to = new ByteWriter(512).int8(DECIDE).int32(group).int64(bucket).int64(millisLeft);
        IntentWire.write(to, intent);
        return to.toBytes();
    }

    public static byte[] encode(int group, long millisLeft, IndexRead read) {
        var to = new ByteWriter(256).int8(READ).int32(group).int64(millisLeft);
        ReadWire.write(to, read);
        return to.toBytes();
    }

    public static Call decode(byte[] bytes) {
        var from = new ByteReader(bytes);
        int kind = from.int8();
        return switch (kind) {
            case DECIDE -> new Deciding(from.int32(), from.int64(), from.int64(), IntentWire.read(from), bytes.length);
            case READ -> new Reading(from.int32(), from.int64(), ReadWire.read(from));
            default -> throw new IllegalArgumentException("unknown call of an index: " + kind);
        };
    }

    public static byte[] encodeOutcome(Answer<IndexOutcome> answer) {
        return AnswerCodec.encode(answer, IndexWire::writeOutcome);
    }

    public static Answer<IndexOutcome> decodeOutcome(byte[] bytes) {
        return AnswerCodec.read(new ByteReader(bytes), IndexWire::readOutcome);
    }

    public static byte[] encodeFound(Answer<IndexFound> answer) {
        return AnswerCodec.encode(answer, ReadWire::writeFound);
    }

    public static Answer<IndexFound> decodeFound(byte[] bytes) {
        return AnswerCodec.read(new ByteReader(bytes), ReadWire::readFound);
    }

    private static void writeOutcome(ByteWriter to, IndexOutcome outcome) {
        switch (outcome) {
            case IndexOutcome.Done done -> to.int8(DONE);
            case IndexOutcome.Stored stored -> IndexCodec.writeEntry(to.int8(STORED), stored.entry());
            case IndexOutcome.Refused refused -> AnswerCodec.writeError(to.int8(REFUSED), refused.error());
            case IndexOutcome.Closed closed -> to.int8(CLOSED);
            case IndexOutcome.NotEmpty notEmpty -> to.int8(NOT_EMPTY);
            case IndexOutcome.Expired expired -> to.int8(EXPIRED);
            case IndexOutcome.Progress progress ->
                throw new IllegalArgumentException("what keepers do is not asked from elsewhere");
        }
    }

    private static IndexOutcome readOutcome(ByteReader from) {
        int kind = from.int8();
        return switch (kind) {
            case DONE -> new IndexOutcome.Done();
            case STORED -> new IndexOutcome.Stored(IndexCodec.readEntry(from));
            case REFUSED -> new IndexOutcome.Refused(AnswerCodec.readError(from));
            case CLOSED -> new IndexOutcome.Closed();
            case NOT_EMPTY -> new IndexOutcome.NotEmpty();
            case EXPIRED -> new IndexOutcome.Expired();
            default -> throw new IllegalArgumentException("unknown outcome of an index: " + kind);
        };
    }
}
