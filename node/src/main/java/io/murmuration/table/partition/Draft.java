package io.murmuration.table.partition;

import io.murmuration.journal.RowChange;
import io.murmuration.journal.Rows;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.Binary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one partition as a batch leaves them so far: the stored ones, and over them what the batch has changed. Of one batch. */
final class Draft {
    /** What is deleted is read first: so much of it keeps a partition busy for some milliseconds. */
    private static final long WALKED_BYTES_MAX = 4 << 20;

    private final long table;
    private final Rows rows;
    private final Map<Binary, Change> changed = new LinkedHashMap<>();
    private final List<RowChange> records = new ArrayList<>();
    private final PartitionState before;
    private PartitionState state;
    private long bytes;
    private @Nullable Binary lastKey;
    private @Nullable Change lastReplaced;

    /** @param item null if deleted */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Change(@Nullable StoredItem item, byte @Nullable [] row) {}

    Draft(long table, Rows rows) {
        this.table = table;
        this.rows = rows;
        this.before = PartitionState.read(rows.get(RowKeys.state(table)));
        this.state = before;
    }

    long table() {
        return table;
    }

    PartitionState state() {
        return state;
    }

    void become(PartitionState.Status status) {
        state = state.with(status);
    }

    @Nullable
    StoredItem find(byte[] rowKey) {
        var change = changed.get(new Binary(rowKey));
        if (change != null) {
            return change.item();
        }
        var row = rows.get(rowKey);
        return row == null ? null : StoredItem.read(row);
    }

    StoredItem store(byte[] rowKey, @Nullable StoredItem old, Map<String, AttributeValue> item) {
        var stored = StoredItem.of(state.revision() + 1, item);
        state = state.changed(old == null ? -1 : old.sizeBytes(), stored.sizeBytes());
        change(rowKey, new Change(stored, stored.toBytes()));
        return stored;
    }

    void delete(byte[] rowKey, StoredItem old) {
        state = state.changed(old.sizeBytes(), -1);
        change(rowKey, new Change(null, null));
    }

    /** Deletes the first stored rows of the partition, at most so many; false if there are none. */
    boolean deleteFirst(int count, int bytesMax) {
        var from = RowKeys.items(table);
        var found = 0;
        var walked = 0L;
        try (var walk = rows.scan(from, RowKeys.items(table + 1), false)) {
            while (found < count && bytes < bytesMax && walked < WALKED_BYTES_MAX && walk.next()) {
                walked += walk.value().length;
                state = state.changed(StoredItem.sizeOf(walk.value()), -1);
                change(walk.key(), new Change(null, null));
                found++;
            }
        }
        return found > 0;
    }

    /** Records the change of an item that was just made; its revision is the record's sequence number. */
    void record(StreamRecord record) {
        record(new RowChange(RowKeys.streamRecord(table, state.revision()), record.toBytes()));
    }

    /** Removes the first stored records that were made before this time, at most so many; whether more may be left. */
    boolean trim(long beforeMillis, int count, int bytesMax) {
        var found = 0;
        var walked = 0L;
        try (var walk = rows.scan(RowKeys.streamRecords(table), RowKeys.streamRecords(table + 1), false)) {
            while (found < count && bytes < bytesMax && walked < WALKED_BYTES_MAX) {
                if (!walk.next() || StreamRecord.millisOf(walk.value()) >= beforeMillis) {
                    return false;
                }
                walked += walk.value().length;
                record(new RowChange(walk.key(), null));
                found++;
            }
        }
        return true;
    }

    private void record(RowChange change) {
        records.add(change);
        bytes += weight(change.key(), change.value());
    }

    boolean hasChanges() {
        return !changed.isEmpty() || !records.isEmpty();
    }

    /** What {@link #undo} goes back to. */
    record Mark(PartitionState state, long bytes, int records) {}

    Mark mark() {
        return new Mark(state, bytes, records.size());
    }

    /** Takes back the one change of an item that was made since the mark, and its record. */
    void undo(Mark mark) {
        var key = lastKey;
        if (key == null) {
            throw new IllegalStateException("nothing was changed");
        }
        if (lastReplaced == null) {
            changed.remove(key);
        } else {
            changed.put(key, lastReplaced);
        }
        records.subList(mark.records(), records.size()).clear();
        state = mark.state();
        bytes = mark.bytes();
        lastKey = null;
    }

    /** Size of the changes so far. */
    long bytes() {
        return bytes;
    }

    List<RowChange> changes() {
        if (changed.isEmpty() && records.isEmpty() && state.equals(before)) {
            return List.of();
        }
        var changes = new ArrayList<RowChange>(changed.size() + records.size() + 1);
        changed.forEach((key, change) -> changes.add(new RowChange(key.bytes(), change.row())));
        changes.addAll(records);
        changes.add(new RowChange(RowKeys.state(table), state.toBytes()));
        return changes;
    }

    private void change(byte[] rowKey, Change change) {
        var key = new Binary(rowKey);
        var replaced = changed.put(key, change);
        lastKey = key;
        lastReplaced = replaced;
        bytes += weight(rowKey, change.row()) - (replaced == null ? 0 : weight(rowKey, replaced.row()));
    }

    private static int weight(byte[] key, byte @Nullable [] row) {
        return key.length + (row == null ? 0 : row.length);
    }
}
