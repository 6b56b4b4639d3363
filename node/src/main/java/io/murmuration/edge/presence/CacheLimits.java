package io.murmuration.edge.presence;

import java.time.Duration;

/**
 * What bounds the cache of one point of presence.
 *
 * @param storeBytesMax bytes of all that is kept, keys and headers counted
 * @param bodyBytesMax bytes of one body; a larger one goes through and is not kept. At most 64 MiB
 * @param fillsBytesMax bytes of bodies that are being fetched, all together; beyond, they go through and are not kept
 * @param variantsMax responses under one key, told apart by {@code Vary}; at most 16
 * @param originIdle how long an origin's body may stand still, or its viewers may let it, before it is given up; origins may have shorter
 *     times of their own
 * @param uncacheableFor how long requests do not wait for each other's fetch after one of their key turned out to be of no use to others
 */
public record CacheLimits(
        long storeBytesMax,
        int bodyBytesMax,
        long fillsBytesMax,
        int variantsMax,
        Duration originIdle,
        Duration uncacheableFor) {
    private static final int MIB = 1024 * 1024;

    /** The longest that CloudFront lets an origin be told. */
    private static final Duration ORIGIN_READ_MAX = Duration.ofMinutes(3);

    public static final CacheLimits STANDARD =
            new CacheLimits(64L * MIB, 8 * MIB, 32L * MIB, 16, ORIGIN_READ_MAX, Duration.ofMinutes(2));

    public CacheLimits {
        // An entry's weight is an int.
        if (bodyBytesMax > 64 * MIB || variantsMax > 16 || variantsMax < 1) {
            throw new IllegalArgumentException("A body has at most 64 MiB, and a key at most 16 variants.");
        }
    }

    /** Limits of one of so many that share the bytes. */
    public static CacheLimits share(long bytes, int presences) {
        long store = bytes / presences;
        int body = (int) Math.min(STANDARD.bodyBytesMax(), store / 2);
        return new CacheLimits(store, body, store / 2, 16, STANDARD.originIdle(), STANDARD.uncacheableFor());
    }

    /** The same for one that stores nothing. */
    CacheLimits keepingNothing() {
        return new CacheLimits(0, bodyBytesMax, fillsBytesMax, variantsMax, originIdle, uncacheableFor);
    }
}
