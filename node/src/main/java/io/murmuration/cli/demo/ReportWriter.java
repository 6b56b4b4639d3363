package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import io.murmuration.cli.demo.site.Site;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** Reports strikes through the gateway, as the page does: a function takes each and writes it to the table. */
final class ReportWriter extends IdWriter {
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(4);
    private static final int CREATED = 201;
    private static final String DATE = "2002-08-01";

    private final HttpClient http;
    private final Site site;
    private final StrikeTable table;
    private final List<String> species;

    ReportWriter(Clients clients, int endpoint, Clock clock, HttpClient http, Site site, List<String> species) {
        super(clients, endpoint, clock, Duration.ZERO);
        this.http = http;
        this.site = site;
        this.table = new StrikeTable(site.names().strikes());
        this.species = species;
    }

    @Override
    String id(int number) {
        return kind(number) + DATE + "#" + own(number);
    }

    private String kind(int number) {
        return species.get(number % species.size());
    }

    private static String own(int number) {
        return "gateway-" + number;
    }

    @Override
    boolean attempt(int number) {
        var report = "{\"species\":\"" + kind(number) + "\",\"airport\":\"By gateway\",\"date\":\"" + DATE
                + "\",\"report\":\"" + own(number) + "\"}";
        var request = HttpRequest.newBuilder(site.api(clients().endpoint(endpoint()), "/strikes"))
                .timeout(ANSWER_PATIENCE)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(report))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).statusCode() == CREATED;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    Tally check() {
        var found = new HashSet<String>();
        for (var kind : species) {
            table.query(client(), kind, DATE + "#gateway-")
                    .forEach(item -> found.add(kind + StrikeReport.text(item, StrikeReport.ID)));
        }
        return ledger().against(found);
    }
}
