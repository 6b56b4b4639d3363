package io.murmuration.function.queue;

import io.murmuration.function.queue.DueEvents.Waiting;
import io.murmuration.journal.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a shard's queue. May wait for the disk. */
final class QueueReads {
    private static final int HEADS_MAX = 1_000;

    private final Rows rows;

    QueueReads(Rows rows) {
        this.rows = rows;
    }

    /**
     * @param last number of the last event that was looked at
     * @param more whether there may be others behind it
     */
    record Heads(List<Waiting> events, long last, boolean more) {}

    /** An event with its payload, as they are stored. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(EventHead head, byte[] payload) {}

    Heads headsAfter(long number) {
        var events = new ArrayList<Waiting>();
        var last = number;
        try (var walk = rows.scan(QueueKeys.head(number + 1), QueueKeys.headsEnd(), false)) {
            while (events.size() < HEADS_MAX && walk.next()) {
                last = QueueKeys.numberOf(walk.key());
                var head = EventHead.read(walk.value());
                events.add(new Waiting(last, head.function().name(), head.dueMillis(), head.payloadBytes()));
            }
        }
        return new Heads(events, last, events.size() == HEADS_MAX);
    }

    /** Null if it is no longer queued. */
    @Nullable
    Found find(long number) {
        var head = rows.get(QueueKeys.head(number));
        var payload = rows.get(QueueKeys.payload(number));
        return head == null || payload == null ? null : new Found(EventHead.read(head), payload);
    }
}
