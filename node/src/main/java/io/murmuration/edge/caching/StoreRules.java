package io.murmuration.edge.caching;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a shared cache may store of what an origin answered (RFC 9111, 3). */
public final class StoreRules {
    /** Statuses whose demands on caches are met here, for {@code must-understand} (5.2.2.3). */
    private static final Set<Integer> UNDERSTOOD =
            Set.of(200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 405, 410, 414, 501);

    /** Of one connection only (3.1; RFC 9110, 7.6.1). */
    private static final List<String> HOP_BY_HOP = List.of(
            "Connection",
            "Keep-Alive",
            "Proxy-Authenticate",
            "Proxy-Authentication-Info",
            "Proxy-Authorization",
            "Proxy-Connection",
            "TE",
            "Transfer-Encoding",
            "Upgrade");

    private StoreRules() {}

    /**
     * Whether the response may be stored and is of any use so.
     *
     * @param request as the origin got it
     */
    public static boolean mayStore(ViewerRequest request, StoredHead response, CachePolicy policy) {
        var status = response.head().status();
        if (policy.keepsNothing()
                || !request.method().equals("GET")
                || status < 200
                || status == 206
                || status == 304) {
            return false;
        }
        var control = CacheControl.forEdge(response.head().headers());
        if (VaryRules.variesByMore(response.head())
                || CacheRules.directives(request, policy).has("no-store")
                || belongsToOne(request, control, policy)) {
            return false;
        }
        return Freshness.alwaysCached(status, policy)
                || (allowed(status, control, policy)
                        && reasonGiven(response, control)
                        && useful(response, control, policy));
    }

    /** "MUST NOT use a cached response to a request with an Authorization header field" unless a directive lets it (3.5), or the key separates them. */
    private static boolean belongsToOne(ViewerRequest request, CacheControl control, CachePolicy policy) {
        return request.headers().has("Authorization")
                && !policy.authorizationKeyed()
                && !control.has("public")
                && !control.has("must-revalidate")
                && !control.has("s-maxage");
    }

    private static boolean allowed(int status, CacheControl control, CachePolicy policy) {
        if (control.has("must-understand") && !UNDERSTOOD.contains(status)) {
            return false;
        }
        return policy.minTtl().isPositive() || !(control.forbidsStoring() || control.has("private"));
    }

    /** The last condition of section 3. */
    private static boolean reasonGiven(StoredHead response, CacheControl control) {
        return control.has("public")
                || Freshness.told(response).isPresent()
                || Freshness.heuristicallyCacheable(response.head().status());
    }

    /** What is never fresh, cannot be validated and may not be stale would only fill the memory. */
    private static boolean useful(StoredHead response, CacheControl control, CachePolicy policy) {
        return isFresh(response, policy)
                || response.hasValidator()
                || control.has("stale-while-revalidate")
                || control.has("stale-if-error");
    }

    /** Whether it answers others too at the moment it arrives: then those who waited for it may share it (4). */
    public static boolean isFresh(StoredHead response, CachePolicy policy) {
        return Freshness.of(response, policy, response.responseMillis()).fresh();
    }

    /** The headers without those of the connection it came by (3.1). */
    public static Headers endToEnd(Headers headers) {
        var dropped = new ArrayList<>(HOP_BY_HOP);
        dropped.addAll(headers.tokens("Connection"));
        return headers.without(dropped);
    }

    /** With the date that a recipient has to add (RFC 9110, 6.6.1). */
    public static ResponseHead received(ResponseHead head, long responseMillis) {
        var headers = endToEnd(head.headers());
        return head.with(headers.has("Date") ? headers : headers.and("Date", HttpDates.format(responseMillis)));
    }
}
