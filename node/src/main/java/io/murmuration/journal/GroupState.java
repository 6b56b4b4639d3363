package io.murmuration.journal;

import io.murmuration.consensus.Voters;
import io.murmuration.journal.leveldb.Cursor;
import io.murmuration.journal.leveldb.LevelDb;
import io.murmuration.journal.leveldb.WriteBatch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group's rows.
 *
 * <p>Owner: the {@link StateStore}. Its replica applies, or has a snapshot installed, one at a time; any thread reads.
 * <p>Invariants: the mark is moved after the batch is written, so that what it says is there. While a snapshot is being installed, and after that
 * was broken off, there are no rows to read.
 */
final class GroupState implements ReplicaState {
    private enum Phase {
        SOUND,
        INSTALLING,
        NEEDS_SNAPSHOT
    }

    private final int group;
    private final StateStore store;
    private volatile StateMark mark;
    private volatile Phase phase;
    private volatile long durableIndex;

    private GroupState(int group, StateStore store, StateMark mark, Phase phase) {
        this.group = group;
        this.store = store;
        this.mark = mark;
        this.phase = phase;
        this.durableIndex = mark.index();
    }

    /** As the start of the store left it: all durable. */
    static GroupState load(int group, StateStore store) {
        LevelDb db = store.db();
        if (db.get(StoreKeys.key(group, StoreKeys.INSTALLING)) != null) {
            return new GroupState(group, store, StateMark.EMPTY, Phase.NEEDS_SNAPSHOT);
        }
        var record = db.get(StoreKeys.key(group, StoreKeys.STATE));
        return new GroupState(group, store, record == null ? StateMark.EMPTY : StateMark.decode(record), Phase.SOUND);
    }

    @Override
    public long appliedIndex() {
        return mark.index();
    }

    @Override
    public long appliedTerm() {
        return mark.term();
    }

    @Override
    public @Nullable Voters voters() {
        return mark.voters();
    }

    @Override
    public long durableIndex() {
        return durableIndex;
    }

    @Override
    public boolean needsSnapshot() {
        return phase == Phase.NEEDS_SNAPSHOT;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        refuseWhileReplaced();
        return store.db().get(StoreKeys.row(group, key));
    }

    @Override
    public Rows.RowCursor scan(byte[] from, byte[] to, boolean reverse) {
        refuseWhileReplaced();
        return new GroupCursor(store.db().scan(StoreKeys.row(group, from), StoreKeys.row(group, to), reverse));
    }

    @Override
    public synchronized void apply(List<RowChange> changes, long index, long term, @Nullable Voters voters) {
        refuseWhileReplaced();
        var before = mark;
        if (index <= before.index() || term < before.term()) {
            throw new IllegalArgumentException(
                    "group " + group + ": entry " + index + " is applied after " + before.index());
        }
        var after = new StateMark(index, term, voters == null ? before.voters() : voters);
        var batch = new WriteBatch();
        for (var change : changes) {
            var key = StoreKeys.row(group, change.key());
            if (change.value() == null) {
                batch.delete(key);
            } else {
                batch.put(key, change.value());
            }
        }
        batch.put(StoreKeys.key(group, StoreKeys.STATE), after.encode());
        store.write(batch);
        mark = after;
    }

    boolean isReplaced() {
        return phase != Phase.SOUND;
    }

    synchronized void becameDurable(long index) {
        if (phase == Phase.SOUND && index <= mark.index()) {
            durableIndex = Math.max(durableIndex, index);
        }
    }

    synchronized void beginInstall() {
        if (phase == Phase.INSTALLING) {
            throw new IllegalStateException("A snapshot of group " + group + " is being installed already.");
        }
        phase = Phase.INSTALLING;
        mark = StateMark.EMPTY;
        durableIndex = 0;
    }

    /** @param installed null if it was broken off */
    synchronized void endInstall(@Nullable StateMark installed) {
        if (installed == null) {
            phase = Phase.NEEDS_SNAPSHOT;
        } else {
            mark = installed;
            durableIndex = installed.index();
            phase = Phase.SOUND;
        }
    }

    private void refuseWhileReplaced() {
        if (phase != Phase.SOUND) {
            throw new IllegalStateException("The rows of group " + group + " are being replaced.");
        }
    }

    /** Takes the group off the keys. */
    private record GroupCursor(Cursor cursor) implements Rows.RowCursor {
        @Override
        public boolean next() {
            return cursor.next();
        }

        @Override
        public byte[] key() {
            var key = cursor.key();
            return Arrays.copyOfRange(key, StoreKeys.PREFIX_BYTES, key.length);
        }

        @Override
        public byte[] value() {
            return cursor.value();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
