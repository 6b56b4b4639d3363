package io.murmuration.catalogue;

import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All resources. Immutable.
 *
 * @param bytes of their names and contents
 */
record ResourceState(Map<Kind, NavigableMap<String, Resource>> byKind, long bytes) {
    static final ResourceState EMPTY = new ResourceState(Map.of(), 0);

    static ResourceState of(List<Resource> resources) {
        var byKind = new EnumMap<Kind, NavigableMap<String, Resource>>(Kind.class);
        var bytes = 0L;
        for (var resource : resources) {
            byKind.computeIfAbsent(resource.kind(), kind -> new TreeMap<>()).put(resource.name(), resource);
            bytes += bytesOf(resource);
        }
        return new ResourceState(Collections.unmodifiableMap(byKind), bytes);
    }

    @Nullable
    Resource find(Kind kind, String name) {
        return names(kind).get(name);
    }

    List<Resource> list(Kind kind, @Nullable String after, int limit) {
        var names = names(kind);
        var found = new ArrayList<Resource>();
        for (var resource : (after == null ? names : names.tailMap(after, false)).values()) {
            if (found.size() == limit) {
                break;
            }
            found.add(resource);
        }
        return found;
    }

    ResourceState with(Resource resource) {
        var now = find(resource.kind(), resource.name());
        var names = new TreeMap<>(names(resource.kind()));
        names.put(resource.name(), resource);
        return replaced(resource.kind(), names, bytes + bytesOf(resource) - (now == null ? 0 : bytesOf(now)));
    }

    ResourceState without(Resource resource) {
        var names = new TreeMap<>(names(resource.kind()));
        names.remove(resource.name());
        return replaced(resource.kind(), names, bytes - bytesOf(resource));
    }

    private ResourceState replaced(Kind kind, NavigableMap<String, Resource> names, long newBytes) {
        var next = new EnumMap<Kind, NavigableMap<String, Resource>>(Kind.class);
        next.putAll(byKind);
        next.put(kind, names);
        return new ResourceState(Collections.unmodifiableMap(next), newBytes);
    }

    private NavigableMap<String, Resource> names(Kind kind) {
        return byKind.getOrDefault(kind, Collections.emptyNavigableMap());
    }

    private static long bytesOf(Resource resource) {
        return resource.name().getBytes(StandardCharsets.UTF_8).length + (long) resource.content().length;
    }
}
