package io.murmuration.table.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import io.murmuration.config.NodeSettings;
import io.murmuration.http.FrontDoor;
import io.murmuration.identity.Authenticator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** DynamoDB's protocol through a bound port, spoken by the unmodified SDK and by hand. The bodies and checksums by hand are AWS's own. */
@Timeout(60)
class TableAdapterTest {
    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ActorSystem<Void> system;
    private static FrontDoor door;

    @BeforeAll
    static void open() {
        system = ActorSystem.create(
                Behaviors.empty(),
                "table-adapter-test",
                ConfigFactory.parseString("pekko.actor.provider = local")
                        .withFallback(ConfigFactory.parseResources("murmuration-node.conf"))
                        .withFallback(ConfigFactory.load())
                        .resolve());
        var settings = new NodeSettings.Http(
                64,
                BODY_BYTES_MAX,
                64L << 20,
                64L << 20,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                List.of());
        door = FrontDoor.bind(
                        system,
                        "127.0.0.1",
                        0,
                        settings,
                        Authenticator.dev(Map.of("KNOWN", "right")),
                        List.of(),
                        List.of(new TableAdapter(new OneTable(), system.executionContext(), BODY_BYTES_MAX)))
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void close() {
        HTTP.close();
        door.drain(Duration.ofSeconds(1)).toCompletableFuture().join();
        system.terminate();
    }

    @Test
    void the_sdk_puts_and_gets() {
        try (var client = client("any", "any")) {
            var item = Map.of(
                    "id",
                    AttributeValue.fromS("stärling"),
                    "seen",
                    AttributeValue.fromN("3"),
                    "notes",
                    AttributeValue.fromL(List.of(AttributeValue.fromBool(true))));

            var put = client.putItem(r -> r.tableName("birds").item(item));
            var got = client.getItem(r -> r.tableName("birds").key(Map.of("id", AttributeValue.fromS("stärling"))));

            assertThat(got.item()).isEqualTo(item);
            assertThat(put.responseMetadata().requestId()).matches("[0-9A-V]{52}");
        }
    }

    @Test
    void the_sdk_knows_the_errors() {
        try (var client = client("any", "any")) {
            var item = Map.of("id", AttributeValue.fromS("a"));

            assertThatThrownBy(() -> client.putItem(r -> r.tableName("fish").item(item)))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageStartingWith("Requested resource not found");
            assertThatThrownBy(() -> client.putItem(
                            r -> r.tableName("birds").item(item).conditionExpression("attribute_exists(id)")))
                    .isInstanceOf(ConditionalCheckFailedException.class);
            var unknown =
                    catchThrowableOfType(DynamoDbException.class, () -> client.listBackups(r -> r.tableName("birds")));
            assertThat(unknown.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
            assertThat(unknown.requestId()).hasSize(52);
        }
    }

    @Test
    void a_known_key_must_sign_rightly_and_the_sdk_does() {
        try (var right = client("KNOWN", "right");
                var wrong = client("KNOWN", "wrong")) {
            assertThat(right.listTables().tableNames()).containsExactly("birds");
            var refused = catchThrowableOfType(DynamoDbException.class, wrong::listTables);
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
        }
    }

    @Test
    void an_unknown_operation_is_refused_as_by_aws() {
        var answer = send(signed("DynamoDB_20120810.ListTable", "{}"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
        assertThat(header(answer, "x-amz-crc32")).isEqualTo("1368724161");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/x-amz-json-1.0");
    }

    @Test
    void an_unsigned_request_is_refused_as_by_aws() {
        var answer = send(HttpRequest.newBuilder(uri())
                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer))
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\","
                        + "\"message\":\"Request is missing Authentication Token\"}");
        assertThat(header(answer, "x-amz-crc32")).isEqualTo("2088342776");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    }

    @Test
    void what_is_no_json_is_refused() {
        for (var garbage : List.of("", "hi", "{", "[]", "\u0000")) {
            var answer = send(signed("DynamoDB_20120810.ListTables", garbage));

            assertThat(answer.statusCode()).as(garbage).isEqualTo(400);
            assertThat(text(answer))
                    .as(garbage)
                    .startsWith("{\"__type\":\"com.amazon.coral.service#SerializationException\"");
        }
    }

    @Test
    void a_request_above_the_bound_is_refused() {
        assertThat(send(signed("DynamoDB_20120810.ListTables", "{}" + " ".repeat(BODY_BYTES_MAX - 2)))
                        .statusCode())
                .isEqualTo(200);
        var answer = send(signed("DynamoDB_20120810.ListTables", "{}" + " ".repeat(BODY_BYTES_MAX - 1)));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void a_zipped_request_is_understood() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write("{}".getBytes(StandardCharsets.UTF_8));
        }

        var answer = send(signed("DynamoDB_20120810.ListTables", "{}")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zipped.toByteArray())));

        assertThat(text(answer)).isEqualTo("{\"TableNames\":[\"birds\"]}");
    }

    @Test
    void a_get_of_the_root_is_answered_as_by_aws() {
        var answer = send(HttpRequest.newBuilder(uri()).GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).matches("healthy: dynamodb\\..*\\.amazonaws\\.com ");
        assertThat(header(answer, "x-amz-crc32")).isEqualTo(crc32(answer.body()));
    }

    @Test
    void another_method_is_no_operation() {
        var answer = send(HttpRequest.newBuilder(uri()).DELETE());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "x-amz-crc32")).isEqualTo("3552371480");
    }

    private static DynamoDbClient client(String key, String secret) {
        return DynamoDbClient.builder()
                .endpointOverride(uri())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static HttpRequest.Builder signed(String target, String body) {
        return HttpRequest.newBuilder(uri())
                .header("X-Amz-Target", target)
                .header("X-Amz-Date", "20260101T000000Z")
                .header("Content-Type", "application/x-amz-json-1.0")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=a/b/c/dynamodb/aws4_request, SignedHeaders=host, Signature=0")
                .POST(BodyPublishers.ofString(body));
    }

    private static URI uri() {
        return URI.create("http://127.0.0.1:" + door.port() + "/");
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), BodyHandlers.ofByteArray()).join();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String crc32(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes);
        return Long.toString(sum.getValue());
    }
}
