package io.murmuration.base;

/** Randomness, as an argument: the system's own in a node, a seeded one in a test or a simulation. Safe for use by many threads. */
public interface Chance {
    long nextLong();

    /** Uniform over {@code [0, bound)}; {@code bound} is at least 1. */
    long nextLong(long bound);

    /** Fast and unpredictable enough for jitter and identifiers of requests; not for secrets. */
    static Chance system() {
        return SystemChance.FAST;
    }

    /** From the operating system's source: for secrets and for identifiers that must never meet again. */
    static Chance secure() {
        return SystemChance.SECURE;
    }
}
