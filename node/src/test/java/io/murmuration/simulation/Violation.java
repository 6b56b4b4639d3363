package io.murmuration.simulation;

/** Something that must never happen happened. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }

    static void unless(boolean holds, String rule) {
        if (!holds) {
            throw new Violation(rule);
        }
    }
}
