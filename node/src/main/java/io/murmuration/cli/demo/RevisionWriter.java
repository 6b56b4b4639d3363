package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Raises the revision of one report, each time on condition that it is what it was left as. */
final class RevisionWriter extends Writer {
    private static final String REVISION = "revision";
    private static final int TRIES_MAX = 20;

    private final StrikeTable table;
    private final Map<String, AttributeValue> key;
    private final RevisionLedger ledger = new RevisionLedger();

    RevisionWriter(Clients clients, int endpoint, Clock clock, StrikeTable table, String species) {
        super(clients, endpoint, clock);
        this.table = table;
        this.key = StrikeReport.key(species, "revised-" + endpoint);
    }

    @Override
    void step() {
        ledger.begun();
        var before = ledger.known();
        try {
            client().updateItem(request -> request.tableName(table.name())
                    .key(key)
                    .updateExpression("SET " + REVISION + " = :after")
                    .conditionExpression(
                            before == 0 ? "attribute_not_exists(" + REVISION + ")" : REVISION + " = :before")
                    .expressionAttributeValues(
                            before == 0
                                    ? Map.of(":after", number(1))
                                    : Map.of(":before", number(before), ":after", number(before + 1))));
            ledger.acknowledged();
            progressed();
        } catch (SdkException e) {
            clearUp();
        }
    }

    /** Reads what became of the update, from whichever node answers; if none does, the next start of the loop tries again. */
    private void clearUp() {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            tryNextEndpoint();
            if (readAgain()) {
                return;
            }
        }
    }

    private boolean readAgain() {
        try {
            ledger.read(read(client()));
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    private long read(DynamoDbClient client) {
        var item = client.getItem(
                        request -> request.tableName(table.name()).key(key).consistentRead(true))
                .item();
        return StrikeReport.number(item, REVISION);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    @Override
    Tally check() {
        return ledger.against(read(client()));
    }
}
