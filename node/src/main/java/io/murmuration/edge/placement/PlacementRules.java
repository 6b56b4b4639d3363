package io.murmuration.edge.placement;

import io.murmuration.config.Geography;
import java.util.Optional;
import java.util.Set;

/** Which node a point of presence belongs on. */
final class PlacementRules {
    private PlacementRules() {}

    /**
     * The best of the nodes that are there, by their numbers; empty if none is, or there is no such point of presence.
     *
     * @param nodes how many the cluster has
     */
    static Optional<Integer> node(Geography geography, String presence, int nodes, Set<Integer> there) {
        return geography.presences().stream()
                .filter(each -> each.id().equals(presence))
                .findFirst()
                .flatMap(each -> geography.nodesFor(each.region(), nodes).stream()
                        .filter(there::contains)
                        .findFirst());
    }
}
