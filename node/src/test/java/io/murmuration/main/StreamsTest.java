package io.murmuration.main;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.MostlyWaits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Change streams of whole nodes under the unmodified SDK. */
@Timeout(180)
@MostlyWaits
class StreamsTest {
    private static final String BIRDS = "birds";
    private static final int CHANGES = 180;

    private final Path folder;

    StreamsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void every_change_is_told_once_and_in_order_whichever_node_goes_and_after_a_restart() throws IOException {
        try (var cluster = new TestCluster(folder, 3)) {
            var table = create(cluster, BIRDS, StreamViewType.NEW_AND_OLD_IMAGES);
            write(cluster, 1, 0);
            cluster.stop(2);
            write(cluster, 3, 1);
            cluster.start(2);
            write(cluster, 2, 2);

            for (var node = 1; node <= 3; node++) {
                check(all(cluster, node, table.latestStreamArn(), CHANGES));
            }
            for (var node = 1; node <= 3; node++) {
                cluster.stop(node);
            }
            cluster.start(1, 2, 3);
            check(all(cluster, 2, table.latestStreamArn(), CHANGES));
        }
    }

    /** Each bird is put, put again and removed in each round, with its number of changes in "n". */
    private static void write(TestCluster cluster, int node, int round) {
        try (var client = cluster.client(node)) {
            for (var bird = 0; bird < 20; bird++) {
                var name = "bird-" + bird;
                var first = 3 * round;
                client.putItem(r -> r.tableName(BIRDS).item(bird(name, first)));
                client.updateItem(r -> r.tableName(BIRDS)
                        .key(Map.of("name", AttributeValue.fromS(name)))
                        .updateExpression("SET n = :n")
                        .expressionAttributeValues(Map.of(":n", number(first + 1))));
                client.deleteItem(r -> r.tableName(BIRDS).key(Map.of("name", AttributeValue.fromS(name))));
            }
        }
    }

    /** A replica may be a moment behind what was acknowledged; what it tells is never wrong, and in the end it is all. */
    private static List<Record> all(TestCluster cluster, int node, String arn, int count) {
        while (true) {
            var all = all(cluster, node, arn);
            if (all.size() >= count) {
                return all;
            }
        }
    }

