package io.murmuration.consensus;

/** A leadership transfer under way (section 3.10): until it succeeds or expires no proposal is taken, so that the successor can catch up. */
final class Handover {
    private long to = HardState.NOBODY;
    private long untilMillis;

    void begin(long successor, long deadlineMillis) {
        to = successor;
        untilMillis = deadlineMillis;
    }

    void expire(long nowMillis) {
        if (nowMillis >= untilMillis) {
            to = HardState.NOBODY;
        }
    }

    boolean underWay() {
        return to != HardState.NOBODY;
    }

    long to() {
        return to;
    }
}
