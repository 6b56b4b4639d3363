package io.murmuration.edge.presence;

import io.murmuration.base.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;

/**
 * The points of presence of this node, for any thread: viewers are answered by them without a message to anybody.
 *
 * <p>Invariants: a point of presence is in the list from before its first fetch until after its last answer; one that starts holds nothing.
 */
public final class Presences {
    private final Map<String, PointOfPresence> here = new ConcurrentHashMap<>();
    private final Map<String, PointOfPresence> stand = new ConcurrentHashMap<>();
    private final Collection<String> ids;
    private final CacheLimits limits;
    private final Clock clock;
    private final Materializer materializer;

    /** @param ids of all that there are in the cluster */
    public Presences(Collection<String> ids, CacheLimits limits, Clock clock, Materializer materializer) {
        this.ids = List.copyOf(ids);
        this.limits = limits;
        this.clock = clock;
        this.materializer = materializer;
    }

    /** Null if it is elsewhere, or nowhere just now. */
    public @Nullable PointOfPresence here(String id) {
        return here.get(id);
    }

    /** Whether there is one of this id in the cluster. */
    public boolean exists(String id) {
        return ids.contains(id);
    }

    /**
     * Stands in for one that cannot be reached: it keeps nothing, but those who ask for the same at once still share one fetch.
     *
     * @throws IllegalArgumentException if there is none of this id in the cluster
     */
    public PointOfPresence standIn(String id) {
        if (!exists(id)) {
            throw new IllegalArgumentException("There is no point of presence " + id);
        }
        return stand.computeIfAbsent(
                id, same -> PointOfPresence.create(same, limits.keepingNothing(), clock, materializer));
    }

    /** One that is placed here, empty. */
    public PointOfPresence open(String id) {
        var opened = PointOfPresence.create(id, limits, clock, materializer);
        here.put(id, opened);
        return opened;
    }

    /** It is placed elsewhere from now on; what it answers just now it still does. */
    public void close(PointOfPresence closed) {
        here.remove(closed.id(), closed);
    }

    /** Makes all on this node forget, and keep nothing of it that they are fetching. */
    public void invalidate(String site, InvalidationPath path) {
        Stream.concat(here.values().stream(), stand.values().stream())
                .forEach(presence -> presence.invalidate(site, path));
    }

    /** Ids of those that are here. */
    public List<String> ids() {
        return here.keySet().stream().sorted().toList();
    }
}