    private static void check(List<Record> records) {
        var ids = new HashSet<String>();
        var seen = new HashMap<String, Integer>();
        for (var each : records) {
            assertThat(ids.add(each.eventID())).as("told once").isTrue();
            var name = requireNonNull(each.dynamodb().keys().get("name")).s();
            var change = seen.merge(name, 1, Integer::sum) - 1;
            var round = change / 3;
            switch (change % 3) {
                case 0 -> {
                    assertThat(each.eventName()).isEqualTo(OperationType.INSERT);
                    assertThat(each.dynamodb().newImage()).isEqualTo(bird(name, 3 * round));
                    assertThat(each.dynamodb().hasOldImage()).isFalse();
                }
                case 1 -> {
                    assertThat(each.eventName()).isEqualTo(OperationType.MODIFY);
                    assertThat(each.dynamodb().oldImage()).isEqualTo(bird(name, 3 * round));
                    assertThat(each.dynamodb().newImage()).isEqualTo(bird(name, 3 * round + 1));
                }
                default -> {
                    assertThat(each.eventName()).isEqualTo(OperationType.REMOVE);
                    assertThat(each.dynamodb().oldImage()).isEqualTo(bird(name, 3 * round + 1));
                    assertThat(each.dynamodb().hasNewImage()).isFalse();
                }
            }
            assertThat(each.awsRegion()).isEqualTo("us-east-1");
            assertThat(each.eventSource()).isEqualTo("aws:dynamodb");
            assertThat(each.dynamodb().streamViewType()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
        }
        assertThat(seen).hasSize(20).allSatisfy((name, changes) -> assertThat(changes)
                .isEqualTo(9));
    }

    @ParameterizedTest
    @EnumSource(value = StreamViewType.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN_TO_SDK_VERSION")
    void a_record_shows_what_the_view_type_says(StreamViewType view) throws IOException {
        try (var cluster = new TestCluster(folder, 1);
                var client = cluster.client(1)) {
            var arn = create(cluster, BIRDS, view).latestStreamArn();
            client.putItem(r -> r.tableName(BIRDS).item(bird("owl", 1)));
            client.putItem(r -> r.tableName(BIRDS).item(bird("owl", 2)));
            client.deleteItem(r -> r.tableName(BIRDS).key(Map.of("name", AttributeValue.fromS("owl"))));

            var records = all(cluster, 1, arn);

            boolean isNew = view == StreamViewType.NEW_IMAGE || view == StreamViewType.NEW_AND_OLD_IMAGES;
            boolean isOld = view == StreamViewType.OLD_IMAGE || view == StreamViewType.NEW_AND_OLD_IMAGES;
            var none = Map.<String, AttributeValue>of();
            assertThat(records)
                    .extracting(Record::eventName)
                    .containsExactly(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE);
            assertThat(records).extracting(r -> r.dynamodb().streamViewType()).containsOnly(view);
            assertThat(records)
                    .extracting(r -> r.dynamodb().keys())
                    .containsOnly(Map.of("name", AttributeValue.fromS("owl")));
            assertThat(records)
                    .extracting(r -> r.dynamodb().newImage())
                    .containsExactly(isNew ? bird("owl", 1) : none, isNew ? bird("owl", 2) : none, none);
            assertThat(records)
                    .extracting(r -> r.dynamodb().oldImage())
                    .containsExactly(none, isOld ? bird("owl", 1) : none, isOld ? bird("owl", 2) : none);
        }
    }

    @Test
    void streams_are_described_listed_and_read_from_anywhere() throws IOException {
        try (var cluster = new TestCluster(folder, 1);
                var client = cluster.client(1);
                var streams = cluster.streamsClient(1)) {
            var table = create(cluster, BIRDS, StreamViewType.KEYS_ONLY);
            create(cluster, "trees", StreamViewType.NEW_IMAGE);
            client.createTable(table("stones").build());
            var arn = table.latestStreamArn();

            assertThat(table.streamSpecification().streamEnabled()).isTrue();
            assertThat(arn).isEqualTo(table.tableArn() + "/stream/" + table.latestStreamLabel());
            assertThat(client.describeTable(r -> r.tableName("stones")).table().latestStreamArn())
                    .isNull();
            var page = streams.listStreams(r -> r.limit(1));
            assertThat(page.streams()).singleElement().satisfies(s -> assertThat(s.tableName())
                    .isEqualTo(BIRDS));
            var rest = streams.listStreams(r -> r.exclusiveStartStreamArn(page.lastEvaluatedStreamArn()));
            assertThat(rest.streams()).singleElement().satisfies(s -> assertThat(s.tableName())
                    .isEqualTo("trees"));
            assertThat(streams.listStreams(r -> r.tableName("stones")).streams())
                    .isEmpty();
            assertThat(streams.listStreams(r -> r.tableName(BIRDS)).streams()).hasSize(1);

            var shards = shards(streams, arn);
            assertThat(shards).hasSize(16).doesNotHaveDuplicates();
            var latest = new HashMap<String, String>();
            client.putItem(r -> r.tableName(BIRDS).item(bird("owl", 0)));
            for (var shard : shards) {
                latest.put(shard, iterator(streams, arn, shard, ShardIteratorType.LATEST, null));
            }
            client.putItem(r -> r.tableName(BIRDS).item(bird("owl", 1)));
            client.putItem(r -> r.tableName(BIRDS).item(bird("owl", 1)));
            client.putItem(r -> r.tableName(BIRDS).item(bird("owl", 2)));

            var fromLatest = new ArrayList<Record>();
            latest.values()
                    .forEach(it -> fromLatest.addAll(
                            streams.getRecords(r -> r.shardIterator(it)).records()));
            assertThat(fromLatest)
                    .extracting(Record::eventName)
                    .containsExactly(OperationType.MODIFY, OperationType.MODIFY);
            assertThat(fromLatest).allSatisfy(each -> {
                assertThat(each.dynamodb().hasNewImage()).isFalse();
                assertThat(each.dynamodb().hasOldImage()).isFalse();
            });
            var all = all(cluster, 1, arn);
            assertThat(all).hasSize(3);
            var owls = shards.stream()
                    .filter(shard -> !read(streams, iterator(streams, arn, shard, ShardIteratorType.TRIM_HORIZON, null))
                            .isEmpty())
                    .findFirst()
                    .orElseThrow();
            var second = all.get(1).dynamodb().sequenceNumber();
            assertThat(read(streams, iterator(streams, arn, owls, ShardIteratorType.AT_SEQUENCE_NUMBER, second)))
                    .isEqualTo(all.subList(1, 3));
            assertThat(read(streams, iterator(streams, arn, owls, ShardIteratorType.AFTER_SEQUENCE_NUMBER, second)))
                    .isEqualTo(all.subList(2, 3));
            var one = streams.getRecords(
                    r -> r.shardIterator(iterator(streams, arn, owls, ShardIteratorType.TRIM_HORIZON, null))
                            .limit(1));
            assertThat(one.records()).isEqualTo(all.subList(0, 1));
            assertThat(read(streams, one.nextShardIterator())).isEqualTo(all.subList(1, 3));
        }
    }

    @Test
    void what_is_not_there_or_makes_no_sense_is_refused() throws IOException {
        try (var cluster = new TestCluster(folder, 1);
                var client = cluster.clientWithoutRetries(1);
                var streams = cluster.streamsClient(1)) {
            var arn = create(cluster, BIRDS, StreamViewType.KEYS_ONLY).latestStreamArn();
            var shard = shards(streams, arn).getFirst();

            assertThatThrownBy(() -> streams.describeStream(r -> r.streamArn(arn.replace(BIRDS, "nobody"))))
                    .isInstanceOf(ResourceNotFoundException.class);
            assertThatThrownBy(() -> streams.describeStream(r -> r.streamArn("x".repeat(40))))
                    .isInstanceOf(ResourceNotFoundException.class);
            assertThatThrownBy(() -> iterator(streams, arn, shard + "x", ShardIteratorType.LATEST, null))
                    .isInstanceOf(ResourceNotFoundException.class);
            assertThatThrownBy(() -> iterator(streams, arn, shard, ShardIteratorType.AT_SEQUENCE_NUMBER, null))
                    .isInstanceOfSatisfying(DynamoDbException.class, refused -> assertThat(
                                    refused.awsErrorDetails().errorCode())
                            .isEqualTo("ValidationException"));
            assertThatThrownBy(() -> streams.getRecords(r -> r.shardIterator("nonsense")))
                    .hasMessageContaining("Invalid ShardIterator");
            assertThatThrownBy(() -> client.createTable(table("half")
                            .streamSpecification(s -> s.streamEnabled(false).streamViewType(StreamViewType.KEYS_ONLY))
                            .build()))
                    .hasMessageContaining(
                            "One or more parameter values were invalid: Table is being created with a stream"
                                    + " disabled, UpdateViewType should not be specified");

            client.deleteTable(r -> r.tableName(BIRDS));
            assertThatThrownBy(() -> streams.describeStream(r -> r.streamArn(arn)))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    private static TableDescription create(TestCluster cluster, String name, StreamViewType view) {
        try (var client = cluster.client(1)) {
            return client.createTable(table(name)
                            .streamSpecification(s -> s.streamEnabled(true).streamViewType(view))
                            .build())
                    .tableDescription();
        }
    }

    /** One without a stream. */
    private static CreateTableRequest.Builder table(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("name")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("name")
                        .keyType(KeyType.HASH)
                        .build());
    }

    private static List<String> shards(DynamoDbStreamsClient streams, String arn) {
        var ids = new ArrayList<String>();
        var last = new @Nullable String[1];
        do {
            var page = streams.describeStream(r -> r.streamArn(arn).limit(5).exclusiveStartShardId(last[0]))
                    .streamDescription();
            page.shards().forEach(shard -> ids.add(shard.shardId()));
            last[0] = page.lastEvaluatedShardId();
        } while (last[0] != null);
        return ids;
    }

    private static String iterator(
            DynamoDbStreamsClient streams,
            String arn,
            String shard,
            ShardIteratorType type,
            @Nullable String sequenceNumber) {
        return streams.getShardIterator(r ->
                        r.streamArn(arn).shardId(shard).shardIteratorType(type).sequenceNumber(sequenceNumber))
                .shardIterator();
    }

    /** From there to what is the end now. */
    private static List<Record> read(DynamoDbStreamsClient streams, String from) {
        var all = new ArrayList<Record>();
        for (var it = from; ; ) {
            var at = it;
            var page = streams.getRecords(r -> r.shardIterator(at).limit(7));
            if (page.records().isEmpty()) {
                return all;
            }
            all.addAll(page.records());
            it = page.nextShardIterator();
        }
    }

    private static List<Record> all(TestCluster cluster, int node, String arn) {
        try (var streams = cluster.streamsClient(node)) {
            var all = new ArrayList<Record>();
            for (var shard : shards(streams, arn)) {
                all.addAll(read(streams, iterator(streams, arn, shard, ShardIteratorType.TRIM_HORIZON, null)));
            }
            return all;
        }
    }

    private static Map<String, AttributeValue> bird(String name, int n) {
        return Map.of("name", AttributeValue.fromS(name), "n", number(n));
    }

    private static AttributeValue number(int n) {
        return AttributeValue.fromN(Integer.toString(n));
    }
}
