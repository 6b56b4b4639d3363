package io.murmuration.edge.caching;

/** Why a request went on to the origin, in the words of RFC 9211, 2.2. */
public enum Forward {
    /** The behaviour does not use the cache for such requests. */
    BYPASS("bypass"),
    /** The method's meaning demands it. */
    METHOD("method"),
    /** Nothing is stored under its key. */
    URI_MISS("uri-miss"),
    /** Something is, but chosen by other headers. */
    VARY_MISS("vary-miss"),
    /** What is stored would do, but the request's directives want otherwise. */
    REQUEST("request"),
    /** What is stored is stale. */
    STALE("stale");

    private final String token;

    Forward(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }
}
