package io.murmuration.chaos;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The unmodified AWS SDK, pointed at a node. */
public final class Clients {
    private Clients() {}

    public static DynamoDbClient dynamo(URI endpoint) {
        return dynamo(endpoint, override -> {});
    }

    public static DynamoDbClient dynamo(URI endpoint, Consumer<ClientOverrideConfiguration.Builder> override) {
        return at(endpoint, DynamoDbClient.builder())
                .overrideConfiguration(override)
                .build();
    }

    /** Without retries of its own. */
    public static LambdaClient lambda(URI endpoint) {
        return at(endpoint, LambdaClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    public static S3Client s3(URI endpoint) {
        return at(endpoint, S3Client.builder()).forcePathStyle(true).build();
    }

    /** A call is not repeated, and not waited for very long. */
    static S3Client s3WithoutRetries(URI endpoint) {
        return at(endpoint, S3Client.builder())
                .forcePathStyle(true)
                .overrideConfiguration(override ->
                        override.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(Duration.ofSeconds(30)))
                .build();
    }

    public static CloudFrontClient cloudFront(URI endpoint) {
        return at(endpoint, CloudFrontClient.builder()).build();
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B at(URI endpoint, B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }
}
