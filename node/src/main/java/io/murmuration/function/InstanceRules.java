package io.murmuration.function;

/** How many execution environments a function wants. Pure. */
final class InstanceRules {
    /** More starts of one function at a time only slow each other down. */
    static final int STARTING_MAX = 4;

    /** An average that nothing was measured for yet. */
    static final long UNKNOWN = -1;

    private static final int NEW_PART = 4;

    private InstanceRules() {}

    /**
     * What the function's queue looks like.
     *
     * @param settling environments that have answered and are about to be idle
     * @param oldestMillis how long the first invocation has waited
     * @param durationMillis of an invocation, on average, or {@link #UNKNOWN}
     * @param startMillis of an environment, on average
     * @param instancesMax environments the function may have
     */
    record Figures(
            int waiting,
            int starting,
            int idle,
            int settling,
            int busy,
            long oldestMillis,
            long durationMillis,
            long startMillis,
            int instancesMax) {
        int instances() {
            return starting + idle + settling + busy;
        }
    }

    /**
     * Environments to start now. One for each waiting invocation that has none, less those that the busy environments will have served before a new
     * one could; but once somebody has waited for as long as a start takes, that was a wrong guess and no longer counts.
     */
    static int toStart(Figures figures) {
        int without = figures.waiting() - figures.idle() - figures.starting();
        boolean guess = figures.oldestMillis() <= figures.startMillis();
        long served = guess ? figures.settling() : 0;
        if (guess && figures.durationMillis() != UNKNOWN) {
            served += figures.busy() * (figures.startMillis() / Math.max(1, figures.durationMillis()));
        }
        int room = Math.min(figures.instancesMax() - figures.instances(), STARTING_MAX - figures.starting());
        return (int) Math.max(0, Math.min(without - served, room));
    }

    /** A moving average: the new value counts a quarter. */
    static long average(long before, long value) {
        return before == UNKNOWN ? value : before + (value - before) / NEW_PART;
    }
}
