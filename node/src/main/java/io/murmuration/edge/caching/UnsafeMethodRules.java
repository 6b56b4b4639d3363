package io.murmuration.edge.caching;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a request that changes something makes invalid (RFC 9111, 4.4). */
public final class UnsafeMethodRules {
    /** RFC 9110, 9.2.1. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private UnsafeMethodRules() {}

    /** Whether requests of this method change nothing, so that one may be sent again. */
    public static boolean isSafe(String method) {
        return SAFE.contains(method);
    }

    /** Paths, with queries, of this host whose stored responses no longer hold: the target, and what the answer says it changed or made. */
    public static Set<String> invalidated(ViewerRequest request, ResponseHead answer) {
        if (SAFE.contains(request.method()) || answer.status() < 200 || answer.status() > 399) {
            return Set.of();
        }
        var uris = new LinkedHashSet<String>();
        uris.add(request.uri());
        var host = request.headers().first("Host").orElse("");
        answer.headers().first("Location").flatMap(uri -> ofHost(uri, host)).ifPresent(uris::add);
        answer.headers()
                .first("Content-Location")
                .flatMap(uri -> ofHost(uri, host))
                .ifPresent(uris::add);
        return uris;
    }

    /** "MUST NOT" for another host: a site could empty the cache of its neighbour. */
    private static Optional<String> ofHost(String uri, String host) {
        var local = uri.strip();
        if (!local.startsWith("/") || local.startsWith("//")) {
            var authority = local.indexOf("//");
            var path = authority < 0 ? -1 : local.indexOf('/', authority + 2);
            if (path < 0 || !local.substring(authority + 2, path).equalsIgnoreCase(host)) {
                return Optional.empty();
            }
            local = local.substring(path);
        }
        var fragment = local.indexOf('#');
        return Optional.of(fragment < 0 ? local : local.substring(0, fragment));
    }
}
