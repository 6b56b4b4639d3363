package io.murmuration.cli.demo.functions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Called by the gateway: takes a report of a strike, and tells the counts and the photos. */
public final class SiteApi {
    /** A caller waits: it rather hears soon that it has to try again. */
    private static final int ATTEMPTS = 4;

    private final Tables tables = new Tables(ATTEMPTS);

    /** Called by the runtime, with payload format 2.0. */
    public Map<String, Object> handle(Map<String, Object> event) {
        try {
            return switch (Json.text(event, "routeKey")) {
                case "POST /strikes" -> report(event);
                case "GET /counts" -> counts();
                case "GET /gallery" -> gallery();
                default -> answer(404, Map.of("message", "There is nothing here."));
            };
        } catch (TableRefusedException refused) {
            System.out.println(refused.getMessage());
            return answer(503, Map.of("message", "It is not known whether that was done; try it again."));
        }
    }

    private Map<String, Object> report(Map<String, Object> event) {
        Map<String, Object> report;
        try {
            report = ReportRules.report(
                    Json.object(body(event)), Json.text(Json.object(event, "requestContext"), "requestId"));
        } catch (IOException | IllegalArgumentException unusable) {
            return answer(400, Map.of("message", "A report is JSON with a species, an airport and a date."));
        }
        var item = new LinkedHashMap<String, Object>();
        report.forEach((name, value) -> item.put(name, Tables.text(value.toString())));
        tables.call("PutItem", Map.of("TableName", Environment.variable("STRIKES"), "Item", item));
        return answer(201, report);
    }

    private static String body(Map<String, Object> event) {
        var body = Json.text(event, "body");
        return Boolean.TRUE.equals(event.get("isBase64Encoded"))
                ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8)
                : body;
    }

    private Map<String, Object> counts() {
        var species = new ArrayList<Map<String, Object>>();
        long total = 0;
        for (var item : scan("COUNTS")) {
            long strikes = Long.parseLong(Tables.value(item, "strikes"));
            total += strikes;
            species.add(Map.of("species", Tables.value(item, "species"), "strikes", strikes));
        }
        species.sort(Comparator.comparingLong(
                        (Map<String, Object> each) -> each.get("strikes") instanceof Long count ? -count : 0)
                .thenComparing(each -> Json.text(each, "species")));
        return answer(200, Map.of("total", total, "species", species));
    }

    private Map<String, Object> gallery() {
        var photos = new ArrayList<Map<String, Object>>();
        for (var item : scan("PHOTOS")) {
            photos.add(Map.of(
                    "photo", Tables.value(item, "photo"),
                    "species", Tables.value(item, "species"),
                    "bytes", Long.parseLong(Tables.value(item, "bytes"))));
        }
        photos.sort(Comparator.comparing(each -> Json.text(each, "photo")));
        return answer(200, Map.of("photos", photos));
    }

    /** All of a table that is small. */
    private List<Map<String, Object>> scan(String table) {
        var items = new ArrayList<Map<String, Object>>();
        var request = new LinkedHashMap<String, Object>();
        request.put("TableName", Environment.variable(table));
        request.put("ConsistentRead", true);
        Map<String, Object> from;
        do {
            var page = tables.call("Scan", request);
            items.addAll(Json.objects(page, "Items"));
            from = Json.object(page, "LastEvaluatedKey");
            request.put("ExclusiveStartKey", from);
        } while (!from.isEmpty());
        return items;
    }

    private static Map<String, Object> answer(int status, Map<String, Object> body) {
        return Map.of(
                "statusCode",
                status,
                "headers",
                Map.of("content-type", "application/json", "cache-control", "no-store"),
                "body",
                Json.write(body));
    }
}
