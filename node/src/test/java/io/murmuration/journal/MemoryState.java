package io.murmuration.journal;

import io.murmuration.consensus.Voters;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Rows in memory. Nothing is durable until {@link #checkpoint}. */
final class MemoryState implements ReplicaState {
    private ConcurrentSkipListMap<byte[], byte[]> rows = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private long appliedIndex;
    private long appliedTerm;
    private @Nullable Voters voters;
    private long durableIndex;

    @Override
    public long appliedIndex() {
        return appliedIndex;
    }

    @Override
    public long appliedTerm() {
        return appliedTerm;
    }

    @Override
    public @Nullable Voters voters() {
        return voters;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return rows.get(key);
    }

    @Override
    public Rows.RowCursor scan(byte[] from, byte[] to, boolean reverse) {
        var range = new TreeMap<>(rows.subMap(from, to));
        return cursor((reverse ? range.descendingMap() : range).entrySet().iterator());
    }

    private static Rows.RowCursor cursor(Iterator<Map.Entry<byte[], byte[]>> entries) {
        return new Rows.RowCursor() {
            private Map.@Nullable Entry<byte[], byte[]> row;

            @Override
            public boolean next() {
                row = entries.hasNext() ? entries.next() : null;
                return row != null;
            }

            @Override
            public byte[] key() {
                return row().getKey();
            }

            @Override
            public byte[] value() {
                return row().getValue();
            }

            private Map.Entry<byte[], byte[]> row() {
                if (row == null) {
                    throw new IllegalStateException("not on a row");
                }
                return row;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void apply(List<RowChange> changes, long index, long term, @Nullable Voters changedVoters) {
        if (index != appliedIndex + 1) {
            throw new IllegalStateException("entry " + index + " after " + appliedIndex);
        }
        for (var change : changes) {
            var value = change.value();
            if (value == null) {
                rows.remove(change.key());
            } else {
                rows.put(change.key(), value);
            }
        }
        appliedIndex = index;
        appliedTerm = term;
        if (changedVoters != null) {
            voters = changedVoters;
        }
    }

    @Override
    public long durableIndex() {
        return durableIndex;
    }

    void checkpoint() {
        durableIndex = appliedIndex;
    }

    /** Becomes a copy of the other. */
    void install(MemoryState other) {
        rows = new ConcurrentSkipListMap<>(other.rows);
        appliedIndex = other.appliedIndex;
        appliedTerm = other.appliedTerm;
        voters = other.voters;
        durableIndex = appliedIndex;
    }

    Map<byte[], byte[]> rows() {
        return rows;
    }

    /** All rows in a form that compares by content. */
    Map<String, String> contents() {
        var contents = new TreeMap<String, String>();
        rows.forEach((key, value) ->
                contents.put(HexFormat.of().formatHex(key), HexFormat.of().formatHex(value)));
        return contents;
    }
}
