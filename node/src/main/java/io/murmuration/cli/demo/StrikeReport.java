package io.murmuration.cli.demo;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One report of a bird strike.
 *
 * @param id flight date and a number, such as {@code 1998-02-24#2}; unique among those of its species, and in order of time
 * @param details all else, as attributes of the item; costs are numbers of dollars, the speed a number of knots
 */
record StrikeReport(String species, String id, Map<String, AttributeValue> details) {
    static final String AIRPORT = "airport";
    static final String ID = "report";
    static final String SPECIES = "species";
    static final String COST = "cost";

    private static final String RESOURCE = "/birdstrikes.csv.gz";
    private static final Map<String, String> TEXTS = Map.of(
            "Aircraft Make Model", "aircraft",
            "Effect Amount of damage", "damage",
            "Aircraft Airline Operator", "operator",
            "Origin State", "state",
            "Phase of flight", "phase",
            "Wildlife Size", "size",
            "Airport Name", AIRPORT,
            "Time of day", "timeOfDay");
    private static final Map<String, String> FIGURES = Map.of(
            "Cost Other", "costOther",
            "Cost Repair", "costRepair",
            "Cost Total $", COST,
            "Speed IAS in knots", "speed");

    /** All 10,000, in the order of the file. */
    static List<StrikeReport> readAll() {
        try (var resource = StrikeReport.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar");
            }
            var reader = new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8);
            var reports = new ArrayList<StrikeReport>();
            var seen = new HashMap<String, Integer>();
            var format = CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            for (var row : format.parse(reader)) {
                var number = seen.merge(row.get("Wildlife Species") + row.get("Flight Date"), 1, Integer::sum);
                reports.add(of(row, number));
            }
            return reports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StrikeReport of(CSVRecord row, int number) {
        var details = new LinkedHashMap<String, AttributeValue>();
        TEXTS.forEach((column, name) -> details.put(name, AttributeValue.fromS(row.get(column))));
        FIGURES.forEach((column, name) -> {
            if (!row.get(column).isBlank()) {
                details.put(name, AttributeValue.fromN(row.get(column)));
            }
        });
        return new StrikeReport(row.get("Wildlife Species"), row.get("Flight Date") + "#" + number, details);
    }

    Map<String, AttributeValue> item() {
        var item = new LinkedHashMap<>(key(species, id));
        item.putAll(details);
        return item;
    }

    /** A text of an item, empty if it is not there. */
    static String text(Map<String, AttributeValue> item, String name) {
        var value = item.get(name);
        return value == null ? "" : value.s();
    }

    /** A whole number of an item, 0 if it is not there. */
    static long number(Map<String, AttributeValue> item, String name) {
        var value = item.get(name);
        return value == null ? 0 : Long.parseLong(value.n());
    }

    static long cost(Map<String, AttributeValue> item) {
        return number(item, COST);
    }

    static Map<String, AttributeValue> key(String species, String id) {
        return Map.of(SPECIES, AttributeValue.fromS(species), ID, AttributeValue.fromS(id));
    }
}
