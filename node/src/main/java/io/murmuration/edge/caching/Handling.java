package io.murmuration.edge.caching;

import org.jspecify.annotations.Nullable;

/**
 * How a point of presence came by an answer, told to the viewer in {@code X-Cache} and {@code Cache-Status}.
 *
 * @param hit whether it was answered without the origin
 * @param forward why the origin was asked, or null
 * @param forwardStatus what the origin answered, or null
 * @param stored whether the answer is kept
 * @param collapsed whether the request waited for another's fetch
 * @param detail a token of this cache's own, or null
 */
public record Handling(
        boolean hit,
        @Nullable Forward forward,
        @Nullable Integer forwardStatus,
        boolean stored,
        boolean collapsed,
        @Nullable String detail) {
    public static Handling ofHit() {
        return new Handling(true, null, null, false, false, null);
    }

    /** Answered by the cache although it is stale, and for this reason. */
    public static Handling ofStaleHit(String detail) {
        return new Handling(true, null, null, false, false, detail);
    }

    public static Handling forwarded(Forward reason, @Nullable Integer status, boolean stored, boolean collapsed) {
        return new Handling(false, reason, status, stored, collapsed, null);
    }

    /** Served stale after the origin was asked and failed. */
    public static Handling staleOnError(Forward reason, @Nullable Integer status, boolean collapsed) {
        return new Handling(false, reason, status, false, collapsed, "stale-if-error");
    }

    /** Nobody was asked, and nothing stored would do. */
    public static Handling unsatisfiable() {
        return new Handling(false, null, null, false, false, "only-if-cached");
    }
}
