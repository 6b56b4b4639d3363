package io.murmuration.edge.caching;

import io.murmuration.edge.caching.Verdict.Fetch;
import io.murmuration.edge.caching.Verdict.Pass;
import io.murmuration.edge.caching.Verdict.Revalidate;
import io.murmuration.edge.caching.Verdict.Serve;
import io.murmuration.edge.caching.Verdict.ServeAndRevalidate;
import io.murmuration.edge.caching.Verdict.Unsatisfiable;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Whether a stored response answers a request (RFC 9111, 4). Times are epoch milliseconds. */
public final class CacheRules {
    private CacheRules() {}

    /**
     * What to do with a request.
     *
     * @param stored the response that {@link VaryRules#select} chose, or null
     * @param others whether the key has responses at all
     */
    public static Verdict decide(
            ViewerRequest request, @Nullable StoredHead stored, boolean others, CachePolicy policy, long nowMillis) {
        if (!isRetrieval(request)) {
            return new Pass(Forward.METHOD);
        }
        if (policy.keepsNothing()) {
            return new Pass(Forward.BYPASS);
        }
        var control = directives(request, policy);
        if (control.has("no-store")) {
            return new Pass(Forward.REQUEST);
        }
        if (request.headers().has("If-Match") || request.headers().has("If-Unmodified-Since")) {
            // "A cache MUST NOT evaluate conditional header fields that only apply to an origin server" (4.3.2).
            return new Pass(Forward.BYPASS);
        }
        return stored == null
                ? missing(request, control, others ? Forward.VARY_MISS : Forward.URI_MISS)
                : reuse(request, control, stored, policy, nowMillis);
    }

    private static Verdict missing(ViewerRequest request, CacheControl control, Forward reason) {
        if (control.has("only-if-cached")) {
            return new Unsatisfiable();
        }
        // The answer to HEAD or to a range cannot be stored as the whole that later requests want.
        var partial = request.method().equals("HEAD") || request.headers().has("Range");
        return partial ? new Pass(reason) : new Fetch(reason);
    }

    private static Verdict reuse(
            ViewerRequest request, CacheControl control, StoredHead stored, CachePolicy policy, long nowMillis) {
        var freshness = Freshness.of(stored, policy, nowMillis);
        var refused = control.has("no-cache")
                || freshness.ageSeconds() > control.seconds("max-age").orElse(Long.MAX_VALUE)
                || freshness.ttlSeconds() < control.seconds("min-fresh").orElse(Long.MIN_VALUE);
        if (!refused && (freshness.fresh() || acceptedStale(control, stored, policy, freshness))) {
            return new Serve(freshness);
        }
        if (!refused && whileRevalidating(stored, policy, freshness)) {
            return new ServeAndRevalidate(freshness, ValidationRules.conditions(stored));
        }
        if (control.has("only-if-cached")) {
            return new Unsatisfiable();
        }
        var reason = freshness.fresh() ? Forward.REQUEST : Forward.STALE;
        if (request.method().equals("HEAD")) {
            return new Pass(reason);
        }
        return stored.hasValidator() ? new Revalidate(reason, ValidationRules.conditions(stored)) : new Fetch(reason);
    }

    /** {@code max-stale} (5.2.1.2), which {@code s-maxage} outweighs: it "incorporates the semantics of the proxy-revalidate" (5.2.2.10). */
    private static boolean acceptedStale(
            CacheControl control, StoredHead stored, CachePolicy policy, Freshness freshness) {
        if (!control.has("max-stale")
                || neverStale(stored, policy)
                || response(stored).has("s-maxage")) {
            return false;
        }
        var any = "".equals(control.directives().get("max-stale"));
        return any || -freshness.ttlSeconds() <= control.seconds("max-stale").orElse(0);
    }

    /** RFC 5861, 3; a directive of its own, so that it counts beside {@code s-maxage} too. */
    private static boolean whileRevalidating(StoredHead stored, CachePolicy policy, Freshness freshness) {
        return !neverStale(stored, policy)
                && within(freshness, response(stored).seconds("stale-while-revalidate"), policy);
    }

    /**
     * Whether the stored response answers a request whose origin failed (RFC 5861, 4).
     *
     * <p>Without {@code stale-if-error} the behaviour decides: CloudFront then serves what it has, and {@code stale-if-error=0} prevents it.
     */
    public static Optional<Freshness> onError(
            ViewerRequest request, @Nullable StoredHead stored, CachePolicy policy, long nowMillis) {
        if (stored == null || policy.keepsNothing() || neverStale(stored, policy)) {
            return Optional.empty();
        }
        var freshness = Freshness.of(stored, policy, nowMillis);
        var told = response(stored).seconds("stale-if-error");
        var asked = directives(request, policy).seconds("stale-if-error");
        var allowed = freshness.fresh()
                || within(freshness, told, policy)
                || within(freshness, asked, policy)
                || (told.isEmpty()
                        && policy.staleOnError()
                        && -freshness.ttlSeconds() <= policy.maxTtl().toSeconds());
        return allowed ? Optional.of(freshness) : Optional.empty();
    }

    /** No longer than MaxTTL, as CloudFront has it. */
    private static boolean within(Freshness freshness, OptionalLong seconds, CachePolicy policy) {
        return seconds.isPresent()
                && -freshness.ttlSeconds()
                        <= Math.min(seconds.getAsLong(), policy.maxTtl().toSeconds());
    }

    /** Prohibited by "an explicit in-protocol directive" (4.2.4); a MinTTL above zero overrides {@code no-cache} here too. */
    private static boolean neverStale(StoredHead stored, CachePolicy policy) {
        var control = response(stored);
        return control.has("must-revalidate")
                || control.has("proxy-revalidate")
                || (control.has("no-cache") && policy.minTtl().isZero());
    }

    private static CacheControl response(StoredHead stored) {
        return CacheControl.forEdge(stored.head().headers());
    }

    static CacheControl directives(ViewerRequest request, CachePolicy policy) {
        return policy.requestDirectives() ? CacheControl.of(request.headers()) : CacheControl.NONE;
    }

    static boolean isRetrieval(ViewerRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }
}
