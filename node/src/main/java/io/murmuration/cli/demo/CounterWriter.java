package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import java.net.ConnectException;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Adds one to a counter, again and again, and never repeats an addition of which it does not know that it was not done. */
final class CounterWriter extends Writer {
    private static final String COUNT = "count";
    private static final int UNAVAILABLE = 503;

    private final StrikeTable table;
    private final Map<String, AttributeValue> key;
    private final CounterLedger ledger = new CounterLedger();

    CounterWriter(Clients clients, int endpoint, Clock clock, StrikeTable table, String species) {
        super(clients, endpoint, clock);
        this.table = table;
        this.key = StrikeReport.key(species, "counter-" + endpoint);
    }

    @Override
    void step() {
        try {
            onceClient().updateItem(request -> request.tableName(table.name())
                    .key(key)
                    .updateExpression("ADD #count :one")
                    .expressionAttributeNames(Map.of("#count", COUNT))
                    .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
            ledger.acknowledged();
            progressed();
        } catch (SdkException e) {
            if (isSurelyNotDone(e)) {
                ledger.notDone();
            } else {
                ledger.unknown();
            }
            tryNextEndpoint();
        }
    }

    /** Refused by a node that says so, or never sent because nobody listens. */
    static boolean isSurelyNotDone(SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            return answer.statusCode() == UNAVAILABLE || answer.statusCode() / 100 == 4;
        }
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof ConnectException);
    }

    @Override
    Tally check() {
        var item = client().getItem(
                        request -> request.tableName(table.name()).key(key).consistentRead(true))
                .item();
        return ledger.against(StrikeReport.number(item, COUNT));
    }
}
