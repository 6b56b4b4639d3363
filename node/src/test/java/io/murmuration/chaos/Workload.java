package io.murmuration.chaos;

import io.murmuration.chaos.Register.Add;
import io.murmuration.chaos.Register.CompareAndSet;
import io.murmuration.chaos.Register.ConditionFailed;
import io.murmuration.chaos.Register.Done;
import io.murmuration.chaos.Register.Input;
import io.murmuration.chaos.Register.Output;
import io.murmuration.chaos.Register.Read;
import io.murmuration.chaos.Register.Value;
import io.murmuration.chaos.Register.Write;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Clients that read, write, compare and count, and record every call with what they saw. They never repeat a call: a repeat would hide that the
 * first one's outcome is unknown. (The JVM is started with {@code sun.net.http.retryPost=false}, since its HTTP client would repeat by itself.)
 */
final class Workload implements AutoCloseable {
    static final String TABLE = "chaos";
    static final String COUNTER = "counter";
    private static final int ATTEMPTS_MAX = 100;

    private final List<DynamoDbClient> nodes;
    private final Map<String, ConcurrentLinkedQueue<Call<Input, Output>>> histories = new ConcurrentHashMap<>();
    private final List<String> keys;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong unique = new AtomicLong();
    private final ConcurrentLinkedQueue<Throwable> surprises = new ConcurrentLinkedQueue<>();
    private volatile boolean running = true;

    Workload(List<URI> endpoints, int registers) {
        nodes = endpoints.stream().map(Workload::client).toList();
        keys = java.util.stream.IntStream.range(0, registers)
                .mapToObj(i -> "register-" + i)
                .toList();
    }

    static DynamoDbClient client(URI endpoint) {
        return Clients.dynamo(endpoint, override -> override.retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallTimeout(Duration.ofSeconds(6)));
    }

    /** Starts conditional writers, one counting client and consistent readers. */
    void start(long seed, int writers, int readers) {
        var random = new Random(seed);
        var id = 0;
        for (var i = 0; i < writers; i++) {
            run(++id, new Random(random.nextLong()), this::writeSomething);
        }
        for (var i = 0; i < readers; i++) {
            run(
                    ++id,
                    new Random(random.nextLong()),
                    (client, chance) -> call(client, chance, anyKey(chance), new Read()));
        }
        run(++id, new Random(random.nextLong()), (client, chance) -> call(client, chance, COUNTER, new Add(1)));
    }

    private interface Step {
        void run(int client, Random random) throws InterruptedException;
    }

    private void run(int client, Random random, Step step) {
        threads.add(Thread.ofPlatform().name("client-" + client).start(() -> {
            try {
                while (running) {
                    step.run(client, random);
                    Thread.sleep(random.nextInt(20));
                }
            } catch (Throwable surprise) {
                surprises.add(surprise);
            }
        }));
    }

    private String anyKey(Random random) {
        return random.nextInt(10) == 0 ? COUNTER : keys.get(random.nextInt(keys.size()));
    }

    private void writeSomething(int client, Random random) {
        var key = keys.get(random.nextInt(keys.size()));
        if (random.nextInt(4) == 0) {
            call(client, random, key, new Write(unique.incrementAndGet()));
            return;
        }
        var seen = call(client, random, key, new Read());
        if (seen instanceof Value value) {
            call(client, random, key, new CompareAndSet(value.value(), unique.incrementAndGet()));
        }
    }

