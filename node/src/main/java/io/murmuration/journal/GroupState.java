package io.murmuration.journal;

import io.murmuration.consensus.Voters;
import io.murmuration.journal.leveldb.Cursor;
import io.murmuration.journal.leveldb.Pairs;
import io.murmuration.journal.leveldb.WriteBatch;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One group's rows.
 *
 * <p>Owner: the {@link StateStore}. Its replica applies, or has a snapshot installed, one at a time; any thread reads.
 * <p>Invariants: the mark is moved after the batch is written, so that what it says is there. While a snapshot is being installed, and after that
 * was broken off, there are no rows to read. Nor is what a read found that such a replacement overtook: it may be half of the new rows.
 */
final class GroupState implements ReplicaState {
    private enum Phase {
        SOUND,
        INSTALLING,
        NEEDS_SNAPSHOT
    }

    private final int group;
    private final Pairs pairs;
    private final Consumer<WriteBatch> writer;
    private volatile StateMark mark;
    private volatile Phase phase;
    private volatile long durableIndex;
    private volatile long installs;

    private GroupState(int group, Pairs pairs, Consumer<WriteBatch> writer, StateMark mark, Phase phase) {
        this.group = group;
        this.pairs = pairs;
        this.writer = writer;
        this.mark = mark;
        this.phase = phase;
        this.durableIndex = mark.index();
    }

    /**
     * As the start of the store left it: all durable.
     *
     * @param pairs what is read
     * @param writer writes a batch, unsynced
     */
    static GroupState load(int group, Pairs pairs, Consumer<WriteBatch> writer) {
        if (pairs.get(StoreKeys.key(group, StoreKeys.INSTALLING)) != null) {
            return new GroupState(group, pairs, writer, StateMark.EMPTY, Phase.NEEDS_SNAPSHOT);
        }
        var record = pairs.get(StoreKeys.key(group, StoreKeys.STATE));
        var mark = record == null ? StateMark.EMPTY : StateMark.decode(record);
        return new GroupState(group, pairs, writer, mark, Phase.SOUND);
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
        long before = installs;
        refuseWhileReplaced();
        var value = pairs.get(StoreKeys.row(group, key));
        refuseIfReplacedSince(before);
        return value;
    }

    @Override
    public Rows.RowCursor scan(byte[] from, byte[] to, boolean reverse) {
        long before = installs;
        refuseWhileReplaced();
        // it shows the rows as of this moment, whatever becomes of them while it walks
        var cursor = pairs.scan(StoreKeys.row(group, from), StoreKeys.row(group, to), reverse);
        try {
            refuseIfReplacedSince(before);
        } catch (RowsReplacedException replaced) {
            cursor.close();
            throw replaced;
        }
        return new GroupCursor(cursor);
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
        writer.accept(batch);
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
        installs++; // after the phase: a read that sees this number sees that phase, or the new rows
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
            throw new RowsReplacedException(group);
        }
    }

    private void refuseIfReplacedSince(long before) {
        if (installs != before) {
            throw new RowsReplacedException(group);
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
