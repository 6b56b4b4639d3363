package io.murmuration.edge.caching;

import java.util.OptionalLong;
import java.util.Set;

/**
 * How old a stored response is and how long it may be used (RFC 9111, 4.2), in seconds.
 *
 * @param ageSeconds its {@code Age} now
 * @param lifetimeSeconds until this age it is fresh
 */
public record Freshness(long ageSeconds, long lifetimeSeconds) {
    /** Those that have a lifetime without a word of the origin (RFC 9110, 15.1), the partial one left out. */
    private static final Set<Integer> HEURISTIC = Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

    /** CloudFront "always caches" these. */
    private static final Set<Integer> ALWAYS = Set.of(404, 414, 500, 501, 502, 503, 504);

    /** Of a response at this moment. */
    public static Freshness of(StoredHead stored, CachePolicy policy, long nowMillis) {
        return Basis.of(stored, policy).at(nowMillis);
    }

    /**
     * What does not change while a response is stored.
     *
     * @param correctedMillis its age when it came
     * @param responseMillis when that was
     */
    public record Basis(long correctedMillis, long responseMillis, long lifetimeSeconds) {
        public static Basis of(StoredHead stored, CachePolicy policy) {
            return new Basis(corrected(stored), stored.responseMillis(), lifetime(stored, policy));
        }

        /** RFC 9111, 4.2.3. A clock that was set back makes nothing younger than it came. */
        public Freshness at(long nowMillis) {
            var resident = Math.max(0, nowMillis - responseMillis);
            return new Freshness((correctedMillis + resident) / 1000, lifetimeSeconds);
        }
    }

    /** "response_is_fresh = (freshness_lifetime > current_age)" */
    public boolean fresh() {
        return lifetimeSeconds > ageSeconds;
    }

    /** How long it stays fresh; negative if it is stale for so long already. */
    public long ttlSeconds() {
        return lifetimeSeconds - ageSeconds;
    }

    private static long corrected(StoredHead stored) {
        var apparent = Math.max(0, stored.responseMillis() - stored.dateMillis());
        var delay = Math.max(0, stored.responseMillis() - stored.requestMillis());
        return Math.max(apparent, ageValue(stored.head().headers()) * 1000 + delay);
    }

    /** Of a list the first member counts, and what is no number is ignored (5.1). */
    private static long ageValue(Headers headers) {
        var age = headers.tokens("Age");
        return age.isEmpty() ? 0 : CacheControl.seconds(age.getFirst(), 0);
    }

    /** What the origin said, or else the behaviour's heuristic, within the behaviour's bounds. */
    private static long lifetime(StoredHead stored, CachePolicy policy) {
        var status = stored.head().status();
        var told = told(stored);
        var control = CacheControl.forEdge(stored.head().headers());
        var unshared = control.has("no-cache") || control.forbidsStoring() || control.has("private");
        if (alwaysCached(status, policy)) {
            return Math.max(unshared ? 0 : told.orElse(0), policy.errorTtl().toSeconds());
        }
        var min = policy.minTtl().toSeconds();
        if (unshared) {
            return min;
        }
        if (told.isEmpty() && !HEURISTIC.contains(status) && !control.has("public")) {
            return 0;
        }
        var wanted = told.orElse(policy.defaultTtl().toSeconds());
        return Math.min(Math.max(wanted, min), policy.maxTtl().toSeconds());
    }

    /** Freshness information of the response (4.2.1): the first of these that is there. */
    static OptionalLong told(StoredHead stored) {
        var headers = stored.head().headers();
        var control = CacheControl.forEdge(headers);
        if (control.has("s-maxage")) {
            return control.seconds("s-maxage");
        }
        if (control.has("max-age")) {
            return control.seconds("max-age");
        }
        if (CacheControl.targeted(headers)) {
            return OptionalLong.empty();
        }
        return headers.first("Expires")
                .map(expires -> OptionalLong.of(untilExpiry(expires, stored)))
                .orElse(OptionalLong.empty());
    }

    /** "the value of the Expires field minus the value of the Date field"; a broken date, "especially the value 0", is in the past (5.3). */
    private static long untilExpiry(String expires, StoredHead stored) {
        var at = HttpDates.parse(expires, stored.responseMillis());
        return at.isPresent() ? Math.max(0, (at.getAsLong() - stored.dateMillis()) / 1000) : 0;
    }

    static boolean alwaysCached(int status, CachePolicy policy) {
        return ALWAYS.contains(status) && policy.errorTtl().isPositive();
    }

    static boolean heuristicallyCacheable(int status) {
        return HEURISTIC.contains(status);
    }
}
