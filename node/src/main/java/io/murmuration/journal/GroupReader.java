package io.murmuration.journal;

import io.murmuration.base.ByteWriter;
import java.util.Optional;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/** Reads what a group's rows keep for the persistence plugins. On a thread that may wait for the disk. */
final class GroupReader {
    private final ReplicaState state;
    private final ReplicaRows rows;

    GroupReader(JournalNode journal, int group) {
        this(journal.state(group), journal.replicaRows(group));
    }

    /** @param rows the same replica's */
    GroupReader(ReplicaState state, ReplicaRows rows) {
        this.state = state;
        this.rows = rows;
    }

    interface EventConsumer {
        void accept(long sequenceNumber, StoredEvent event);
    }

    /** A snapshot with its bytes put together. */
    record FoundSnapshot(long sequenceNumber, SnapshotRecord record, Payload payload) {}

    EntityRecord entity(String persistenceId) {
        return rows.entity(persistenceId);
    }

    /** The kept events of {@code [from, to]}, at most {@code max}, in order. */
    void events(String persistenceId, long from, long to, long max, EventConsumer consumer) {
        if (from <= to && max > 0) {
            rows.sound(() -> read(persistenceId, from, to, max, consumer));
        }
    }

    private long read(String persistenceId, long from, long to, long max, EventConsumer consumer) {
        var last = Keys.after(Keys.event(persistenceId, to));
        try (var cursor = state.scan(Keys.event(persistenceId, Math.max(1, from)), last, false)) {
            long count = 0;
            for (; count < max && cursor.next(); count++) {
                consumer.accept(Keys.sequenceNumberOfEvent(cursor.key()), StoredEvent.read(cursor.value()));
            }
            return count;
        }
    }

    /** The latest snapshot within the criteria. */
    Optional<FoundSnapshot> latestSnapshot(String persistenceId, SnapshotSelectionCriteria criteria) {
        return rows.sound(() -> find(persistenceId, criteria));
    }

    private Optional<FoundSnapshot> find(String persistenceId, SnapshotSelectionCriteria criteria) {
        var from = Keys.snapshot(persistenceId, Math.max(0, criteria.minSequenceNr()));
        var to = Keys.after(Keys.snapshot(persistenceId, Math.max(0, criteria.maxSequenceNr())));
        try (var cursor = state.scan(from, to, true)) {
            while (cursor.next()) {
                var record = SnapshotRecord.read(cursor.value());
                if (record.timestampMillis() >= criteria.minTimestamp()
                        && record.timestampMillis() <= criteria.maxTimestamp()) {
                    return Optional.of(load(persistenceId, Keys.sequenceNumberOfSnapshot(cursor.key()), record));
                }
            }
        }
        return Optional.empty();
    }

    private FoundSnapshot load(String persistenceId, long sequenceNumber, SnapshotRecord record) {
        var bytes = new ByteWriter(1024);
        for (int part = 0; part < record.parts(); part++) {
            var value = state.get(Keys.snapshotPart(persistenceId, sequenceNumber, record.upload(), part));
            if (value == null) {
                // Deleted meanwhile by the entity's own command: whoever asks again finds what is left.
                throw new IllegalStateException("part " + part + " of a snapshot is gone");
            }
            bytes.raw(value);
        }
        return new FoundSnapshot(
                sequenceNumber, record, new Payload(record.serializerId(), record.manifest(), bytes.toBytes()));
    }
}
