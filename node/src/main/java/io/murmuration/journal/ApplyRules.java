package io.murmuration.journal;

import io.murmuration.journal.Command.AppendEvents;
import io.murmuration.journal.Command.DeleteEvents;
import io.murmuration.journal.Command.DeleteSnapshots;
import io.murmuration.journal.Command.Refusal;
import io.murmuration.journal.Command.SaveSnapshotPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a committed command changes: a function of the group's rows, the command and its entry's term alone, so that every replica changes the
 * same (docs/safety.md, rules 13 and 17).
 */
final class ApplyRules {
    /** How many rows one {@link DeleteEvents} removes at most, so that no batch grows without bound. */
    static final int DELETIONS_MAX = 10_000;

    private ApplyRules() {}

    /** @param refusal why nothing was done, or null */
    record Outcome(List<RowChange> changes, @Nullable Refusal refusal) {}

    static Outcome apply(ReplicaState state, Command command, long entryTerm) {
        if (command.term() != entryTerm) {
            return new Outcome(List.of(), Refusal.OTHER_TERM);
        }
        return switch (command) {
            case AppendEvents append -> append(state, append);
            case DeleteEvents delete -> deleteEvents(state, delete);
            case SaveSnapshotPart save -> savePart(state, save);
            case DeleteSnapshots delete -> deleteSnapshots(state, delete);
        };
    }

    private static Outcome append(ReplicaState state, AppendEvents append) {
        var entityKey = Keys.entity(append.persistenceId());
        var entity = EntityRecord.read(state.get(entityKey));
        if (entity.highest() != append.expectedSequenceNumber()) {
            return new Outcome(List.of(), Refusal.OTHER_SEQUENCE_NUMBER);
        }
        var changes = new ArrayList<RowChange>();
        var rowsOnlyTo = entity.rowsOnlyTo();
        for (var event : append.events()) {
            if (event.payload() == null) {
                rowsOnlyTo = event.sequenceNumber();
            } else {
                var stored = new StoredEvent(
                        event.timestampMillis(),
                        append.writerUuid(),
                        event.adapterManifest(),
                        event.payload(),
                        event.metadata());
                changes.add(
                        new RowChange(Keys.event(append.persistenceId(), event.sequenceNumber()), stored.toBytes()));
            }
            for (var row : event.rows()) {
                changes.add(new RowChange(Keys.row(row.key()), row.value()));
            }
        }
        changes.add(new RowChange(
                entityKey, new EntityRecord(append.highestSequenceNumber(), entity.deletedTo(), rowsOnlyTo).toBytes()));
        return new Outcome(changes, null);
    }

    private static Outcome deleteEvents(ReplicaState state, DeleteEvents delete) {
        var entityKey = Keys.entity(delete.persistenceId());
        var entity = EntityRecord.read(state.get(entityKey));
        var to = Math.min(delete.toSequenceNumber(), entity.highest());
        if (to <= entity.deletedTo()) {
            return new Outcome(List.of(), null);
        }
        var changes = new ArrayList<RowChange>();
        var deletedTo = to;
        var from = Keys.event(delete.persistenceId(), entity.deletedTo() + 1);
        try (var events = state.scan(from, Keys.after(Keys.event(delete.persistenceId(), to)), false)) {
            while (events.next()) {
                if (changes.size() == DELETIONS_MAX) {
                    deletedTo = Keys.sequenceNumberOfEvent(events.key()) - 1;
                    break;
                }
                changes.add(new RowChange(events.key(), null));
            }
        }
        changes.add(
                new RowChange(entityKey, new EntityRecord(entity.highest(), deletedTo, entity.rowsOnlyTo()).toBytes()));
        return new Outcome(changes, null);
    }

    private static Outcome savePart(ReplicaState state, SaveSnapshotPart save) {
        var own = new RowChange(
                Keys.snapshotPart(save.persistenceId(), save.sequenceNumber(), save.upload(), save.part()),
                save.payload().bytes());
        if (save.part() < save.parts() - 1) {
            return new Outcome(List.of(own), null);
        }
        for (int part = 0; part < save.part(); part++) {
            var key = Keys.snapshotPart(save.persistenceId(), save.sequenceNumber(), save.upload(), part);
            if (state.get(key) == null) {
                return new Outcome(List.of(), Refusal.PART_MISSING);
            }
        }
        var changes = new ArrayList<RowChange>();
        // Parts of broken-off attempts, of this snapshot and earlier ones, and of the one that this replaces.
        deleteParts(
                state,
                save.persistenceId(),
                0,
                save.sequenceNumber(),
                (sequenceNumber, key) -> {
                    if (sequenceNumber == save.sequenceNumber()) {
                        return !startsWith(
                                key,
                                Keys.snapshotPart(save.persistenceId(), sequenceNumber, save.upload(), 0),
                                Integer.BYTES);
                    }
                    return state.get(Keys.snapshot(save.persistenceId(), sequenceNumber)) == null;
                },
                changes);
        var record = new SnapshotRecord(
                save.timestampMillis(),
                save.upload(),
                save.parts(),
                save.payload().serializerId(),
                save.payload().manifest(),
                save.metadata());
        changes.add(own);
        changes.add(new RowChange(Keys.snapshot(save.persistenceId(), save.sequenceNumber()), record.toBytes()));
        return new Outcome(changes, null);
    }

    private static Outcome deleteSnapshots(ReplicaState state, DeleteSnapshots delete) {
        var changes = new ArrayList<RowChange>();
        var from = Keys.snapshot(delete.persistenceId(), delete.minSequenceNumber());
        var to = Keys.after(Keys.snapshot(delete.persistenceId(), delete.maxSequenceNumber()));
        try (var snapshots = state.scan(from, to, false)) {
            while (snapshots.next()) {
                var timestamp = SnapshotRecord.read(snapshots.value()).timestampMillis();
                if (timestamp >= delete.minTimestampMillis() && timestamp <= delete.maxTimestampMillis()) {
                    var sequenceNumber = Keys.sequenceNumberOfSnapshot(snapshots.key());
                    changes.add(new RowChange(snapshots.key(), null));
                    deleteParts(
                            state,
                            delete.persistenceId(),
                            sequenceNumber,
                            sequenceNumber,
                            (number, key) -> true,
                            changes);
                }
            }
        }
        return new Outcome(changes, null);
    }

    private interface PartFilter {
        boolean drop(long sequenceNumber, byte[] key);
    }

    private static void deleteParts(
            ReplicaState state, String persistenceId, long from, long to, PartFilter filter, List<RowChange> changes) {
        var first = Keys.snapshotParts(persistenceId, from);
        try (var parts = state.scan(first, Keys.snapshotPartsEnd(persistenceId, to), false)) {
            while (parts.next()) {
                if (filter.drop(Keys.sequenceNumberOfPart(parts.key()), parts.key())) {
                    changes.add(new RowChange(parts.key(), null));
                }
            }
        }
    }

    private static boolean startsWith(byte[] key, byte[] other, int withoutLast) {
        return Arrays.equals(key, 0, key.length - withoutLast, other, 0, other.length - withoutLast);
    }
}
