package io.murmuration.journal;

import io.murmuration.consensus.Voters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group's share of the node's state store: an ordered map of bytes that carries the log index it contains. Reads any thread; writes from the
 * group's replica alone.
 */
interface ReplicaState {
    long appliedIndex();

    /** Term of the entry at {@link #appliedIndex()}, 0 at 0. */
    long appliedTerm();

    /** The voter set in force at {@link #appliedIndex()}, null before the first. */
    @Nullable
    Voters voters();

    byte @Nullable [] get(byte[] key);

    /** See {@link Rows#scan}. */
    Rows.RowCursor scan(byte[] from, byte[] to, boolean reverse);

    /**
     * Applies all changes and moves to {@code index} in one atomic batch, not synced.
     *
     * @param voters the new voter set, or null if unchanged
     */
    void apply(List<RowChange> changes, long index, long term, @Nullable Voters voters);

    /** The index up to which everything is known to be durable; it moves when the store checkpoints. */
    long durableIndex();

    /**
     * Whether an install of a snapshot was broken off (docs/safety.md, rule 16): there are no rows, and a snapshot must be fetched before anything is
     * applied. The log and the hard state are sound, so this is no damage.
     */
    default boolean needsSnapshot() {
        return false;
    }
}
