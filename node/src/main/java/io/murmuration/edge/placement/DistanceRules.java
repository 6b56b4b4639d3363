package io.murmuration.edge.placement;

/** What distance costs, where it is to cost something. */
public final class DistanceRules {
    /** Light in glass, there and back. */
    private static final int KILOMETRES_A_MILLISECOND = 100;

    private static final long DELAY_MILLIS_MAX = 250;

    private DistanceRules() {}

    /** How long an answer from so far away takes longer. */
    public static long delayMillis(int kilometres) {
        return Math.min(DELAY_MILLIS_MAX, kilometres / KILOMETRES_A_MILLISECOND);
    }
}
