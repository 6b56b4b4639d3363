package io.murmuration.cli.demo;

import static io.murmuration.cli.demo.StrikeReport.AIRPORT;
import static io.murmuration.cli.demo.StrikeReport.COST;
import static io.murmuration.cli.demo.StrikeReport.ID;
import static io.murmuration.cli.demo.StrikeReport.SPECIES;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The table of the reports, as the SDK sees it. */
record StrikeTable(String name) {
    static final int BATCH_MAX = 25;

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

    /** Reports of a species whose ids begin so, for instance with a year; as of now, not of a moment ago. */
    List<Map<String, AttributeValue>> query(DynamoDbClient client, String species, String idPrefix) {
        var request = QueryRequest.builder()
                .tableName(name)
                .consistentRead(true)
                .keyConditionExpression(SPECIES + " = :species AND begins_with(" + ID + ", :prefix)")
                .expressionAttributeValues(
                        Map.of(":species", AttributeValue.fromS(species), ":prefix", AttributeValue.fromS(idPrefix)))
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
                .projectionExpression(String.join(", ", AIRPORT, ID, SPECIES, COST))
                .expressionAttributeValues(Map.of(":nothing", AttributeValue.fromN("0")))
                .build();
        return client.scanPaginator(request).items().stream().toList();
    }

    /** How many reports there are of each species, as of now. */
    Map<String, Long> bySpecies(DynamoDbClient client) {
        var request = ScanRequest.builder()
                .tableName(name)
                .consistentRead(true)
                .projectionExpression(SPECIES)
                .build();
        return client.scanPaginator(request).items().stream()
                .collect(groupingBy(item -> StrikeReport.text(item, SPECIES), counting()));
    }
}
