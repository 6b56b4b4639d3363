package io.murmuration.function;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a function's next instance is started. Pure. */
final class PlacementRules {
    /** So many instances more than the emptiest other place are started here: a call that stays on its node is faster. */
    static final int HERE_MORE_MAX = 4;

    private PlacementRules() {}

    /**
     * Here, until here are much more of them than elsewhere; else where there are fewest.
     *
     * @param places that may be given instances, this one first
     * @param instances of the function in each place; none if missing
     * @param full places that had no room lately
     * @return empty if there is no place with room
     */
    static Optional<String> next(List<String> places, Map<String, Long> instances, Set<String> full) {
        var open = places.stream().filter(place -> !full.contains(place)).toList();
        var emptiest = open.stream().min(Comparator.comparingLong(place -> instances.getOrDefault(place, 0L)));
        if (emptiest.isEmpty() || !open.getFirst().equals(places.getFirst())) {
            return emptiest;
        }
        var here = open.getFirst();
        long more = instances.getOrDefault(here, 0L) - instances.getOrDefault(emptiest.get(), 0L);
        return more < HERE_MORE_MAX ? Optional.of(here) : emptiest;
    }
}
