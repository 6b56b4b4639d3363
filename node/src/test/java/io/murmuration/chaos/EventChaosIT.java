package io.murmuration.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.function.Notebook;
import io.murmuration.function.Zip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.Runtime;

/**
 * Three real processes under kill -9 while events are accepted and a table's stream calls a function. A Python function notes what it gets in the process of
 * this test; at the end those notes are held against what was accepted and written. {@code -Dchaos.seed=N} repeats a run's choices; {@code
 * -Dchaos.eventKills} its length.
 */
class EventChaosIT {
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("chaos.eventKills", 8);
    private static final int NODES = 3;
    private static final int KEYS = 12;
    private static final String TABLE = "observed";

    private static final String NOTES = Notebook.PYTHON + """
            def handler(event, context):
                lines = []
                for each in event.get('Records', [event]):
                    if 'dynamodb' in each:
                        item = each['dynamodb']
                        lines.append('S %s %s' % (item['Keys']['id']['S'], item['NewImage']['n']['N']))
                    else:
                        lines.append('E %s' % each['n'])
                note(lines)
            """;

    private final Random random = new Random(SEED);
    private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> written = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean running = true;

    @Test
    void every_accepted_event_is_delivered_and_every_change_in_order(@TempDir Path data) throws Exception {
        say("seed %d: -Dchaos.seed=%d repeats its choices", SEED, SEED);
        try (var notes = new Notebook();
                var cluster = ProcessCluster.start(data.resolve("cluster"), NODES)) {
            deploy(cluster, notes);
            var threads = new ArrayList<Thread>();
            threads.add(Thread.ofPlatform().start(() -> sendEvents(cluster)));
            threads.add(Thread.ofPlatform().start(() -> writeItems(cluster)));
            for (var kill = 0; kill < KILLS; kill++) {
                Thread.sleep(1_000 + random.nextInt(2_000));
                var node = 1 + random.nextInt(NODES);
                cluster.kill(node);
                Thread.sleep(random.nextInt(2_000));
                cluster.restart(node);
                cluster.awaitReady();
                say("kill -9 of node %d: %d events accepted, %d items written so far", node, accepted.size(), total());
            }
            running = false;
            for (var thread : threads) {
                thread.join();
            }
            cluster.await("all that was accepted and written is delivered", () -> missing(notes)
                    .isEmpty());
            check(notes);
        }
    }

    private static void deploy(ProcessCluster cluster, Notebook notes) {
        try (var aws = Clients.lambda(cluster.endpoint(1));
                var dynamo = Clients.dynamo(cluster.endpoint(1))) {
            aws.createFunction(r -> r.functionName("notes")
                    .runtime(Runtime.PYTHON3_12)
                    .role("arn:aws:iam::000000000000:role/any")
                    .handler("app.handler")
                    .timeout(60)
                    .environment(e -> e.variables(Map.of("NOTES", notes.address())))
                    .code(c -> c.zipFile(SdkBytes.fromByteArray(Zip.of(Map.of("app.py", NOTES))))));
            var stream = createTable(dynamo);
            aws.createEventSourceMapping(r -> r.functionName("notes")
                    .eventSourceArn(stream)
                    .startingPosition(EventSourcePosition.LATEST)
                    .batchSize(5));
        }
    }

    private static String createTable(DynamoDbClient dynamo) {
        return dynamo.createTable(r -> r.tableName(TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("id")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType(KeyType.HASH)
                                .build())
                        .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)))
                .tableDescription()
                .latestStreamArn();
    }

    /** Only what was answered with 202 must be delivered; what failed may be. */
    private void sendEvents(ProcessCluster cluster) {
        var clients = cluster.endpoints().stream().map(Clients::lambda).toList();
        for (var n = 0; running; n++) {
            var number = n;
            try {
                clients.get(n % NODES).invoke(r -> r.functionName("notes")
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String("{\"n\":" + number + "}")));
                accepted.add(n);
            } catch (SdkException failed) {
                refused.incrementAndGet();
            }
            pause(5);
        }
        clients.forEach(LambdaClient::close);
    }

    /** Each key is counted up; a write is repeated until it is acknowledged, which makes no second record. */
    private void writeItems(ProcessCluster cluster) {
        var clients = cluster.endpoints().stream().map(Clients::dynamo).toList();
        for (var n = 1; running; n++) {
            for (var key = 0; key < KEYS; key++) {
                var id = "bird-" + key;
                var item = Map.of("id", AttributeValue.fromS(id), "n", AttributeValue.fromN("" + n));
                for (var attempt = key; ; attempt++) {
                    try {
                        clients.get(attempt % NODES)
                                .putItem(r -> r.tableName(TABLE).item(item));
                        break;
                    } catch (SdkException failed) {
                        pause(20);
                    }
                }
                written.put(id, n);
            }
            pause(5);
        }
        clients.forEach(DynamoDbClient::close);
    }

    private int total() {
        return written.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What was accepted or written and is not noted. */
    private Set<String> missing(Notebook notes) {
        var missing = new HashSet<String>();
        accepted.forEach(n -> missing.add("E " + n));
        written.forEach((id, last) -> {
            for (var n = 1; n <= last; n++) {
                missing.add(id + " " + n);
            }
        });
        for (var line : notes.lines()) {
            var words = line.split(" ");
            missing.remove(words[0].equals("S") ? words[1] + " " + words[2] : line);
        }
        return missing;
    }

    /** In the order of the notes: what is seen of a key for the first time follows what was seen of it before. */
    private void check(Notebook notes) {
        var highest = new HashMap<String, Integer>();
        var events = new HashMap<String, Integer>();
        var records = 0;
        for (var line : notes.lines()) {
            var words = line.split(" ");
            if (words[0].equals("S")) {
                records++;
                var n = Integer.parseInt(words[2]);
                var before = highest.getOrDefault(words[1], 0);
                assertThat(n).as("seed %d: %s", SEED, line).isLessThanOrEqualTo(before + 1);
                highest.put(words[1], Math.max(before, n));
            } else if (words[0].equals("E")) {
                events.merge(line, 1, Integer::sum);
            }
        }
        assertThat(accepted).isNotEmpty();
        assertThat(records).isGreaterThanOrEqualTo(total());
        var twice = events.values().stream().filter(times -> times > 1).count();
        say(
                "%d events accepted (%d refused or unknown), all delivered, %d of them more than once; %d changes written, delivered in order by %d records",
                accepted.size(), refused.get(), twice, total(), records);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void say(String format, Object... values) {
        System.out.printf("event chaos: " + format + "%n", values);
    }
}
