package io.murmuration.consensus;

/**
 * How old a follower's rows may be. Whenever it hears from a leader it notes the time and what was committed then; once all of that is applied, the rows
 * are at most as old as that moment. It waits for one such moment at a time and keeps the newest beside it.
 */
final class Freshness {
    private static final long NEVER = Long.MIN_VALUE;

    private record Heard(long atMillis, long commitIndex) {}

    private static final Heard NOTHING = new Heard(NEVER, 0);

    private Heard awaited = NOTHING;
    private Heard newest = NOTHING;
    private long freshMillis = NEVER;
    private long appliedIndex;

    void heard(long nowMillis, long commitIndex) {
        newest = new Heard(nowMillis, commitIndex);
        if (awaited.equals(NOTHING)) {
            awaited = newest;
        }
        settle();
    }

    void applied(long index) {
        appliedIndex = index;
        settle();
    }

    /** {@code Long.MAX_VALUE} if nothing that was heard has been applied yet. */
    long staleMillis(long nowMillis) {
        return freshMillis == NEVER ? Long.MAX_VALUE : nowMillis - freshMillis;
    }

    private void settle() {
        while (!awaited.equals(NOTHING) && appliedIndex >= awaited.commitIndex) {
            freshMillis = Math.max(freshMillis, awaited.atMillis);
            var reached = awaited;
            awaited = newest.equals(reached) ? NOTHING : newest;
        }
    }
}
