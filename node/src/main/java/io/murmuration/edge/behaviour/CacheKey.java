package io.murmuration.edge.behaviour;

import java.util.Comparator;

/**
 * Under what a response is kept. Ordered by distribution and URI first, so that what an invalidation means lies together.
 *
 * @param uri the path, and after a question mark what of the query counts
 * @param rest headers, cookies and codings that count, as text that differs where one of them does
 */
public record CacheKey(String distribution, String uri, String rest) implements Comparable<CacheKey> {
    private static final Comparator<CacheKey> ORDER = Comparator.comparing(CacheKey::distribution)
            .thenComparing(CacheKey::uri)
            .thenComparing(CacheKey::rest);

    @Override
    public int compareTo(CacheKey other) {
        return ORDER.compare(this, other);
    }

    /** What the cache counts for it. */
    public int sizeBytes() {
        return 2 * (uri.length() + rest.length());
    }
}
