package io.murmuration.object.index;

import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.Decision;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import java.util.ArrayList;
import java.util.List;

/**
 * How a bucket's index decides a batch: in order, each request over the rows as its predecessors leave them. Pure: the same rows and batch give the same
 * decision.
 */
final class IndexRules {
    private IndexRules() {}

    /** @param changesBytesMax what the changes of all requests together may weigh; the first is decided whatever it weighs */
    static Decision<IndexOutcome> decide(long bucket, Rows rows, List<IndexIntent> batch, int changesBytesMax) {
        var draft = new Draft(bucket, rows);
        var outcomes = new ArrayList<IndexOutcome>(batch.size());
        for (var intent : batch) {
            var before = draft.mark();
            var outcome = outcome(draft, intent, before);
            if (draft.bytes() > changesBytesMax && !outcomes.isEmpty()) {
                draft.undo(before);
                break;
            }
            outcomes.add(outcome);
        }
        return new Decision<>(draft.changes(), outcomes);
    }

    private static IndexOutcome outcome(Draft draft, IndexIntent intent, Draft.Mark before) {
        try {
            return decide(draft, intent);
        } catch (ServiceException refused) {
            draft.undo(before);
            return new IndexOutcome.Refused(refused.error());
        }
    }

    private static IndexOutcome decide(Draft draft, IndexIntent intent) {
        return switch (intent) {
            case IndexIntent.Close close -> BucketRules.close(draft, close);
            case IndexIntent.Reopen reopen -> BucketRules.reopen(draft, reopen);
            case IndexIntent.Purge purge -> BucketRules.purge(draft, purge);
            case IndexIntent.Collect collect -> GarbageRules.collect(draft, collect);
            case IndexIntent.Told told -> EventRules.told(draft, told);
            case IndexIntent.Abort abort -> abort(draft, abort);
            case IndexIntent.Open open -> ifOpen(draft, () -> open(draft, open));
            case IndexIntent.Put put -> ifOpen(draft, () -> ObjectRules.put(draft, put));
            case IndexIntent.Delete delete -> ifOpen(draft, () -> ObjectRules.delete(draft, delete));
            case IndexIntent.CreateUpload create -> ifOpen(draft, () -> PartRules.create(draft, create));
            case IndexIntent.PutPart part -> ifOpen(draft, () -> PartRules.put(draft, part));
            case IndexIntent.Complete complete -> ifOpen(draft, () -> PartRules.complete(draft, complete));
            case IndexIntent.AbortUpload abort -> ifOpen(draft, () -> PartRules.abort(draft, abort));
        };
    }

    private interface Rule {
        IndexOutcome decide();
    }

    private static IndexOutcome ifOpen(Draft draft, Rule rule) {
        return draft.state().status() == BucketState.Status.OPEN ? rule.decide() : new IndexOutcome.Closed();
    }

    private static IndexOutcome open(Draft draft, IndexIntent.Open open) {
        var upload = open.upload();
        if (upload != null && draft.get(IndexKeys.upload(draft.bucket(), upload)) == null) {
            throw new ServiceException(ObjectErrors.noSuchUpload(upload.id().toString()));
        }
        var intent = new OpenIntent(open.nowMillis(), open.chunks());
        draft.put(
                IndexKeys.intent(draft.bucket(), open.intent()),
                IndexCodec.encode(to -> IndexCodec.writeIntent(to, intent)));
        open.chunks().forEach(chunk -> GarbageRules.know(draft, chunk.id()));
        return new IndexOutcome.Done();
    }

    /** In a closed bucket too. */
    private static IndexOutcome abort(Draft draft, IndexIntent.Abort abort) {
        var key = IndexKeys.intent(draft.bucket(), abort.intent());
        var row = draft.get(key);
        if (row != null) {
            draft.delete(key);
            var chunks = IndexCodec.decode(row, IndexCodec::readIntent).chunks();
            GarbageRules.discard(draft, abort.intent().low(), new Garbage.Loose(chunks), abort.nowMillis());
        }
        return new IndexOutcome.Done();
    }
}
