package io.murmuration.trigger;

import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The mappings that this node's catalogue shows, each decoded once. Any thread. */
final class MappingDirectory {
    private final Resources resources;
    private volatile Map<String, Mapping> decoded = Map.of();

    MappingDirectory(Resources resources) {
        this.resources = resources;
    }

    /** All, in the order of their ids. */
    List<Mapping> all() {
        var before = decoded;
        var now = new HashMap<String, Mapping>();
        var mappings = new ArrayList<Mapping>();
        for (var resource : resources.list(Kind.EVENT_SOURCE, null, Integer.MAX_VALUE)) {
            var known = before.get(resource.name());
            var mapping =
                    known != null && known.revision() == resource.revision() ? known : MappingCodec.read(resource);
            now.put(resource.name(), mapping);
            mappings.add(mapping);
        }
        decoded = now;
        return mappings;
    }

    Optional<Mapping> find(UUID id) {
        return resources.find(Kind.EVENT_SOURCE, id.toString()).map(this::mapping);
    }

    private Mapping mapping(Resource resource) {
        return MappingCodec.read(resource);
    }
}
