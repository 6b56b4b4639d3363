package io.murmuration.edge.caching;

import java.time.Duration;

/** Requests and responses of the tests, told from a fixed moment on. */
final class Heads {
    /** Sun, 06 Nov 1994 08:49:37 GMT, the moment of RFC 9110's own examples. */
    static final long T = 784_111_777_000L;

    static final CachePolicy PLAIN = CachePolicy.CLOUDFRONT
            .ttls(Duration.ZERO, Duration.ZERO, Duration.ofDays(365))
            .errors(Duration.ZERO, false)
            .requests(true, false);

    private Heads() {}

    static ViewerRequest get(String... headers) {
        return request("GET", headers);
    }

    static ViewerRequest request(String method, String... headers) {
        return new ViewerRequest(method, "/a", "", Headers.of(headers));
    }

    /** A 200 that came at {@link #T}, at once. */
    static StoredHead ok(String... headers) {
        return response(200, headers);
    }

    static StoredHead response(int status, String... headers) {
        return new StoredHead(new ResponseHead(status, Headers.of(headers)), Headers.NONE, T, T);
    }

    static CachePolicy ttls(long min, long standard, long max) {
        return PLAIN.ttls(Duration.ofSeconds(min), Duration.ofSeconds(standard), Duration.ofSeconds(max));
    }
}
