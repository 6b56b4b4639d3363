package io.murmuration.catalogue;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.journal.entity.AnswerCodec;

/** What nodes ask each other on the catalogue's channel, as bytes: a byte for the kind, then its fields. */
final class CatalogueCalls {
    private static final int BARRIER = 1;
    private static final int APPLIED = 2;
    private static final int CHANGE = 3;
    private static final int CREATE = 1;
    private static final int DELETE = 2;
    private static final int CLOSED = 3;
    private static final int DONE = 1;
    private static final int REFUSED = 2;
    private static final int NOTED = 3;
    private static final int RESOURCE = 4;

    private CatalogueCalls() {}

    sealed interface Call {}

    /** Asks the leader for a log index that holds everything acknowledged before. */
    record Barrier() implements Call {}

    /** Asks any node to answer when it shows everything up to the index. */
    record Applied(long index) implements Call {}

    /** Asks the leader for a decision. */
    record Change(long millisLeft, CatalogueRules.Intent intent) implements Call {}

    static byte[] encode(Call call) {
        return switch (call) {
            case Barrier barrier -> new ByteWriter(1).int8(BARRIER).toBytes();
            case Applied applied ->
                new ByteWriter(16).int8(APPLIED).int64(applied.index()).toBytes();
            case Change change -> {
                var to = new ByteWriter(256).int8(CHANGE).int64(change.millisLeft());
                switch (change.intent()) {
                    case CatalogueRules.Create create -> {
                        CatalogueRows.writeSchema(to.int8(CREATE), create.schema());
                        CatalogueRows.writeStream(to, create.schema());
                    }
                    case CatalogueRules.Delete delete -> to.int8(DELETE).text(delete.name());
                    case CatalogueRules.Closed closed ->
                        to.int8(CLOSED).int64(closed.table()).int32(closed.group());
                    case ResourceRules.Intent resource -> ResourceCalls.writeIntent(to.int8(RESOURCE), resource);
                }
                yield to.toBytes();
            }
        };
    }

    static Call decode(byte[] bytes) {
        var from = new ByteReader(bytes);
        var kind = from.int8();
        return switch (kind) {
            case BARRIER -> new Barrier();
            case APPLIED -> new Applied(from.int64());
            case CHANGE -> new Change(from.int64(), readIntent(from));
            default -> throw new IllegalArgumentException("unknown call to the catalogue: " + kind);
        };
    }

    private static CatalogueRules.Intent readIntent(ByteReader from) {
        var kind = from.int8();
        return switch (kind) {
            case CREATE -> {
                var schema = CatalogueRows.readSchema(from);
                yield new CatalogueRules.Create(CatalogueRows.readStream(from, schema));
            }
            case DELETE -> new CatalogueRules.Delete(from.text());
            case CLOSED -> new CatalogueRules.Closed(from.int64(), from.int32());
            case RESOURCE -> ResourceCalls.readIntent(from);
            default -> throw new IllegalArgumentException("unknown change of the catalogue: " + kind);
        };
    }

    static void writeReply(ByteWriter to, CatalogueRules.Reply reply) {
        switch (reply) {
            case CatalogueRules.Done done -> to.int8(DONE).raw(CatalogueRows.writeTable(done.table()));
            case CatalogueRules.Refused refused -> AnswerCodec.writeError(to.int8(REFUSED), refused.error());
            case CatalogueRules.Noted noted -> to.int8(NOTED);
            case ResourceRules.Decided decided -> ResourceCalls.writeOutcome(to.int8(RESOURCE), decided.outcome());
        }
    }

    static CatalogueRules.Reply readReply(ByteReader from) {
        var kind = from.int8();
        return switch (kind) {
            case DONE -> new CatalogueRules.Done(CatalogueRows.readTable(from));
            case REFUSED -> new CatalogueRules.Refused(AnswerCodec.readError(from));
            case NOTED -> new CatalogueRules.Noted();
            case RESOURCE -> new ResourceRules.Decided(ResourceCalls.readOutcome(from));
            default -> throw new IllegalArgumentException("unknown reply of the catalogue: " + kind);
        };
    }
}
