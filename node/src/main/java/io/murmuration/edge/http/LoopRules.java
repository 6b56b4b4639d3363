package io.murmuration.edge.http;

import io.murmuration.edge.caching.Headers;
import java.util.Locale;

/**
 * Requests that come back to the CDN that sent them (RFC 8586). A distribution whose origin is a distribution is allowed; one that is its own origin, by
 * whatever way, would wait for itself.
 */
final class LoopRules {
    private static final String HEADER = "CDN-Loop";
    private static final String NAME = "murmuration";

    private LoopRules() {}

    /** Whether the request was sent for the distribution already. */
    static boolean returns(Headers headers, String distribution) {
        return headers.has(HEADER)
                && headers.tokens(HEADER).contains(mark(distribution).toLowerCase(Locale.ROOT));
    }

    /** As it is sent for the distribution. */
    static Headers marked(Headers request, String distribution) {
        return request.appended(HEADER, mark(distribution));
    }

    private static String mark(String distribution) {
        return NAME + "; d=" + distribution;
    }
}
