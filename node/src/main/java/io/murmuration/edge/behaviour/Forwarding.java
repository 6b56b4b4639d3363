package io.murmuration.edge.behaviour;

import java.util.Locale;

/**
 * What of a request its origin sees besides what is in the cache key.
 *
 * @param query names of the query string; case counts
 * @param headers names; case does not count
 * @param cookies names; case counts
 */
public record Forwarding(Selection query, Selection headers, Selection cookies) {
    public static final Forwarding NONE = headers(Selection.NONE);

    public Forwarding {
        headers = headers.map(name -> name.toLowerCase(Locale.ROOT));
    }

    /** Headers alone. */
    public static Forwarding headers(Selection headers) {
        return new Forwarding(Selection.NONE, headers, Selection.NONE);
    }
}
