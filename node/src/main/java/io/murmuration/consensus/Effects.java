package io.murmuration.consensus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shell must do after one step, in the order of the components.
 *
 * @param step number of the step that made these effects, from 1; comes back in {@link Input.Persisted}
 * @param hardState to persist, or null if unchanged
 * @param append entries to persist, after dropping every durable entry at or after the first one's index; empty if none
 * @param send messages that may leave now
 * @param sendOncePersisted messages that may leave only when this step and all before it are durable: votes and acknowledgements
 * @param proposed what became of a {@link Input.Propose}, or null if this step had none
 * @param commitIndex entries up to here are committed and durable here: the shell applies them in order. So the rows never run ahead of the
 *     log on the same node, and a start finds every applied entry either in the log or behind its beginning
 * @param reads released reads: each may be answered once the shell has applied its index
 * @param readsRefused reads that this replica cannot serve, being no leader or losing it
 * @param fetch the snapshot to fetch and install, or null
 * @param office the replica's role as of now if it changed in this step, or null
 * @param mustPersist whether the shell owes an {@link Input.Persisted} for this step
 */
public record Effects(
        long step,
        @Nullable HardState hardState,
        List<Entry> append,
        List<Message> send,
        List<Message> sendOncePersisted,
        @Nullable Proposed proposed,
        long commitIndex,
        List<ReadReleased> reads,
        List<Long> readsRefused,
        @Nullable Fetch fetch,
        @Nullable Office office,
        boolean mustPersist) {

    /**
     * Accepted: the commands got the indexes from {@code firstIndex} on in {@code term}. Refused: {@code firstIndex} is 0, nothing was done.
     *
     * @param full whether they were refused because too much waits, by a leader that stays one
     */
    public record Proposed(long firstIndex, long term, boolean full) {
        static Proposed accepted(long firstIndex, long term) {
            return new Proposed(firstIndex, term, false);
        }

        static Proposed refused(long term) {
            return new Proposed(0, term, false);
        }

        static Proposed full(long term) {
            return new Proposed(0, term, true);
        }

        public boolean isRefused() {
            return firstIndex == 0;
        }
    }

    public record ReadReleased(long readId, long index) {}

    /**
     * Fetch from this node its state at or after {@code index}. Comes again while the leader sees no progress: a shell that fetches already
     * ignores it. See {@link Raft#mayInstall}.
     */
    public record Fetch(long node, long index, long indexTerm) {}

    /**
     * @param leader node id of the term's leader, {@link HardState#NOBODY} while unknown
     * @param serving this replica leads and has applied the entry that opened its term: it may decide and serve
     */
    public record Office(Role role, long term, long leader, boolean serving) {}

    public enum Role {
        FOLLOWER,
        PRE_CANDIDATE,
        CANDIDATE,
        LEADER
    }
}
