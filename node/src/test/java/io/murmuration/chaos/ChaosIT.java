package io.murmuration.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.leveldb.LiveTables;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Three real processes under kill -9, SIGSTOP, a blackout and damaged disks, while clients write. Everything acknowledged must be there, and what
 * the clients saw must be linearizable. {@code -Dchaos.seed=N} repeats a run's choices; {@code -Dchaos.kills} and {@code -Dchaos.pauses} its length.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosIT {
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("chaos.kills", 20);
    private static final int PAUSES = Integer.getInteger("chaos.pauses", 10);
    private static final int NODES = 3;
    private static final int REGISTERS = 30;
    private static final int WRITERS = 8;
    private static final int READERS = 2;

    /** So many random keys hit each of the 16 shards but for a chance of one in a thousand runs, and miss none that matters. */
    private static final int PROBES = 160;

    private final Random random = new Random(SEED);

    private enum Fault {
        KILL,
        PAUSE
    }

    @Test
    @Order(1)
    void nothing_acknowledged_is_lost_and_every_history_is_linearizable(@TempDir Path data) throws Exception {
        say("seed %d: -Dchaos.seed=%d repeats its choices", SEED, SEED);
        try (var cluster = ProcessCluster.start(data.resolve("cluster"), NODES);
                var workload = new Workload(cluster.endpoints(), REGISTERS)) {
            createTable(cluster);
            workload.start(random.nextLong(), WRITERS, READERS);
            hurt(cluster);
            assertThat(workload.stop()).as("seed %d", SEED).isEmpty();
            check(workload, "after the kills and pauses");

            say("kill -9 of all nodes at once");
            killAll(cluster);
            cluster.up();
            check(workload, "after the blackout");

            for (var damage : Damage.values()) {
                var node = 1 + random.nextInt(NODES);
                say("%s of node %d", damage, node);
                // A start turns what LevelDB has only in its write-ahead file into a closed table.
                cluster.restart(node);
                cluster.awaitReady();
                // And this is in its write-ahead file, for a restart alone may write nothing.
                writeToAllShards(cluster, node);
                cluster.kill(node);
                damage.strike(cluster.folder(node));
                cluster.restart(node);
                awaitWhole(cluster, node);
                check(workload, "after " + damage);

                // The repaired node must now carry the data with either of the others alone.
                var other = 1 + node % NODES;
                cluster.kill(other);
                check(workload, "after " + damage + ", with node " + other + " dead");
                cluster.restart(other);
                cluster.awaitReady();
            }
        }
    }

    private void hurt(ProcessCluster cluster) throws IOException, InterruptedException {
        var faults = new ArrayList<Fault>();
        faults.addAll(Collections.nCopies(KILLS, Fault.KILL));
        faults.addAll(Collections.nCopies(PAUSES, Fault.PAUSE));
        Collections.shuffle(faults, random);
        var worst = 0L;
        for (var fault : faults) {
            var node = 1 + random.nextInt(NODES);
            switch (fault) {
                case KILL -> {
                    cluster.kill(node);
                    var millis = millisUntilAllShardsWrite(cluster, node);
                    worst = Math.max(worst, millis);
                    say("kill -9 of node %d: all shards take writes again after %d ms", node, millis);
                    cluster.restart(node);
                }
                case PAUSE -> {
                    cluster.pause(node);
                    Thread.sleep(5_000);
                    cluster.resume(node);
                    say("node %d stood still for 5 s", node);
                }
            }
            cluster.awaitReady();
            Thread.sleep(random.nextInt(1_000));
        }
        say("longest time until all shards took writes after a kill: %d ms", worst);
    }

    /** With the SDK's own retries, through the nodes that live. */
    private static long millisUntilAllShardsWrite(ProcessCluster cluster, int dead) {
        var from = System.nanoTime();
        writeToAllShards(cluster, 1 + dead % NODES);
        return (System.nanoTime() - from) / 1_000_000;
    }

    private static void writeToAllShards(ProcessCluster cluster, int through) {
        try (var client = Clients.dynamo(cluster.endpoint(through))) {
            java.util.stream.IntStream.range(0, PROBES)
                    .parallel()
                    .forEach(probe -> putPatiently(client, "probe-" + probe));
        }
    }

    private static void putPatiently(DynamoDbClient client, String id) {
        for (var attempt = 1; ; attempt++) {
            try {
                client.putItem(PutItemRequest.builder()
                        .tableName(Workload.TABLE)
                        .item(java.util.Map.of("id", AttributeValue.fromS(id)))
                        .build());
                return;
            } catch (software.amazon.awssdk.core.exception.SdkException failed) {
                if (attempt == 20) {
                    throw failed;
                }
            }
        }
    }

    private static void killAll(ProcessCluster cluster) throws InterruptedException {
        var killers = new ArrayList<Thread>();
        for (var node = 1; node <= NODES; node++) {
            var victim = node;
            killers.add(Thread.ofPlatform().start(() -> {
                try {
                    cluster.kill(victim);
                } catch (IOException | InterruptedException failed) {
                    throw new IllegalStateException(failed);
                }
            }));
        }
        for (var killer : killers) {
            killer.join();
        }
    }

    private static void check(Workload workload, String when) throws InterruptedException {
        workload.readAll();
        var calls = 0;
        var unknown = 0;
        for (var history : workload.histories().entrySet()) {
            assertThat(Linearizability.holds(new Register(), history.getValue()))
                    .as("history of %s, %s, seed %d: %s", history.getKey(), when, SEED, history.getValue())
                    .isTrue();
            calls += history.getValue().size();
            unknown += (int) history.getValue().stream().filter(Call::isUnknown).count();
        }
        assertThat(calls).isPositive();
        say(
                "%s: %d calls (%d of unknown outcome) on %d keys are linearizable, nothing is missing",
                when, calls, unknown, workload.histories().size());
    }

    private static void awaitWhole(ProcessCluster cluster, int node) throws IOException, InterruptedException {
        cluster.await("node " + node + " has found its damage and is whole again", () -> cluster.health(node)
                .filter(health -> health.getBoolean("ready"))
                .map(health -> health.getConfigList("groups").stream()
                        .noneMatch(group -> group.getString("role").equals("damaged")))
                .orElse(false));
        var moved = folders(cluster.folder(node));
        assertThat(moved).as("the damaged stores are kept aside").contains("log-damaged", "state-damaged");
        for (var aside : List.of("log-damaged", "state-damaged")) {
            // so that the next damage must show its own
            Files.move(
                    cluster.folder(node).resolve(aside), cluster.folder(node).resolve(aside + "-" + System.nanoTime()));
        }
    }

    private static List<String> folders(Path folder) {
        try (var children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString()).toList();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    private enum Damage {
        TORN_TAIL {
            @Override
            void strike(Path node) throws IOException {
                var log = newest(node.resolve("log").resolve("db"), ".log");
                var bytes = Files.readAllBytes(log);
                var end = bytes.length;
                while (end > 0 && bytes[end - 1] == 0) {
                    end--; // LevelDB writes ahead of itself: the rest of the file is empty
                }
                assertThat(end).as("bytes to tear off").isPositive();
                try (var file = new RandomAccessFile(log.toFile(), "rw")) {
                    file.setLength(end / 2);
                }
            }
        },
        FLIPPED_BYTE_IN_THE_ROWS {
            @Override
            void strike(Path node) throws IOException {
                flip(largestTable(node.resolve("state")));
            }
        },
        FLIPPED_BYTE_IN_THE_LOG {
            @Override
            void strike(Path node) throws IOException {
                flip(largestTable(node.resolve("log")));
            }
        };

        abstract void strike(Path node) throws IOException;

        private static Path newest(Path folder, String suffix) throws IOException {
            try (var files = Files.list(folder)) {
                return files.filter(file -> file.toString().endsWith(suffix))
                        .max(Comparator.comparing(Path::toString))
                        .orElseThrow();
            }
        }

        private static Path largestTable(Path store) throws IOException {
            return LiveTables.of(store).stream()
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }

        private static void flip(Path path) throws IOException {
            try (var file = new RandomAccessFile(path.toFile(), "rw")) {
                file.seek(file.length() / 3);
                var value = file.read();
                file.seek(file.length() / 3);
                file.write(value ^ 0x10);
            }
        }
    }

    private static void createTable(ProcessCluster cluster) {
        try (var client = Clients.dynamo(cluster.endpoint(1))) {
            client.createTable(CreateTableRequest.builder()
                    .tableName(Workload.TABLE)
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build())
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .build());
            client.waiter().waitUntilTableExists(request -> request.tableName(Workload.TABLE));
        }
    }

    private static void say(String sentence, Object... values) {
        System.out.println("chaos: " + String.format(sentence, values));
    }
}
