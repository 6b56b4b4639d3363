package io.murmuration.protocol.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FunctionReplyCodecTest {
    private static final String MEMBERS = "\"FunctionName\":\"f\",\"FunctionArn\":\"arn:f\",\"Runtime\":\"nodejs20.x\","
            + "\"Role\":\"role\",\"Handler\":\"index.handler\",\"CodeSize\":3,\"Description\":\"\",\"Timeout\":3,\"MemorySize\":128,"
            + "\"LastModified\":\"2023-11-14T22:13:20.123+0000\",\"CodeSha256\":\"sha\",\"Version\":\"$LATEST\","
            + "\"Environment\":{\"Variables\":{\"KEY\":\"value\"}},\"TracingConfig\":{\"Mode\":\"PassThrough\"},"
            + "\"RevisionId\":\"revision\",\"State\":\"Active\",\"LastUpdateStatus\":\"Successful\",\"PackageType\":\"Zip\","
            + "\"Architectures\":[\"x86_64\"],\"EphemeralStorage\":{\"Size\":512},"
            + "\"SnapStart\":{\"ApplyOn\":\"None\",\"OptimizationStatus\":\"Off\"},"
            + "\"LoggingConfig\":{\"LogFormat\":\"Text\",\"LogGroup\":\"/aws/lambda/f\"}";

    @Test
    void a_created_function_is_told_with_status_201() {
        var reply = FunctionReplyCodec.created(function("$LATEST"));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(text(reply)).isEqualTo("{" + MEMBERS + "}");
    }

    @Test
    void a_function_comes_with_the_place_of_its_code() {
        assertThat(text(FunctionReplyCodec.function(function("$LATEST"), "http://code", OptionalInt.of(5))))
                .isEqualTo("{\"Configuration\":{" + MEMBERS
                        + "},\"Code\":{\"RepositoryType\":\"S3\",\"Location\":\"http://code\"},"
                        + "\"Concurrency\":{\"ReservedConcurrentExecutions\":5}}");
    }

    @Test
    void a_published_version_has_an_arn_of_its_own() {
        assertThat(text(FunctionReplyCodec.configuration(function("7")))).contains("\"FunctionArn\":\"arn:f:7\"");
    }

    @Test
    void a_page_names_where_the_next_begins() {
        assertThat(text(FunctionReplyCodec.list(List.of(function("$LATEST")), "next")))
                .isEqualTo("{\"Functions\":[{" + MEMBERS + "}],\"NextMarker\":\"next\"}");
        assertThat(text(FunctionReplyCodec.list(List.of(), null))).isEqualTo("{\"Functions\":[]}");
    }

    @Test
    void an_answer_of_a_function_carries_the_rest_in_headers() {
        var reply = FunctionReplyCodec.invoked(
                ByteBuffer.wrap("1".getBytes(UTF_8)), "$LATEST", "Unhandled", "log".getBytes(UTF_8));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(text(reply)).isEqualTo("1");
        assertThat(reply.headers())
                .isEqualTo(Map.of(
                        "X-Amz-Executed-Version", "$LATEST",
                        "X-Amz-Function-Error", "Unhandled",
                        "X-Amz-Log-Result", "bG9n"));
        assertThat(FunctionReplyCodec.invoked(ByteBuffer.allocate(0), "7", null, null)
                        .headers())
                .isEqualTo(Map.of("X-Amz-Executed-Version", "7"));
    }

    @Test
    void an_error_is_named_in_a_header() {
        var notFound = FunctionReplyCodec.error(FunctionErrors.notFound("arn:f"));
        var throttled = FunctionReplyCodec.error(FunctionErrors.throttled());

        assertThat(notFound.status()).isEqualTo(404);
        assertThat(notFound.headers()).isEqualTo(Map.of("x-amzn-ErrorType", "ResourceNotFoundException"));
        assertThat(text(notFound)).isEqualTo("{\"Type\":\"User\",\"Message\":\"Function not found: arn:f\"}");
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(text(throttled))
                .isEqualTo(
                        "{\"Reason\":\"ConcurrentInvocationLimitExceeded\",\"Type\":\"User\",\"message\":\"Rate Exceeded.\"}");
    }

    @Test
    void errors_that_dynamodb_has_with_other_statuses_and_names_are_lambdas_here() {
        var denied = FunctionReplyCodec.error(new ServiceError(CommonError.ACCESS_DENIED, "no"));
        var broken = FunctionReplyCodec.error(new ServiceError(CommonError.INTERNAL, "why"));

        assertThat(denied.status()).isEqualTo(403);
        assertThat(text(denied)).isEqualTo("{\"message\":\"no\"}");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.headers()).isEqualTo(Map.of("x-amzn-ErrorType", "ServiceException"));
        assertThat(text(broken)).isEqualTo("{\"Type\":\"Server\",\"Message\":\"why\"}");
    }

    @Test
    void what_was_only_queued_or_checked_has_no_body() {
        assertThat(FunctionReplyCodec.queued().status()).isEqualTo(202);
        assertThat(FunctionReplyCodec.done().status()).isEqualTo(204);
        assertThat(text(FunctionReplyCodec.done())).isEmpty();
    }

    private static String text(FunctionReply reply) {
        return UTF_8.decode(reply.body().duplicate()).toString();
    }

    private static FunctionConfiguration function(String version) {
        return new FunctionConfiguration(
                "f",
                "arn:f",
                version,
                "nodejs20.x",
                "role",
                "index.handler",
                "",
                3,
                128,
                Map.of("KEY", "value"),
                List.of("x86_64"),
                512,
                3,
                "sha",
                1_700_000_000_123L,
                "revision");
    }
}
