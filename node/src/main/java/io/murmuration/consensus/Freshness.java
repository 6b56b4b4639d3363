package io.murmuration.consensus;

import java.util.ArrayList;
import java.util.List;

/**
 * How old the rows of a replica that follows may be. It notes the moments at which a leader was heard, with what was committed then; once all of
 * that is applied, the rows are at most as old as that moment.
 *
 * <p>Invariants: of the moments that wait, later ones have higher indexes; none of them is applied.
 * <p>Limits: {@value #MOMENTS_MAX} moments wait. If there are more, every second one is forgotten: rows then seem older than they are, never newer.
 */
final class Freshness {
    private static final int MOMENTS_MAX = 64;

    private record Moment(long millis, long index) {}

    private final List<Moment> waiting = new ArrayList<>();
    private boolean everFresh;
    private long freshMillis;
    private long term;
    private long committedIndex;
    private long appliedIndex;

    Freshness(long appliedIndex) {
        this.appliedIndex = appliedIndex;
    }

    /** A leader was heard while it took everything up to {@code index} for committed. */
    void heard(long leaderTerm, long index, long nowMillis) {
        if (leaderTerm > term) {
            // What waited may never be committed: an earlier leader's log may have been longer.
            term = leaderTerm;
            waiting.clear();
            committedIndex = 0;
        }
        // Messages overtake each other: an old one does not take back what a newer one said.
        committedIndex = Math.max(committedIndex, index);
        if (committedIndex <= appliedIndex) {
            freshAt(nowMillis);
            waiting.clear();
        } else if (waiting.isEmpty() || waiting.getLast().millis < nowMillis) {
            waiting.add(new Moment(nowMillis, committedIndex));
            if (waiting.size() > MOMENTS_MAX) {
                thin();
            }
        }
    }

    void applied(long index) {
        appliedIndex = Math.max(appliedIndex, index);
        while (!waiting.isEmpty() && waiting.getFirst().index <= appliedIndex) {
            freshAt(waiting.removeFirst().millis);
        }
    }

    /** The rows were up to date at that time. */
    void freshAt(long millis) {
        freshMillis = everFresh ? Math.max(freshMillis, millis) : millis;
        everFresh = true;
    }

    /** {@code Long.MAX_VALUE} if they were never known to be. */
    long staleMillis(long nowMillis) {
        return everFresh ? nowMillis - freshMillis : Long.MAX_VALUE;
    }

    private void thin() {
        for (var at = waiting.size() - 1; at > 0; at -= 2) {
            waiting.remove(at - 1);
        }
    }
}
