package io.murmuration.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/** Object storage among the other services of whole nodes. */
@Timeout(120)
class BucketsTest {
    @Test
    void objects_survive_a_node_and_share_the_door_with_tables(@TempDir Path folder) throws Exception {
        try (var cluster = new TestCluster(folder, 3);
                var one = client(cluster, 1);
                var two = client(cluster, 2);
                var tables = cluster.client(2)) {
            var bytes = new byte[10 << 20];
            new Random(1).nextBytes(bytes);
            one.createBucket(request -> request.bucket("birds"));
            one.putObject(request -> request.bucket("birds").key("photo"), RequestBody.fromBytes(bytes));

            cluster.stop(1);

            assertThat(two.getObjectAsBytes(request -> request.bucket("birds").key("photo"))
                            .asByteBuffer())
                    .isEqualTo(ByteBuffer.wrap(bytes));
            assertThat(two.listBuckets().buckets().stream().map(Bucket::name)).containsExactly("birds");
            assertThat(tables.listTables().tableNames()).isEmpty();
            var root = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(cluster.endpoint(2)).build(), BodyHandlers.ofString());
            assertThat(root.body()).startsWith("healthy: dynamodb");
        }
    }

    private static S3Client client(TestCluster cluster, int node) {
        return S3Client.builder()
                .endpointOverride(cluster.endpoint(node))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
