package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Puts new reports of all species in turn, each under a key of its own. */
final class PutWriter extends IdWriter {
    private final StrikeTable table;
    private final List<String> species;
    private final String idPrefix;

    PutWriter(Clients clients, int endpoint, Clock clock, StrikeTable table, List<String> species) {
        super(clients, endpoint, clock, Duration.ZERO);
        this.table = table;
        this.species = species;
        this.idPrefix = "writer-" + endpoint + "#";
    }

    @Override
    String id(int number) {
        return kind(number) + idPrefix + number;
    }

    private String kind(int number) {
        return species.get(number % species.size());
    }

    @Override
    boolean attempt(int number) {
        var item = new LinkedHashMap<>(StrikeReport.key(kind(number), idPrefix + number));
        item.put("number", AttributeValue.fromN(Integer.toString(number)));
        try {
            client().putItem(request -> request.tableName(table.name()).item(item));
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    @Override
    Tally check() {
        var found = new HashSet<String>();
        for (var kind : species) {
            table.query(client(), kind, idPrefix)
                    .forEach(item -> found.add(kind + StrikeReport.text(item, StrikeReport.ID)));
        }
        return ledger().against(found);
    }
}
