package io.murmuration.edge.caching;

import java.time.Duration;

/**
 * What a behaviour adds to what origins say; the first three as CloudFront has them.
 *
 * @param minTtl at least so long a response is fresh; above zero it overrides {@code no-cache}, {@code no-store} and {@code private}
 * @param defaultTtl how long a response without freshness information is fresh; the only heuristic there is, and zero turns it off
 * @param maxTtl at most so long a response is fresh, and at most so long after that it may be served stale; with zero nothing is kept
 * @param errorTtl how long at least the statuses that CloudFront always caches (404, 414, 500 to 504) are fresh
 * @param staleOnError whether a response without {@code stale-if-error} may be served stale when its origin fails, as CloudFront does
 * @param requestDirectives whether the viewer's {@code Cache-Control} counts; RFC 9111, 5.2.1 calls it advisory, and CloudFront ignores it
 * @param authorizationKeyed whether the cache key has {@code Authorization}: then nobody meets what was fetched with another's
 */
public record CachePolicy(
        Duration minTtl,
        Duration defaultTtl,
        Duration maxTtl,
        Duration errorTtl,
        boolean staleOnError,
        boolean requestDirectives,
        boolean authorizationKeyed) {
    /** CloudFront's defaults: 0, a day, a year; 10 s for errors. */
    public static final CachePolicy CLOUDFRONT = new CachePolicy(
            Duration.ZERO, Duration.ofDays(1), Duration.ofDays(365), Duration.ofSeconds(10), true, false, false);

    public CachePolicy {
        if (minTtl.isNegative() || minTtl.compareTo(defaultTtl) > 0 || defaultTtl.compareTo(maxTtl) > 0) {
            throw new IllegalArgumentException(
                    "MinTTL, DefaultTTL and MaxTTL must be in ascending order from zero on.");
        }
        if (errorTtl.isNegative()) {
            throw new IllegalArgumentException("The error caching minimum TTL must not be negative.");
        }
    }

    /**
     * Whether nothing is looked up, kept or shared: what an origin sees need not be in the key then, so that even its errors and what it would validate
     * are the one viewer's who asked.
     */
    public boolean keepsNothing() {
        return maxTtl.isZero();
    }

    /** The same with other times to live. */
    public CachePolicy ttls(Duration min, Duration standard, Duration max) {
        return new CachePolicy(min, standard, max, errorTtl, staleOnError, requestDirectives, authorizationKeyed);
    }

    /** The same with another time for errors. */
    public CachePolicy errors(Duration ttl, boolean staleOnError) {
        return new CachePolicy(minTtl, defaultTtl, maxTtl, ttl, staleOnError, requestDirectives, authorizationKeyed);
    }

    /** The same with what viewers' requests may say. */
    public CachePolicy requests(boolean directives, boolean authorizationKeyed) {
        return new CachePolicy(minTtl, defaultTtl, maxTtl, errorTtl, staleOnError, directives, authorizationKeyed);
    }
}
