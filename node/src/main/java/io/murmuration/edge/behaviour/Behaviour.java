package io.murmuration.edge.behaviour;

import io.murmuration.edge.caching.CachePolicy;
import java.util.Locale;

/**
 * How a distribution answers what falls under a path pattern.
 *
 * @param origin the id of the origin that it asks
 * @param forwarded headers that the origin sees and that are not in the key: what depends on them its {@code Vary} has to say
 */
public record Behaviour(
        PathPattern pattern, String origin, KeyParameters key, Selection forwarded, CachePolicy policy) {
    public Behaviour {
        var keyed = key.headers().takes("authorization");
        forwarded = forwarded.map(name -> name.toLowerCase(Locale.ROOT));
        policy = policy.requests(policy.requestDirectives(), keyed);
    }
}
