package io.murmuration.edge.presence;

import io.murmuration.edge.behaviour.CacheKey;
import java.util.Comparator;

/** The right of one fetch to store what it brings; an invalidation of its key that comes after its beginning takes it away. */
final class Ticket {
    static final Comparator<Ticket> ORDER =
            Comparator.comparing((Ticket ticket) -> ticket.key).thenComparingLong(ticket -> ticket.number);

    private final CacheKey key;
    private final long number;
    private final long generation;
    private volatile boolean revoked;

    /**
     * @param number tells it from others of its key
     * @param generation how many invalidations there were when it was given
     */
    Ticket(CacheKey key, long number, long generation) {
        this.key = key;
        this.number = number;
        this.generation = generation;
    }

    CacheKey key() {
        return key;
    }

    boolean revoked() {
        return revoked;
    }

    /** It was given back: whoever still holds it stores nothing. */
    void close() {
        revoked = true;
    }

    /** By an invalidation of a later generation. */
    void revoke(long by) {
        if (by > generation) {
            revoked = true;
        }
    }
}
