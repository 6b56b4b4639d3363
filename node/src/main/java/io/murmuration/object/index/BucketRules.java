package io.murmuration.object.index;

import io.murmuration.object.index.BucketState.Status;

/** How a bucket is closed, opened again and emptied: see {@link BucketState}. */
final class BucketRules {
    private static final int PURGED_ROWS_MAX = 500;
    /** Of the rows of one kind, before the row that exceeds it: an intent of a large upload has 80 KB. */
    private static final int PURGED_BYTES_MAX = 128 << 10;

    private static final byte[] FIRST = {};

    private BucketRules() {}

    static IndexOutcome close(Draft draft, IndexIntent.Close close) {
        var state = draft.state();
        if (state.status() == Status.OPEN) {
            var from = IndexKeys.objectsFrom(draft.bucket(), FIRST);
            if (!draft.scan(from, IndexKeys.objectsEnd(draft.bucket()), 1).isEmpty()) {
                return new IndexOutcome.NotEmpty();
            }
        }
        if (state.status() != Status.EMPTIED && close.deletion() > state.closing()) {
            draft.become(state.with(Status.CLOSED, close.deletion()));
        }
        return new IndexOutcome.Done();
    }

    static IndexOutcome reopen(Draft draft, IndexIntent.Reopen reopen) {
        var state = draft.state();
        if (state.status() == Status.CLOSED && state.closing() < reopen.before()) {
            draft.become(state.with(Status.OPEN, state.closing()));
        }
        return new IndexOutcome.Done();
    }

    static IndexOutcome purge(Draft draft, IndexIntent.Purge purge) {
        if (draft.state().status() != Status.CLOSED) {
            return new IndexOutcome.Progress(false);
        }
        long bucket = draft.bucket();
        var intents = draft.scan(
                IndexKeys.intentsFrom(bucket), IndexKeys.intentsFrom(bucket + 1), PURGED_ROWS_MAX, PURGED_BYTES_MAX);
        for (var row : intents) {
            draft.delete(row.key());
            var chunks = IndexCodec.decode(row.value(), IndexCodec::readIntent).chunks();
            long number = IndexKeys.intentOf(row.key()).low();
            GarbageRules.discard(draft, number, new Garbage.Loose(chunks), purge.nowMillis());
        }
        var uploads = draft.scan(
                IndexKeys.uploadsFrom(bucket, FIRST), IndexKeys.uploadsEnd(bucket), PURGED_ROWS_MAX, PURGED_BYTES_MAX);
        uploads.forEach(row -> PartRules.end(draft, IndexKeys.uploadOf(row.key()), purge.nowMillis()));
        if (!intents.isEmpty() || !uploads.isEmpty()) {
            return new IndexOutcome.Progress(true);
        }
        draft.become(draft.state().with(Status.EMPTIED, draft.state().closing()));
        return new IndexOutcome.Progress(false);
    }
}
