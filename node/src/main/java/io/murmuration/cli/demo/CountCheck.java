package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import io.murmuration.cli.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Holds the counts, which a function keeps, against the table that they count. */
final class CountCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(80);
    private static final Duration GLANCE = Duration.ofMillis(250);
    private static final String STRIKES = "strikes";

    private final Clients clients;
    private final StrikeTable table;
    private final String counts;
    private final Clock clock;

    /** @param counts name of the table with them */
    CountCheck(Clients clients, StrikeTable table, String counts, Clock clock) {
        this.clients = clients;
        this.table = table;
        this.counts = counts;
        this.clock = clock;
    }

    /** Waits until as many are counted, or for as long as it has patience, and says how it then stands. While nobody writes. */
    Tally await() {
        var there = table.bySpecies(clients.at(0));
        Deadline.after(clock, PATIENCE).await(() -> {
            Deadline.pause(GLANCE);
            return compare(there, counted()).lost() == 0;
        });
        return compare(there, counted());
    }

    /** Counts those that are counted too little as lost, and those too much as done twice. */
    static Tally compare(Map<String, Long> there, Map<String, Long> counted) {
        long rows = 0;
        long lost = 0;
        long found = 0;
        for (var species : there.entrySet()) {
            long count = counted.getOrDefault(species.getKey(), 0L);
            rows += species.getValue();
            lost += Math.max(0, species.getValue() - count);
            found += Math.min(species.getValue(), count);
        }
        long all = counted.values().stream().mapToLong(Long::longValue).sum();
        return new Tally(rows, rows, 0, found, lost, Math.max(0, all - found));
    }

    private Map<String, Long> counted() {
        var counted = new HashMap<String, Long>();
        clients.at(0)
                .scanPaginator(request -> request.tableName(counts).consistentRead(true))
                .items()
                .forEach(item ->
                        counted.put(StrikeReport.text(item, StrikeReport.SPECIES), StrikeReport.number(item, STRIKES)));
        return counted;
    }
}
