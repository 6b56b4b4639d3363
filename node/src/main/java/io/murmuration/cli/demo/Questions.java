package io.murmuration.cli.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What one may want to know of the reports. */
final class Questions {
    private static final String SPECIES = "Canada goose";
    private static final String YEAR = "2001";
    private static final int SEGMENTS = 4;
    private static final int COSTLIEST_SHOWN = 3;

    private final Clients clients;
    private final StrikeTable table;
    private final Consumer<String> tell;

    Questions(Clients clients, StrikeTable table, Consumer<String> tell) {
        this.clients = clients;
        this.table = table;
        this.tell = tell;
    }

    void ask() {
        var strikes = table.query(clients.at(1), SPECIES, YEAR);
        tell.accept("Query: " + strikes.size() + " strikes of the species " + SPECIES + " in " + YEAR
                + "; most often at " + mostFrequent(strikes) + ".");

        var costly =
                Demo.inParallel(SEGMENTS, segment -> table.scanCostly(clients.at(segment), segment, SEGMENTS)).stream()
                        .flatMap(List::stream)
                        .toList();
        tell.accept(String.format(
                Locale.ROOT,
                "Scan in %d segments: %,d strikes cost something, $%,d together. The costliest:",
                SEGMENTS,
                costly.size(),
                costly.stream().mapToLong(StrikeReport::cost).sum()));
        costly.stream()
                .sorted(Comparator.comparingLong(StrikeReport::cost).reversed())
                .limit(COSTLIEST_SHOWN)
                .forEach(item -> tell.accept(String.format(
                        Locale.ROOT,
                        "  $%,d  %s, %s, %s",
                        StrikeReport.cost(item),
                        StrikeReport.text(item, StrikeReport.AIRPORT),
                        StrikeReport.text(item, StrikeReport.ID).substring(0, 10),
                        StrikeReport.text(item, StrikeReport.SPECIES))));
    }

    private static String mostFrequent(List<Map<String, AttributeValue>> strikes) {
        return strikes.stream()
                .collect(groupingBy(item -> StrikeReport.text(item, StrikeReport.AIRPORT), counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(2)
                .map(airport -> airport.getKey() + " (" + airport.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
