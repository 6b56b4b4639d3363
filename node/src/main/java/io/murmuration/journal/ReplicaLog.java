package io.murmuration.journal;

import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import io.murmuration.consensus.LogView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group's share of the node's log store. Writes are asynchronous and become durable in the order of the calls; the view shows what is
 * durable. Reads any thread; writes from the group's replica alone.
 */
interface ReplicaLog {
    /** The durable log. Its answers change only when a callback given to {@link #persist} runs, or in {@link #truncate} and {@link #reset}. */
    LogView view();

    /** As of the start of the store. */
    HardState hardState();

    /**
     * Persists a hard state (if not null) and entries (dropping every entry at or after the first one's index), then calls back on the store's
     * thread. Never fails: a failed write halts the process.
     */
    void persist(@Nullable HardState hardState, List<Entry> append, Runnable durable);

    /** Drops the entries up to {@code index}, which the state store holds durably. Lazily: a crash may bring some back. */
    void truncate(long index);

    /** Forgets all entries; the log starts after {@code index} of {@code term}. Durable before the callback, together with the hard state. */
    void reset(HardState hardState, long index, long term, Runnable durable);

    /** Whether the store was begun anew after damage and this group is not cured yet (docs/safety.md, rules 7 to 9). Survives a restart. */
    default boolean damaged() {
        return false;
    }

    /** The group is cured: {@link #damaged} is false, durably, before the callback. */
    default void cured(Runnable durable) {
        throw new UnsupportedOperationException();
    }
}
