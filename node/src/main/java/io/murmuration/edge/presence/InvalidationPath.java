package io.murmuration.edge.presence;

import io.murmuration.edge.behaviour.CacheKey;
import io.murmuration.edge.behaviour.PathForm;

/**
 * What an invalidation names, as CloudFront has it: a path, with the part of the query that is in the key, in whatever headers and cookies; a star at
 * its end stands for anything. Case counts, but not how a path is escaped; the leading slash may be left out.
 */
public record InvalidationPath(String text) {
    private static final int LENGTH_MAX = 4000;

    public InvalidationPath {
        var star = text.indexOf('*');
        if (text.isEmpty() || text.length() > LENGTH_MAX || (star >= 0 && star < text.length() - 1)) {
            throw new IllegalArgumentException("Your request contains one or more invalid invalidation paths.");
        }
        text = text.startsWith("/") ? text : "/" + text;
    }

    /** The first key that it can mean. */
    CacheKey from(String distribution) {
        return new CacheKey(distribution, prefix(), "");
    }

    /** The first key behind all that it can mean. */
    CacheKey to(String distribution) {
        return new CacheKey(distribution, prefix() + (wildcard() ? Character.MAX_VALUE : Character.MIN_VALUE), "");
    }

    private boolean wildcard() {
        return text.endsWith("*");
    }

    /** In the form that keys have. A query is compared as it is written, for so its origin gets it. */
    private String prefix() {
        var said = wildcard() ? text.substring(0, text.length() - 1) : text;
        int query = said.indexOf('?');
        if (query < 0) {
            return wildcard() ? PathForm.beginning(said) : PathForm.whole(said);
        }
        return PathForm.whole(said.substring(0, query)) + said.substring(query);
    }
}
