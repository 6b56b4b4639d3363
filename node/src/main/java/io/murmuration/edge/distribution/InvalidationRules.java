package io.murmuration.edge.distribution;

import io.murmuration.catalogue.Resources.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Which invalidations need not be kept. */
final class InvalidationRules {
    private InvalidationRules() {}

    /** Those of distributions that are gone; and of each distribution the oldest that are done, beyond so many. */
    static List<Resource> superfluous(List<Resource> distributions, List<Resource> invalidations, int keptMax) {
        var sites = distributions.stream()
                .map(each -> Sites.siteId(each.name(), each.id()))
                .collect(Collectors.toUnmodifiableSet());
        var superfluous = new ArrayList<Resource>();
        var done = new HashMap<String, List<Resource>>();
        for (var resource : invalidations) {
            var stored = StoredInvalidation.decode(resource.content());
            if (!sites.contains(stored.site())) {
                superfluous.add(resource);
            } else if (stored.shown().completed()) {
                done.computeIfAbsent(stored.site(), site -> new ArrayList<>()).add(resource);
            }
        }
        // A revision is given when an invalidation is noted as done, and grows.
        for (var each : done.values()) {
            each.sort(Comparator.comparingLong(Resource::revision));
            superfluous.addAll(each.subList(0, Math.max(0, each.size() - keptMax)));
        }
        return superfluous;
    }
}
