package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import io.murmuration.cli.demo.site.SiteTables;
import java.net.URI;
import java.util.List;

/** A little of everything that clients do, so that a recorded start knows the way of a request too. */
public final class Exercise {
    private static final int ROUNDS = 50;

    private Exercise() {}

    /** Makes a table at this endpoint, writes and reads, and removes the table. */
    public static void run(URI endpoint) {
        try (var clients = new Clients(List.of(endpoint))) {
            var client = clients.at(0);
            var table = new StrikeTable("strikes");
            new SiteTables(client).createStrikes(table.name());
            var reports = StrikeReport.readAll().subList(0, ROUNDS * StrikeTable.BATCH_MAX);
            for (int from = 0; from < reports.size(); from += StrikeTable.BATCH_MAX) {
                table.write(client, reports.subList(from, from + StrikeTable.BATCH_MAX));
            }
            var species = List.of(reports.getFirst().species());
            table.query(client, species.getFirst(), "1990");
            table.scanCostly(client, 0, 2);
            for (var writer : List.of(
                    new PutWriter(clients, 0, Clock.system(), table, species),
                    new RevisionWriter(clients, 0, Clock.system(), table, species.getFirst()),
                    new CounterWriter(clients, 0, Clock.system(), table, species.getFirst()))) {
                for (int round = 0; round < ROUNDS; round++) {
                    writer.step();
                }
                writer.check();
            }
            client.deleteTable(request -> request.tableName(table.name()));
        }
    }
}
