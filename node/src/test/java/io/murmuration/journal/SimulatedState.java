package io.murmuration.journal;

import io.murmuration.consensus.Voters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one replica on a simulated disk. A checkpoint makes them durable; a crash falls back to some state between the last checkpoint and
 * now. A fingerprint tells whether two replicas hold the same rows.
 */
final class SimulatedState implements ReplicaState {
    /** Rows as of some applied index; values of the map are shared and never changed. */
    record Snapshot(
            NavigableMap<byte[], byte[]> rows,
            long fingerprint,
            long index,
            long term,
            @Nullable Voters voters) {}

    private record Batch(
            List<RowChange> changes,
            long index,
            long term,
            @Nullable Voters voters) {}

    private NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Batch> uncertain = new ArrayList<>();
    private Snapshot durable = new Snapshot(rows, 0, 0, 0, null);
    private long fingerprint;
    private long appliedIndex;
    private long appliedTerm;
    private @Nullable Voters voters;

    SimulatedState() {
        checkpoint();
    }

    void checkpoint() {
        durable = snapshot();
        uncertain.clear();
    }

    Snapshot snapshot() {
        return new Snapshot(new TreeMap<>(rows), fingerprint, appliedIndex, appliedTerm, voters);
    }

    void crash(RandomGenerator random) {
        var survivors = List.copyOf(uncertain.subList(0, random.nextInt(uncertain.size() + 1)));
        become(durable);
        survivors.forEach(batch -> apply(batch.changes(), batch.index(), batch.term(), batch.voters()));
        checkpoint();
    }

    /** All at once and durably, as a start finds it. */
    void become(Snapshot snapshot) {
        rows = new TreeMap<>(snapshot.rows());
        fingerprint = snapshot.fingerprint();
        appliedIndex = snapshot.index();
        appliedTerm = snapshot.term();
        voters = snapshot.voters();
        checkpoint();
    }

    long fingerprint() {
        return fingerprint;
    }

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
        var range = new TreeMap<>(rows.subMap(from, true, to, false));
        return new MapCursor(
                (reverse ? range.descendingMap() : range).entrySet().iterator());
    }

    @Override
    public void apply(List<RowChange> changes, long index, long term, @Nullable Voters changedVoters) {
        if (index != appliedIndex + 1) {
            throw new IllegalStateException("entry " + index + " after " + appliedIndex);
        }
        for (var change : changes) {
            var value = change.value();
            var before = value == null ? rows.remove(change.key()) : rows.put(change.key(), value);
            fingerprint += print(change.key(), value) - print(change.key(), before);
        }
        appliedIndex = index;
        appliedTerm = term;
        if (changedVoters != null) {
            voters = changedVoters;
        }
        uncertain.add(new Batch(changes, index, term, changedVoters));
    }

    @Override
    public long durableIndex() {
        return durable.index();
    }

    private static long print(byte[] key, byte @Nullable [] value) {
        if (value == null) {
            return 0;
        }
        var mixed = (31L * Arrays.hashCode(key) + Arrays.hashCode(value)) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }

    private static final class MapCursor implements Rows.RowCursor {
        private final Iterator<Map.Entry<byte[], byte[]>> entries;
        private Map.Entry<byte[], byte[]> row = Map.entry(new byte[0], new byte[0]);

        MapCursor(Iterator<Map.Entry<byte[], byte[]>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean next() {
            var more = entries.hasNext();
            if (more) {
                row = entries.next();
            }
            return more;
        }

        @Override
        public byte[] key() {
            return row.getKey();
        }

        @Override
        public byte[] value() {
            return row.getValue();
        }

        @Override
        public void close() {}
    }
}