    /** Makes one call at any node and records it, unless it surely had no effect and said nothing. */
    private @Nullable Output call(int client, Random random, String key, Input input) {
        var node = nodes.get(random.nextInt(nodes.size()));
        var history = histories.computeIfAbsent(key, any -> new ConcurrentLinkedQueue<>());
        var invoked = System.nanoTime();
        try {
            var output = perform(node, key, input);
            history.add(Call.answered(client, input, output, invoked, System.nanoTime()));
            return output;
        } catch (DynamoDbException answer) {
            if (!hadNoEffect(answer)) {
                history.add(Call.unknown(client, input, invoked));
            }
        } catch (SdkClientException broken) {
            if (!isRefusedConnection(broken)) {
                history.add(Call.unknown(client, input, invoked));
            }
        } catch (UncheckedIOException broken) {
            // The SDK's way to tell of a connection that broke and could not be made again: the request may have
            // arrived.
            history.add(Call.unknown(client, input, invoked));
        }
        return null;
    }

    private static boolean hadNoEffect(DynamoDbException answer) {
        if (answer.statusCode() == 400 && !answer.isThrottlingException()) {
            throw answer; // a refusal nobody asked for is a bug
        }
        return answer.statusCode() == 503 || answer.isThrottlingException();
    }

    private static boolean isRefusedConnection(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    private static Output perform(DynamoDbClient node, String key, Input input) {
        return switch (input) {
            case Read read -> read(node, key);
            case Write write -> {
                node.putItem(put(key, write.value()).build());
                yield new Done();
            }
            case CompareAndSet swap -> compareAndSet(node, key, swap);
            case Add add -> add(node, key, add);
        };
    }

    static Value read(DynamoDbClient node, String key) {
        var item = node.getItem(GetItemRequest.builder()
                        .tableName(TABLE)
                        .key(Map.of("id", text(key)))
                        .consistentRead(true)
                        .build())
                .item();
        return value(item);
    }

    private static Value value(Map<String, AttributeValue> item) {
        return new Value(Optional.ofNullable(item.get("v")).map(value -> Long.parseLong(value.n())));
    }

    private static Output compareAndSet(DynamoDbClient node, String key, CompareAndSet swap) {
        var request = put(key, swap.value());
        if (swap.expected().isPresent()) {
            request.conditionExpression("v = :expected")
                    .expressionAttributeValues(
                            Map.of(":expected", number(swap.expected().get())));
        } else {
            request.conditionExpression("attribute_not_exists(v)");
        }
        try {
            node.putItem(request.build());
            return new Done();
        } catch (ConditionalCheckFailedException refused) {
            return new ConditionFailed();
        }
    }

    private static Output add(DynamoDbClient node, String key, Add add) {
        var after = node.updateItem(UpdateItemRequest.builder()
                .tableName(TABLE)
                .key(Map.of("id", text(key)))
                .updateExpression("ADD v :amount")
                .expressionAttributeValues(Map.of(":amount", number(add.amount())))
                .returnValues(ReturnValue.UPDATED_NEW)
                .build());
        return value(after.attributes());
    }

    private static PutItemRequest.Builder put(String key, long value) {
        return PutItemRequest.builder().tableName(TABLE).item(Map.of("id", text(key), "v", number(value)));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** Stops the clients and returns the first thing that went wrong in a way nobody expected. */
    Optional<Throwable> stop() throws InterruptedException {
        running = false;
        for (var thread : threads) {
            thread.join();
        }
        threads.clear();
        return Optional.ofNullable(surprises.poll());
    }

    /** Reads every key once more, through any node and until it answers, and records what is there now. */
    void readAll() throws InterruptedException {
        for (var key : histories.keySet()) {
            var random = new Random(key.hashCode());
            var attempts = 0;
            while (call(0, random, key, new Read()) == null) {
                if (++attempts == ATTEMPTS_MAX) {
                    throw new AssertionError("no node answers a read of " + key);
                }
                Thread.sleep(200);
            }
        }
    }

    Map<String, List<Call<Input, Output>>> histories() {
        var copy = new java.util.TreeMap<String, List<Call<Input, Output>>>();
        histories.forEach((key, calls) -> copy.put(key, List.copyOf(calls)));
        return copy;
    }

    @Override
    public void close() {
        nodes.forEach(DynamoDbClient::close);
    }
}
