package io.murmuration.consensus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One replica of one group: a state machine that takes an input and says what must be done.
 *
 * <p>No clock, no randomness, no thread: they are inputs. One thread at a time may use it.
 */
public final class Raft {
    private Raft() {}

    /**
     * A replica as it comes up.
     *
     * @param hardState as last persisted; {@link HardState#NEW} for a damaged or new replica
     * @param log the durable log; holds at least the entry with the first voter set, or starts after {@code appliedIndex}
     * @param voters in force at {@code appliedIndex}, null if that is 0
     * @param appliedIndex index of the last entry that the rows contain; at least {@code log.firstIndex() - 1}, at most {@code log.lastIndex()}
     * @param damage 0 if healthy, else a random number drawn for this start (docs/safety.md, Damage)
     * @param nowMillis as in {@link Input.Tick}
     * @param seed of the election jitter; differs between replicas
     */
    public static Raft start(
            RaftOptions options,
            HardState hardState,
            LogView log,
            @Nullable Voters voters,
            long appliedIndex,
            long damage,
            long nowMillis,
            long seed) {
        return new Raft();
    }

    /** Takes one input. The effects are to be carried out before the next one. */
    public Effects step(Input input) {
        check();
        throw new UnsupportedOperationException();
    }

    public Effects.Office office() {
        check();
        throw new UnsupportedOperationException();
    }

    public HardState hardState() {
        check();
        throw new UnsupportedOperationException();
    }

    /** Highest index known to be committed; may exceed what is durable here and so {@link Effects#commitIndex}. */
    public long commitIndex() {
        check();
        throw new UnsupportedOperationException();
    }

    public long lastIndex() {
        check();
        throw new UnsupportedOperationException();
    }

    public Voters voters() {
        check();
        throw new UnsupportedOperationException();
    }

    /** Entries in {@code [from, to]} up to {@code bytesMax} of payload, but at least one if {@code from <= to}; for applying what is committed. */
    public List<Entry> entries(long from, long to, int bytesMax) {
        check();
        throw new UnsupportedOperationException();
    }

    /**
     * Whether a fetched state at this index and term may replace rows and log now. To be asked when the state has arrived, at the point where the
     * shell begins to replace them; from then on the core must get no other input before {@link Input.SnapshotInstalled}, so that nothing it
     * acknowledges meanwhile is thrown away with the old log.
     */
    public boolean mayInstall(long index, long indexTerm) {
        check();
        throw new UnsupportedOperationException();
    }

    /** Milliseconds from the last word of a leader to the last tick: 0 where this replica leads, {@code Long.MAX_VALUE} if it heard none. */
    public long leaderSilentMillis() {
        check();
        throw new UnsupportedOperationException();
    }

    /** Until this turns false the replica counts for nothing. The shell's durable mark of the damage may go any time after. */
    public boolean damaged() {
        check();
        throw new UnsupportedOperationException();
    }

    private void check() {}
}
