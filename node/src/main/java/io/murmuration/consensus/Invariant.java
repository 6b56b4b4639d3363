package io.murmuration.consensus;

/** A broken invariant stops the replica before it can do harm. */
final class Invariant {
    private Invariant() {}

    static void check(boolean holds, String invariant) {
        if (!holds) {
            throw new IllegalStateException("broken invariant: " + invariant);
        }
    }
}
