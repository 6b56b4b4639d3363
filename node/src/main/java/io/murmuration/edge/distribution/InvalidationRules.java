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

    /**
     * Those of distributions that are gone; and of what is done the oldest.
     *
     * @param keptMax of each distribution so many that are done are kept
     * @param bytesMax of all that are done so many bytes are kept: batches differ a thousandfold in size, and what is full of them takes no distribution
     */
    static List<Resource> superfluous(
            List<Resource> distributions, List<Resource> invalidations, int keptMax, long bytesMax) {
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
        var newestFirst = Comparator.comparingLong(Resource::revision).reversed();
        var kept = new ArrayList<Resource>();
        for (var each : done.values()) {
            each.sort(newestFirst);
            kept.addAll(each.subList(0, Math.min(each.size(), keptMax)));
            superfluous.addAll(each.subList(Math.min(each.size(), keptMax), each.size()));
        }
        kept.sort(newestFirst);
        long bytes = 0;
        for (var resource : kept) {
            bytes += resource.content().length;
            if (bytes > bytesMax) {
                superfluous.add(resource);
            }
        }
        return superfluous;
    }
}
