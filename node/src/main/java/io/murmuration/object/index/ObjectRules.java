package io.murmuration.object.index;

import io.murmuration.object.ConditionRules;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import org.jspecify.annotations.Nullable;

/** How objects come and go. */
final class ObjectRules {
    private ObjectRules() {}

    static IndexOutcome put(Draft draft, IndexIntent.Put put) {
        var there = find(draft, put.key());
        check(ConditionRules.write(put.conditions(), put.key(), there == null ? null : there.etag()));
        var body = put.entry().body();
        if (body != null) {
            var intent = draft.get(IndexKeys.intent(draft.bucket(), body.upload()));
            if (intent == null) {
                return new IndexOutcome.Expired();
            }
            draft.delete(IndexKeys.intent(draft.bucket(), body.upload()));
            var entry = put.entry();
            var chunks = IndexCodec.decode(intent, IndexCodec::readIntent).chunks();
            PartRules.store(
                    draft,
                    body.upload(),
                    new PartEntry(1, put.nowMillis(), entry.etag(), entry.bytes(), entry.checksum(), null, chunks));
        }
        return store(draft, put.key(), put.entry(), put.inline(), there, put.notices(), put.nowMillis());
    }

    /** Replaces what is there; whoever had its chunks gives them up. */
    static IndexOutcome store(
            Draft draft,
            String key,
            ObjectEntry entry,
            byte @Nullable [] inline,
            @Nullable ObjectEntry there,
            Notices notices,
            long nowMillis) {
        discard(draft, there, nowMillis);
        // no object is older than the one it replaces: clocks of nodes differ
        var stored = entry.at(there == null ? nowMillis : Math.max(nowMillis, there.modifiedMillis()));
        draft.put(IndexKeys.object(draft.bucket(), key), IndexCodec.encode(to -> IndexCodec.writeEntry(to, stored)));
        if (inline != null) {
            draft.put(IndexKeys.body(draft.bucket(), key), inline);
        } else if (there != null && there.body() == null) {
            draft.delete(IndexKeys.body(draft.bucket(), key));
        }
        draft.become(draft.state().changed());
        EventRules.tell(draft, notices, key, stored, nowMillis);
        return new IndexOutcome.Stored(stored);
    }

    static IndexOutcome delete(Draft draft, IndexIntent.Delete delete) {
        var there = find(draft, delete.key());
        check(ConditionRules.delete(delete.ifMatch(), delete.key(), there == null ? null : there.etag()));
        if (there != null) {
            discard(draft, there, delete.nowMillis());
            draft.delete(IndexKeys.object(draft.bucket(), delete.key()));
            if (there.body() == null) {
                draft.delete(IndexKeys.body(draft.bucket(), delete.key()));
            }
            draft.become(draft.state().changed());
            EventRules.tell(draft, delete.notices(), delete.key(), null, delete.nowMillis());
        }
        return new IndexOutcome.Done();
    }

    static @Nullable ObjectEntry find(Draft draft, String key) {
        var row = draft.get(IndexKeys.object(draft.bucket(), key));
        return row == null ? null : IndexCodec.decode(row, IndexCodec::readEntry);
    }

    static void check(@Nullable ServiceError refusal) {
        if (refusal != null) {
            throw new ServiceException(refusal);
        }
    }

    private static void discard(Draft draft, @Nullable ObjectEntry there, long nowMillis) {
        var body = there == null ? null : there.body();
        if (body != null) {
            GarbageRules.discard(draft, body.upload().low(), new Garbage.Whole(body.upload()), nowMillis);
        }
    }
}
