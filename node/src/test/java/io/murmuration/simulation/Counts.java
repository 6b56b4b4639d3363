package io.murmuration.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How often what a run is to try has happened. A run without one of them proves nothing about it. */
final class Counts {
    enum Kind {
        ELECTIONS,
        SPLITS,
        ONE_WAY_SPLITS,
        CRASHES,
        PAUSES,
        COMMITS,
        WRITES,
        REFUSED_CONDITIONS,
        READS,
        UNKNOWN_OUTCOMES,
        SNAPSHOTS,
        BURIALS,
        LATE_COPIES,
        DAMAGES,
        CURES,
        TRANSFERS,
        FALSE_ALARMS
    }

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    void add(Kind kind) {
        counts.merge(kind, 1L, Long::sum);
    }

    void addAll(Counts others) {
        others.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
    }

    long of(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    boolean anyZero() {
        return counts.size() < Kind.values().length;
    }

    @Override
    public String toString() {
        return java.util.Arrays.stream(Kind.values())
                .map(kind -> kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " " + of(kind))
                .collect(Collectors.joining(", "));
    }
}
