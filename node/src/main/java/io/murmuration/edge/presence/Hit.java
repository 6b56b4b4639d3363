package io.murmuration.edge.presence;

import io.murmuration.edge.caching.AnswerRules;
import io.murmuration.edge.caching.Freshness;

/**
 * A stored response that answers a request as it is: the way of most answers, and therefore without futures and copies.
 *
 * @param presence the id of the point of presence that holds it
 * @param uri of its key
 */
public record Hit(String presence, StoredResponse response, Freshness freshness, String uri) {
    /** What all viewers of it get alike: before {@code Age}, and {@code Cache-Status} without its time to live. */
    public AnswerRules.HitHead head() {
        return AnswerRules.hit(response.stored().head(), presence, uri);
    }
}
