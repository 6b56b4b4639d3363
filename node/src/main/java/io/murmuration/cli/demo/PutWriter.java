package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Puts new reports at all airports in turn, each under a key of its own. */
final class PutWriter extends Writer {
    private static final int TRIES_MAX = 20;

    private final StrikeTable table;
    private final List<String> airports;
    private final String idPrefix;
    private final PutLedger ledger = new PutLedger();
    private int number;

    PutWriter(Clients clients, int endpoint, Clock clock, StrikeTable table, List<String> airports) {
        super(clients, endpoint, clock);
        this.table = table;
        this.airports = airports;
        this.idPrefix = "writer-" + endpoint + "#";
    }

    @Override
    void step() {
        number++;
        var airport = airports.get(number % airports.size());
        var id = idPrefix + number;
        var item = new LinkedHashMap<>(StrikeReport.key(airport, id));
        item.put(StrikeReport.SPECIES, AttributeValue.fromS("Starling"));
        item.put("number", AttributeValue.fromN(Integer.toString(number)));
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            if (put(item)) {
                ledger.acknowledged(airport + id);
                progressed();
                return;
            }
            tryNextEndpoint();
        }
        ledger.unknown(airport + id);
    }

    private boolean put(Map<String, AttributeValue> item) {
        try {
            client().putItem(request -> request.tableName(table.name()).item(item));
            return true;
        } catch (SdkException e) {
            return false; // whatever happened: putting the same item again is harmless
        }
    }

    @Override
    Tally check(DynamoDbClient client) {
        var found = new HashSet<String>();
        for (var airport : airports) {
            table.query(client, airport, idPrefix)
                    .forEach(item -> found.add(airport + StrikeReport.text(item, StrikeReport.ID)));
        }
        return ledger.against(found);
    }
}
