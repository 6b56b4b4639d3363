package io.murmuration.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.murmuration.MostlyWaits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Whole nodes, wired as in a process of their own, under the unmodified SDK. */
@Timeout(180)
@MostlyWaits
class NodeTest {
    private static final String BIRDS = "birds";

    private final Path folder;

    NodeTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void one_node_keeps_a_table_over_a_restart() throws IOException {
        try (var cluster = new TestCluster(folder, 1)) {
            try (var client = cluster.client(1)) {
                createBirds(client);
                IntStream.range(0, 20).forEach(n -> put(client, "robin", n));
                IntStream.range(0, 5).forEach(n -> count(client));
                assertThatThrownBy(() -> client.putItem(r -> r.tableName(BIRDS)
                                .item(bird("robin", 3))
                                .conditionExpression("attribute_not_exists(species)")))
                        .isInstanceOf(ConditionalCheckFailedException.class);
            }

            cluster.stop(1);
            cluster.start(1);

            try (var client = cluster.client(1)) {
                assertThat(client.listTables().tableNames()).containsExactly(BIRDS);
                assertThat(client.describeLimits().tableMaxWriteCapacityUnits()).isEqualTo(40_000);
                assertThat(client.describeEndpoints(r -> {}).endpoints())
                        .singleElement()
                        .satisfies(endpoint -> assertThat(endpoint.address())
                                .endsWith(":" + cluster.endpoint(1).getPort()));
                assertThat(client.getItem(r -> r.tableName(BIRDS).key(bird("robin", 7)))
                                .item())
                        .isEqualTo(bird("robin", 7));
                assertThat(counted(client)).isEqualTo("5");
                assertThat(client.query(r -> r.tableName(BIRDS)
                                        .keyConditionExpression("species = :s and ring between :a and :b")
                                        .expressionAttributeValues(Map.of(
                                                ":s", AttributeValue.fromS("robin"),
                                                ":a", AttributeValue.fromN("5"),
                                                ":b", AttributeValue.fromN("9"))))
                                .items())
                        .containsExactlyElementsOf(IntStream.rangeClosed(5, 9)
                                .mapToObj(n -> bird("robin", n))
                                .toList());
                assertThat(client.scan(r -> r.tableName(BIRDS)).count()).isEqualTo(21);
            }
        }
    }

    @Test
    void three_nodes_serve_each_others_writes_and_go_on_without_one() throws IOException {
        try (var cluster = new TestCluster(folder, 3)) {
            try (var first = cluster.client(1);
                    var second = cluster.client(2);
                    var third = cluster.client(3)) {
                createBirds(first);
                var clients = List.of(first, second, third);
                IntStream.range(0, 30).forEach(n -> put(clients.get(n % 3), "wren-" + n, n));
                IntStream.range(0, 9).forEach(n -> count(clients.get(n % 3)));

                assertThat(counted(second)).isEqualTo("9");
                assertThat(third.scan(r -> r.tableName(BIRDS).consistentRead(true))
                                .count())
                        .isEqualTo(31);

                cluster.stop(1);
                IntStream.range(30, 60).forEach(n -> put(clients.get(1 + n % 2), "wren-" + n, n));
                IntStream.range(0, 9).forEach(n -> count(clients.get(1 + n % 2)));
                cluster.start(1);

                assertThat(counted(first)).isEqualTo("18");
                assertThat(first.scan(r -> r.tableName(BIRDS).consistentRead(true))
                                .count())
                        .isEqualTo(61);
            }
        }
    }

    @Test
    void without_a_quorum_a_write_is_refused_and_the_node_tells_what_it_waits_for() throws Exception {
        try (var cluster = new TestCluster(folder, 3);
                var client = cluster.client(3);
                var hasty = cluster.clientWithoutRetries(3)) {
            createBirds(client);

            cluster.stop(1);
            cluster.stop(2);

            assertThatThrownBy(() -> put(hasty, "owl", 1))
                    .isInstanceOfSatisfying(DynamoDbException.class, refused -> assertThat(refused.statusCode())
                            .isGreaterThanOrEqualTo(500));

            cluster.start(1, 2);
            put(client, "owl", 2);
            assertThat(client.scan(r -> r.tableName(BIRDS).consistentRead(true)).items())
                    .contains(bird("owl", 2));
        }
    }

    @Test
    void health_tells_of_each_replica_and_member() throws Exception {
        try (var cluster = new TestCluster(folder, 1)) {
            var health = ConfigFactory.parseString(get(cluster.endpoint(1).resolve("/_murmur/health")));

            assertThat(health.getBoolean("live")).isTrue();
            assertThat(health.getBoolean("ready")).isTrue();
            assertThat(health.getString("waitingFor")).isEmpty();
            assertThat(health.getLong("diskBytes")).isPositive();
            assertThat(health.getConfigList("members")).hasSize(1);
            assertThat(health.getConfigList("groups"))
                    .hasSize(17)
                    .allSatisfy(group -> assertThat(group.getString("role")).isEqualTo("leader"))
                    .allSatisfy(group -> assertThat(group.getInt("leaderNode")).isEqualTo(1));
            assertThat(get(cluster.endpoint(1).resolve("/_localstack/health"))).contains("\"dynamodb\":\"running\"");
        }
    }

    @Test
    void a_taken_port_is_told_and_leaves_the_folder_free() throws IOException {
        try (var cluster = new TestCluster(folder, 1)) {
            cluster.stop(1);
            var ports = new ArrayList<>(List.of(cluster.endpoint(1).getPort(), cluster.remotingPort(1)));
            for (int port : ports) {
                try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                    assertThatThrownBy(() -> cluster.failToStart(1))
                            .isInstanceOf(NodeStartException.class)
                            .hasMessageStartingWith(
                                    "Port " + taken.getLocalPort() + " on 127.0.0.1, where this node serves ")
                            .hasMessageEndingWith(", is in use by another process.");
                }
            }

            cluster.start(1);
        }
    }

    private static void createBirds(DynamoDbClient client) {
        client.createTable(r -> r.tableName(BIRDS)
                .keySchema(
                        KeySchemaElement.builder()
                                .attributeName("species")
                                .keyType(KeyType.HASH)
                                .build(),
                        KeySchemaElement.builder()
                                .attributeName("ring")
                                .keyType(KeyType.RANGE)
                                .build())
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName("species")
                                .attributeType(ScalarAttributeType.S)
                                .build(),
                        AttributeDefinition.builder()
                                .attributeName("ring")
                                .attributeType(ScalarAttributeType.N)
                                .build())
                .billingMode(BillingMode.PAY_PER_REQUEST));
        client.waiter().waitUntilTableExists(r -> r.tableName(BIRDS));
    }

    private static Map<String, AttributeValue> bird(String species, int ring) {
        return Map.of("species", AttributeValue.fromS(species), "ring", AttributeValue.fromN("" + ring));
    }

    private static void put(DynamoDbClient client, String species, int ring) {
        client.putItem(r -> r.tableName(BIRDS).item(bird(species, ring)));
    }

    private static void count(DynamoDbClient client) {
        client.updateItem(r -> r.tableName(BIRDS)
                .key(bird("counter", 0))
                .updateExpression("ADD seen :one")
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
    }

    private static String counted(DynamoDbClient client) {
        return client.getItem(r -> r.tableName(BIRDS).key(bird("counter", 0)).consistentRead(true))
                .item()
                .getOrDefault("seen", AttributeValue.fromN("0"))
                .n();
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
