package io.murmuration.edge.presence;

import io.murmuration.edge.behaviour.Behaviour;
import io.murmuration.edge.behaviour.Behaviours;
import java.util.Map;

/**
 * A distribution as points of presence need it.
 *
 * @param id part of every cache key
 * @param origins by the ids that behaviours name
 */
public record Site(String id, Behaviours behaviours, Map<String, Origin> origins) {
    public Site {
        origins = Map.copyOf(origins);
    }

    Origin origin(Behaviour behaviour) {
        var origin = origins.get(behaviour.origin());
        if (origin == null) {
            throw new IllegalStateException(
                    "A behaviour names an origin that its distribution lacks: " + behaviour.origin());
        }
        return origin;
    }
}
