package io.murmuration.cli.demo;

import io.murmuration.cli.demo.site.SiteClients;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The unmodified AWS SDK, clients for each node's endpoint. It repeats refused and broken requests by itself, a few times at the same endpoint;
 * who has several endpoints then goes on to the next.
 */
final class Clients implements AutoCloseable {
    private static final int ATTEMPTS = 4;
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(1);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(4);

    /** Code goes to several nodes, and a distribution to all points of presence, before they are acknowledged. */
    private static final Duration DEPLOY_PATIENCE = Duration.ofSeconds(60);

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

    private final List<URI> endpoints;
    private final SdkHttpClient http = http(ANSWER_PATIENCE);
    private final SdkHttpClient patientHttp = http(DEPLOY_PATIENCE);
    private final List<SdkAutoCloseable> open = new ArrayList<>();
    private final List<DynamoDbClient> repeating;
    private final List<DynamoDbClient> once;
    private final List<LambdaClient> functions;
    private final List<S3Client> objects;

    Clients(List<URI> endpoints) {
        this.endpoints = List.copyOf(endpoints);
        this.repeating = each(endpoint -> configured(DynamoDbClient.builder(), endpoint, ATTEMPTS, http));
        this.once = each(endpoint -> configured(DynamoDbClient.builder(), endpoint, 1, http));
        this.functions = each(endpoint -> configured(LambdaClient.builder(), endpoint, ATTEMPTS, http));
        this.objects = each(endpoint -> configured(S3Client.builder().forcePathStyle(true), endpoint, ATTEMPTS, http));
    }

    private static SdkHttpClient http(Duration patience) {
        return UrlConnectionHttpClient.builder()
                .proxyConfiguration(NO_PROXY)
                .connectionTimeout(CONNECT_PATIENCE)
                .socketTimeout(patience)
                .build();
    }

    private <C extends SdkAutoCloseable> List<C> each(Function<URI, C> made) {
        var clients = endpoints.stream().map(made).toList();
        open.addAll(clients);
        return clients;
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C configured(
            B builder, URI endpoint, int attempts, SdkHttpClient http) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("murmur", "murmur")))
                .httpClient(http)
                .overrideConfiguration(override -> override.retryStrategy(strategy -> strategy.maxAttempts(attempts)))
                .build();
    }

    /** The endpoint of some node; counts on beyond the last one from the first again. */
    URI endpoint(int number) {
        return endpoints.get(number % endpoints.size());
    }

    /** The client of some node's tables; counts on beyond the last one from the first again. */
    DynamoDbClient at(int number) {
        return repeating.get(number % repeating.size());
    }

    /** The same without repeats, for what must not be done twice. */
    DynamoDbClient onceAt(int number) {
        return once.get(number % once.size());
    }

    LambdaClient functionsAt(int number) {
        return functions.get(number % functions.size());
    }

    S3Client objectsAt(int number) {
        return objects.get(number % objects.size());
    }

    /** For deploying at the first node, which takes its time. */
    SiteClients deploying() {
        var clients = new SiteClients(
                at(0),
                configured(LambdaClient.builder(), endpoint(0), ATTEMPTS, patientHttp),
                configured(ApiGatewayV2Client.builder(), endpoint(0), ATTEMPTS, patientHttp),
                objectsAt(0),
                configured(CloudFrontClient.builder(), endpoint(0), ATTEMPTS, patientHttp));
        open.addAll(List.of(clients.functions(), clients.apis(), clients.distributions()));
        return clients;
    }

    @Override
    public void close() {
        open.forEach(SdkAutoCloseable::close);
        http.close();
        patientHttp.close();
    }
}
