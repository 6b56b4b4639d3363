package io.murmuration.object.index;

import org.jspecify.annotations.Nullable;

/** How changes of objects are told: a row is written with the change, and removed when what it says was accepted. */
final class EventRules {
    private EventRules() {}

    /** @param stored null if the object is gone */
    static void tell(Draft draft, Notices notices, String key, @Nullable ObjectEntry stored, long nowMillis) {
        long sequence = draft.state().revision();
        int target = 0;
        for (var each : notices.targets()) {
            var event = new StoredEvent(
                    draft.bucket(),
                    sequence,
                    target,
                    each.function(),
                    each.configuration(),
                    notices.event(),
                    notices.bucketName(),
                    key,
                    stored == null ? 0 : stored.bytes(),
                    stored == null ? "" : stored.etag(),
                    nowMillis,
                    notices.requestId(),
                    notices.address());
            draft.put(
                    IndexKeys.event(draft.bucket(), sequence, target),
                    IndexCodec.encode(to -> IndexCodec.writeEvent(to, event)));
            target++;
        }
    }

    static IndexOutcome told(Draft draft, IndexIntent.Told told) {
        told.events().forEach(event -> draft.delete(IndexKeys.event(draft.bucket(), event.sequence(), event.target())));
        return new IndexOutcome.Done();
    }
}
