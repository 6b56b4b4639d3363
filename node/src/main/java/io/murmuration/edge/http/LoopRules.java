package io.murmuration.edge.http;

import io.murmuration.edge.caching.Headers;

/** Requests that come back to the CDN that sent them (RFC 8586): a distribution whose origin is a distribution is allowed, but not without end. */
final class LoopRules {
    private static final String HEADER = "CDN-Loop";
    private static final String NAME = "murmuration";
    private static final int TIMES_MAX = 3;

    private LoopRules() {}

    static boolean tooOften(Headers headers) {
        return headers.has(HEADER)
                && headers.tokens(HEADER).stream().filter(NAME::equals).count() >= TIMES_MAX;
    }

    /** With one more. */
    static Headers counted(Headers request) {
        var before = request.joined(HEADER);
        return request.with(HEADER, before.isEmpty() ? NAME : before + ", " + NAME);
    }
}
