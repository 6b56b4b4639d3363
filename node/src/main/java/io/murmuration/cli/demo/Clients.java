package io.murmuration.cli.demo;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The unmodified AWS SDK, one client for each node's endpoint. It repeats refused and broken requests by itself, a few times at the same endpoint;
 * who has several endpoints then goes on to the next.
 */
final class Clients implements AutoCloseable {
    private static final int ATTEMPTS = 4;
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(1);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(4);

    /** Nodes are on this machine; a proxy that the environment names would not find them. */
    private static final ProxyConfiguration NO_PROXY = ProxyConfiguration.builder()
            .useSystemPropertyValues(false)
            .useEnvironmentVariablesValues(false)
            .build();

    static {
        // Or the JDK's own HTTP client would repeat a request whose connection broke, behind the SDK's back, and a
        // counter would count twice.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final List<DynamoDbClient> repeating;
    private final List<DynamoDbClient> once;

    Clients(List<URI> endpoints) {
        this.repeating =
                endpoints.stream().map(endpoint -> client(endpoint, ATTEMPTS)).toList();
        this.once = endpoints.stream().map(endpoint -> client(endpoint, 1)).toList();
    }

    private static DynamoDbClient client(URI endpoint, int attempts) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("murmur", "murmur")))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .proxyConfiguration(NO_PROXY)
                        .connectionTimeout(CONNECT_PATIENCE)
                        .socketTimeout(ANSWER_PATIENCE))
                .overrideConfiguration(override -> override.retryStrategy(strategy -> strategy.maxAttempts(attempts)))
                .build();
    }

    /** The client of some node; counts on beyond the last one from the first again. */
    DynamoDbClient at(int number) {
        return repeating.get(number % repeating.size());
    }

    /** The same without repeats, for what must not be done twice. */
    DynamoDbClient onceAt(int number) {
        return once.get(number % once.size());
    }

    @Override
    public void close() {
        repeating.forEach(DynamoDbClient::close);
        once.forEach(DynamoDbClient::close);
    }
}
