package io.murmuration.edge.behaviour;

import java.util.Locale;

/**
 * What of a request belongs to its cache key, and is for that reason sent to the origin.
 *
 * @param query names of the query string; case counts
 * @param headers names; case does not count. Only none or listed: CloudFront caches nothing where all headers count
 * @param cookies names; case counts
 * @param gzip whether the origin may answer with gzip; the same for {@code brotli}
 */
public record KeyParameters(Selection query, Selection headers, Selection cookies, boolean gzip, boolean brotli) {
    /** CloudFront's managed policy CachingOptimized: the path alone, and compression. */
    public static final KeyParameters PATH_ONLY =
            new KeyParameters(Selection.NONE, Selection.NONE, Selection.NONE, true, true);

    public KeyParameters {
        if (headers.kind() != Selection.Kind.NONE && headers.kind() != Selection.Kind.LISTED) {
            throw new IllegalArgumentException("The headers of a cache key are none or a list.");
        }
        headers = headers.map(name -> name.toLowerCase(Locale.ROOT));
    }

    /** The same with other parts of the query. */
    public KeyParameters query(Selection other) {
        return new KeyParameters(other, headers, cookies, gzip, brotli);
    }

    /** The same with other headers. */
    public KeyParameters headers(Selection other) {
        return new KeyParameters(query, other, cookies, gzip, brotli);
    }

    /** The same with other cookies. */
    public KeyParameters cookies(Selection other) {
        return new KeyParameters(query, headers, other, gzip, brotli);
    }

    /** The same with other compression. */
    public KeyParameters compression(boolean gzip, boolean brotli) {
        return new KeyParameters(query, headers, cookies, gzip, brotli);
    }
}
