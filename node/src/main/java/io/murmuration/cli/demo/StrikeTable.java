package io.murmuration.cli.demo;

import static io.murmuration.cli.demo.StrikeReport.AIRPORT;
import static io.murmuration.cli.demo.StrikeReport.COST;
import static io.murmuration.cli.demo.StrikeReport.ID;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The table of the reports, as the SDK sees it. */
record StrikeTable(String name) {
    static final int BATCH_MAX = 25;
    private static final String NAME = "bird-strikes";

    /** Makes a table under a name that is still free: {@code bird-strikes}, {@code bird-strikes-2} and so on. */
    static StrikeTable create(DynamoDbClient client) {
        var taken = client.listTablesPaginator().tableNames().stream().collect(Collectors.toSet());
        var table = new StrikeTable(freeName(taken));
        client.createTable(request -> request.tableName(table.name())
                .attributeDefinitions(attribute(AIRPORT), attribute(ID))
                .keySchema(key(AIRPORT, KeyType.HASH), key(ID, KeyType.RANGE))
                .billingMode(BillingMode.PAY_PER_REQUEST));
        client.waiter().waitUntilTableExists(request -> request.tableName(table.name()));
        return table;
    }

    static String freeName(Set<String> taken) {
        return Stream.concat(
                        Stream.of(NAME),
                        IntStream.iterate(2, number -> number + 1).mapToObj(number -> NAME + "-" + number))
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    /** Writes up to {@value #BATCH_MAX} reports, repeating those that the service gave back. */
    void write(DynamoDbClient client, List<StrikeReport> batch) {
        var puts = batch.stream()
                .map(report -> WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(report.item()).build())
                        .build())
                .toList();
        Map<String, List<WriteRequest>> left = Map.of(name, puts);
        while (!left.isEmpty()) {
            var items = left;
            left = client.batchWriteItem(request -> request.requestItems(items)).unprocessedItems();
        }
    }

    /** Reports of an airport whose ids begin so, for instance with a year; as of now, not of a moment ago. */
    List<Map<String, AttributeValue>> query(DynamoDbClient client, String airport, String idPrefix) {
        var request = QueryRequest.builder()
                .tableName(name)
                .consistentRead(true)
                .keyConditionExpression(AIRPORT + " = :airport AND begins_with(" + ID + ", :prefix)")
                .expressionAttributeValues(
                        Map.of(":airport", AttributeValue.fromS(airport), ":prefix", AttributeValue.fromS(idPrefix)))
                .build();
        return client.queryPaginator(request).items().stream().toList();
    }

    /** One segment of a scan for the reports that cost something: airport, id, species and cost. */
    List<Map<String, AttributeValue>> scanCostly(DynamoDbClient client, int segment, int segments) {
        var request = ScanRequest.builder()
                .tableName(name)
                .segment(segment)
                .totalSegments(segments)
                .filterExpression(COST + " > :nothing")
                .projectionExpression(String.join(", ", AIRPORT, ID, StrikeReport.SPECIES, COST))
                .expressionAttributeValues(Map.of(":nothing", AttributeValue.fromN("0")))
                .build();
        return client.scanPaginator(request).items().stream().toList();
    }
}
