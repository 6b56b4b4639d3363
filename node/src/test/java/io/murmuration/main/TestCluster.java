package io.murmuration.main;

import io.murmuration.FreePorts;
import io.murmuration.base.Chance;
import io.murmuration.config.DataFolder;
import io.murmuration.config.NodeSettings;
import io.murmuration.config.OpenDataFolder;
import io.murmuration.config.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** A whole cluster within this process: real folders, real ports, real links. */
final class TestCluster implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final DataFolder data;
    private final Map<Integer, Running> running = new TreeMap<>();

    private record Running(OpenDataFolder folder, Guardian guardian) {}

    /** Formats and starts it; ready when the constructor returns. */
    TestCluster(Path folder, int nodes) throws IOException {
        data = DataFolder.at(folder);
        data.format(Topology.local(nodes), FreePorts.row(nodes), Chance.secure()::nextLong);
        start(IntStream.rangeClosed(1, nodes).toArray());
    }

    /** Starts nodes together, and waits until all are ready. */
    void start(int... nodes) {
        for (int node : nodes) {
            var folder = data.open(node);
            var settings = NodeSettings.load(data.path());
            var guardian = Guardian.start(folder, settings, NodeConfig.of(data.path()));
            running.put(node, new Running(folder, guardian));
        }
        running.values().forEach(node -> awaitReady(node.guardian()));
    }

    /** A node that cannot start says why. The folder is free again. */
    void failToStart(int node) {
        try (var folder = data.open(node)) {
            var settings = NodeSettings.load(data.path());
            Guardian.start(folder, settings, NodeConfig.of(data.path()));
        }
    }

    void stop(int node) {
        var stopped = running.remove(node);
        if (stopped != null) {
            stopped.guardian().stop();
            stopped.folder().close();
        }
    }

    URI endpoint(int node) {
        return URI.create("http://127.0.0.1:" + data.read().node(node).ports().http());
    }

    int remotingPort(int node) {
        return data.read().node(node).ports().remoting();
    }

    /** The unmodified SDK, speaking to this node. */
    DynamoDbClient client(int node) {
        return clientBuilder(node).build();
    }

    /** One that tells of the first refusal. */
    DynamoDbClient clientWithoutRetries(int node) {
        return clientBuilder(node)
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    /** The unmodified SDK's client for streams. */
    DynamoDbStreamsClient streamsClient(int node) {
        return DynamoDbStreamsClient.builder()
                .endpointOverride(endpoint(node))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** The unmodified SDK's client for functions, which waits for slow ones and tells of the first refusal. */
    LambdaClient lambda(int node) {
        return LambdaClient.builder()
                .endpointOverride(endpoint(node))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(2)))
                .build();
    }

    private DynamoDbClientBuilder clientBuilder(int node) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint(node))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    @Override
    public void close() {
        for (int node : running.keySet().stream().toList()) {
            stop(node);
        }
    }

    private static void awaitReady(Guardian guardian) {
        try {
            while (guardian.waitingFor().isPresent()) {
                Thread.sleep(
                        LOOK_AGAIN_MILLIS); // another thread brings it about; a hang is ended by the test's timeout
            }
        } catch (InterruptedException timedOut) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(guardian.waitingFor().orElse("interrupted"), timedOut);
        }
    }
}
