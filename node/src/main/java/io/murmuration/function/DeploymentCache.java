package io.murmuration.function;

import io.murmuration.catalogue.Resources.Resource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Functions as the catalogue's bytes describe them, decoded once for each revision. Any thread; bounded by {@link #ENTRIES_MAX}. */
final class DeploymentCache {
    private static final int ENTRIES_MAX = 10_000;

    private final Map<String, Decoded> byName = new ConcurrentHashMap<>();

    private record Decoded(long revision, Deployment deployment) {}

    Deployment get(Resource resource) {
        var known = byName.get(resource.name());
        if (known != null && known.revision() == resource.revision()) {
            return known.deployment();
        }
        if (byName.size() >= ENTRIES_MAX) {
            byName.clear(); // those of functions that are gone
        }
        var deployment = FunctionRecordCodec.decode(resource.content());
        byName.put(resource.name(), new Decoded(resource.revision(), deployment));
        return deployment;
    }
}
