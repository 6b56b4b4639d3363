package io.murmuration.object.index;

import io.murmuration.journal.RowChange;
import io.murmuration.journal.Rows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of one bucket in a group as a batch leaves them so far: the stored ones, and over them what the batch has changed. Of one batch. */
final class Draft {
    private final long bucket;
    private final Rows rows;
    private final TreeMap<byte[], Change> changed = new TreeMap<>(Arrays::compareUnsigned);
    private final Deque<Undo> undos = new ArrayDeque<>();
    private BucketState state;
    private long bytes;

    /** @param row null if deleted */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Change(byte @Nullable [] row) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Undo(byte[] key, @Nullable Change before) {}

    /** A row as {@link #scan} finds it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(byte[] key, byte[] value) {}

    /** What {@link #undo} goes back to. */
    record Mark(BucketState state, long bytes, int undos) {}

    Draft(long bucket, Rows rows) {
        this.bucket = bucket;
        this.rows = rows;
        this.state = BucketState.read(rows.get(IndexKeys.state(bucket)));
    }

    long bucket() {
        return bucket;
    }

    BucketState state() {
        return state;
    }

    void become(BucketState next) {
        state = next;
        put(IndexKeys.state(bucket), next.toBytes());
    }

    byte @Nullable [] get(byte[] key) {
        var change = changed.get(key);
        return change == null ? rows.get(key) : change.row();
    }

    void put(byte[] key, byte[] row) {
        change(key, new Change(row));
    }

    void delete(byte[] key) {
        change(key, new Change(null));
    }

    /** The first rows in {@code [from, to)}, at most so many. */
    List<Row> scan(byte[] from, byte[] to, int max) {
        return scan(from, to, max, Long.MAX_VALUE);
    }

    /** @param bytesMax of the rows, before the row that exceeds it */
    List<Row> scan(byte[] from, byte[] to, int max, long bytesMax) {
        var found = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        int hidden = 0;
        var over = changed.subMap(from, to);
        for (var change : over.entrySet()) {
            var row = change.getValue().row();
            if (row == null) {
                hidden++;
            } else {
                found.put(change.getKey(), row);
            }
        }
        try (var walk = rows.scan(from, to, false)) {
            long walked = 0;
            for (int seen = 0; seen < max + hidden && walked < bytesMax && walk.next(); seen++) {
                if (!changed.containsKey(walk.key())) {
                    found.put(walk.key(), walk.value());
                    walked += weight(walk.key(), walk.value());
                }
            }
        }
        var scanned = new ArrayList<Row>();
        long scannedBytes = 0;
        for (var row : found.entrySet()) {
            if (scanned.size() == max || scannedBytes >= bytesMax) {
                break;
            }
            scannedBytes += weight(row.getKey(), row.getValue());
            scanned.add(new Row(row.getKey(), row.getValue()));
        }
        return scanned;
    }

    Mark mark() {
        return new Mark(state, bytes, undos.size());
    }

    /** Takes back what was changed since the mark. */
    void undo(Mark mark) {
        while (undos.size() > mark.undos()) {
            var undo = undos.pop();
            if (undo.before() == null) {
                changed.remove(undo.key());
            } else {
                changed.put(undo.key(), undo.before());
            }
        }
        state = mark.state();
        bytes = mark.bytes();
    }

    /** Size of the changes so far. */
    long bytes() {
        return bytes;
    }

    List<RowChange> changes() {
        var changes = new ArrayList<RowChange>(changed.size());
        changed.forEach((key, change) -> changes.add(new RowChange(key, change.row())));
        return changes;
    }

    private void change(byte[] key, Change change) {
        var before = changed.put(key, change);
        undos.push(new Undo(key, before));
        bytes += weight(key, change.row()) - (before == null ? 0 : weight(key, before.row()));
    }

    private static int weight(byte[] key, byte @Nullable [] row) {
        return key.length + (row == null ? 0 : row.length);
    }
}
