package io.murmuration.consensus;

/** The core's own small generator (SplitMix64), so that a seed alone decides when a replica campaigns. */
final class Jitter {
    private long state;

    Jitter(long seed) {
        this.state = seed;
    }

    /** A number in {@code [0, bound)}; the slight bias does not matter here. */
    long below(long bound) {
        state += 0x9E3779B97F4A7C15L;
        var mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return Long.remainderUnsigned(mixed ^ (mixed >>> 31), bound);
    }
}
