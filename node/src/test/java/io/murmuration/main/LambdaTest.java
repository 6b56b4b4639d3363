package io.murmuration.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.murmuration.MostlyWaits;
import io.murmuration.function.Zip;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.State;

/** Functions on a whole node under the unmodified SDK, each function a real process. */
@Timeout(180)
@MostlyWaits
class LambdaTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/any";
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

    /** Does what its payload says. */
    private static final String BIRD = """
            import json, os, sys, time
            def handler(event, context):
                what = event.get('do')
                if what == 'print':
                    print('flying')
                elif what == 'raise':
                    raise ValueError('hawk')
                elif what == 'exit':
                    sys.stdout.flush()
                    os._exit(7)
                elif what == 'eat':
                    return len(bytearray(os.urandom(1 << 20) * 400))
                elif what == 'sleep':
                    time.sleep(600)
                elif what == 'large':
                    return 'x' * 6291556
                return {'flock': os.environ.get('FLOCK'), 'endpoint': os.environ['AWS_ENDPOINT_URL'],
                        'region': os.environ['AWS_REGION'], 'key': len(os.environ['AWS_ACCESS_KEY_ID']) > 0,
                        'bytes': len(json.dumps(event)), 'context': context.client_context and context.client_context.custom}
            """;

    /** A zip holds the time at which it was made. */
    private static final Map<String, byte[]> ZIPS = new ConcurrentHashMap<>();

    private static TestCluster cluster;
    private static LambdaClient aws;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        var python = Pattern.compile(":")
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "python3")));
        assumeThat(python).as("python3 is on the PATH").isTrue();
        cluster = new TestCluster(folder, 1);
        aws = cluster.lambda(1);
    }

    @AfterAll
    static void close() {
        if (aws != null) {
            aws.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void a_function_is_made_called_changed_and_deleted() {
        var made = create("bird", r -> r.environment(e -> e.variables(Map.of("FLOCK", "starlings")))
                .memorySize(256)
                .timeout(60));

        assertThat(made.functionArn()).isEqualTo(ARN + "bird");
        assertThat(made.state()).isEqualTo(State.ACTIVE);
        assertThat(made.packageType()).isEqualTo(PackageType.ZIP);
        assertThat(made.codeSha256()).isEqualTo(sha256(zip(BIRD)));
        assertThat(text(invoke("bird", "{}"))).contains("\"flock\": \"starlings\"");

        var changed = aws.updateFunctionConfiguration(
                r -> r.functionName("bird").environment(e -> e.variables(Map.of("FLOCK", "geese"))));
        assertThat(changed.revisionId()).isNotEqualTo(made.revisionId());
        assertThat(changed.memorySize()).isEqualTo(256);
        assertThat(text(invoke("bird", "{}"))).contains("\"flock\": \"geese\"");

        var recoded =
                aws.updateFunctionCode(r -> r.functionName("bird").zipFile(bytes(zip("handler = lambda e, c: 2"))));
        assertThat(recoded.codeSha256()).isEqualTo(sha256(zip("handler = lambda e, c: 2")));
        assertThat(text(invoke("bird", "{}"))).isEqualTo("2");
        assertThat(aws.getFunctionConfiguration(r -> r.functionName(ARN + "bird"))
                        .revisionId())
                .isEqualTo(recoded.revisionId());

        aws.deleteFunction(r -> r.functionName("bird"));
        refused("ResourceNotFoundException", 404, "Function not found: " + ARN + "bird", () -> invoke("bird", "{}"));
        refused("ResourceNotFoundException", 404, "", () -> aws.getFunction(r -> r.functionName("bird")));
        refused("ResourceNotFoundException", 404, "", () -> aws.deleteFunction(r -> r.functionName("bird")));
    }

    @Test
    void a_name_is_given_once() {
        create("once", r -> {});

        refused("ResourceConflictException", 409, "Function already exist: once", () -> create("once", r -> {}));
    }

    @Test
    void an_operation_that_is_not_here_is_unknown() {
        var arn = create("plain", r -> {}).functionArn();

        refused("UnknownOperationException", 404, "", aws::getAccountSettings);
        refused(
                "UnknownOperationException",
                404,
                "",
                () -> aws.putFunctionEventInvokeConfig(
                        r -> r.functionName("plain").maximumRetryAttempts(0)));
        refused("UnknownOperationException", 404, "", () -> aws.listTags(r -> r.resource(arn)));
    }

    @Test
    void a_queue_for_dead_letters_is_refused_rather_than_ignored() {
        create("lively", r -> {});

        refused(
                "InvalidParameterValueException",
                400,
                "DeadLetterConfig",
                () -> aws.updateFunctionConfiguration(r -> r.functionName("lively")
                        .deadLetterConfig(d -> d.targetArn("arn:aws:sqs:us-east-1:000000000000:dead"))));
        refused(
                "InvalidParameterValueException",
                400,
                "DeadLetterConfig",
                () -> create(
                        "deadly",
                        r -> r.deadLetterConfig(d -> d.targetArn("arn:aws:sns:us-east-1:000000000000:dead"))));
    }

    @Test
    void a_change_of_another_revision_is_refused() {
        var first = create("revised", r -> {});
        var second =
                aws.updateFunctionConfiguration(r -> r.functionName("revised").timeout(4));

        refused(
                "PreconditionFailedException",
                412,
                "The Revision Id provided does not match",
                () -> aws.updateFunctionConfiguration(
                        r -> r.functionName("revised").timeout(5).revisionId(first.revisionId())));
        refused(
                "PreconditionFailedException",
                412,
                "",
                () -> aws.updateFunctionCode(
                        r -> r.functionName("revised").zipFile(bytes(zip(BIRD))).revisionId(first.revisionId())));
        assertThat(aws.updateFunctionConfiguration(
                                r -> r.functionName("revised").timeout(5).revisionId(second.revisionId()))
                        .timeout())
                .isEqualTo(5);
    }

    @Test
    void a_dry_run_changes_and_calls_nothing() {
        var made = create("dry", r -> {});
        var other = zip("handler = lambda e, c: 3");

        var told = aws.updateFunctionCode(
                r -> r.functionName("dry").zipFile(bytes(other)).dryRun(true));
        var status = aws.invoke(r -> r.functionName("dry")
                        .invocationType(InvocationType.DRY_RUN)
                        .payload(SdkBytes.fromUtf8String("{\"do\":\"exit\"}")))
                .statusCode();

        assertThat(told.codeSha256()).isEqualTo(sha256(other));
        assertThat(status).isEqualTo(204);
        assertThat(aws.getFunctionConfiguration(r -> r.functionName("dry")).codeSha256())
                .isEqualTo(made.codeSha256());
        assertThat(aws.getFunctionConfiguration(r -> r.functionName("dry")).revisionId())
                .isEqualTo(made.revisionId());
    }

    @Test
    void the_code_is_found_where_get_function_says() throws Exception {
        create("fetched", r -> {});

        var location = aws.getFunction(r -> r.functionName("fetched")).code().location();

        try (var http = HttpClient.newHttpClient()) {
            var found = http.send(HttpRequest.newBuilder(URI.create(location)).build(), BodyHandlers.ofByteArray());
            assertThat(found.body()).isEqualTo(zip(BIRD));
            var unsigned = URI.create(location.substring(0, location.indexOf('?')));
            assertThat(http.send(HttpRequest.newBuilder(unsigned).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void functions_are_listed_in_pages() {
        create("list-a", r -> {});
        create("list-b", r -> {});
        create("list-c", r -> {});

        var first = aws.listFunctions(r -> r.maxItems(1).marker("list"));
        var names = aws.listFunctionsPaginator(r -> r.maxItems(1)).functions().stream()
                .map(FunctionConfiguration::functionName)
                .filter(name -> name.startsWith("list-"))
                .toList();

        assertThat(first.functions()).hasSize(1);
        assertThat(first.nextMarker()).isNotNull();
        assertThat(names).containsExactly("list-a", "list-b", "list-c");
    }

    @Test
    void a_zip_that_is_none_or_too_large_is_refused() {
        refused(
                "InvalidParameterValueException",
                400,
                "Could not unzip uploaded file.",
                () -> create("nozip", r -> r.code(c -> c.zipFile(SdkBytes.fromUtf8String("birds")))));
        refused(
                "InvalidParameterValueException",
                400,
                "Unzipped size must be smaller than 262144000 bytes",
                () -> create("bomb", r -> r.code(c -> c.zipFile(bytes(Zip.ofZeros("zeros", 262_144_000))))));
        refused(
                "RequestEntityTooLargeException|RequestTooLargeException",
                413,
                "Request must be smaller than 70167211 bytes",
                () -> create("huge", r -> r.code(c -> c.zipFile(SdkBytes.fromByteArrayUnsafe(new byte[53_000_000])))));
        refused("ResourceNotFoundException", 404, "", () -> aws.getFunction(r -> r.functionName("nozip")));
    }

    @Test
    void a_large_zip_passes_a_small_heap() throws Exception {
        var ballast = new byte[20 << 20];
        new Random(1).nextBytes(ballast);
        var large = Zip.with(Map.of("app.py", BIRD), "ballast", ballast);

        create("large", r -> r.code(c -> c.zipFile(bytes(large))).timeout(60));

        assertThat(text(invoke("large", "{}"))).contains("flock");
        assertThat(aws.getFunctionConfiguration(r -> r.functionName("large")).codeSize())
                .isEqualTo(large.length);
    }

    @Test
    void the_function_finds_the_cluster_in_its_environment() {
        create("finds", r -> r.timeout(60));

        assertThat(text(invoke("finds", "{}")))
                .contains(
                        "\"endpoint\": \"" + cluster.endpoint(1) + "\"", "\"region\": \"us-east-1\"", "\"key\": true");
    }

    @Test
    void the_end_of_the_log_comes_with_the_answer() {
        create("logs", r -> r.timeout(60));

        var answer = aws.invoke(r -> r.functionName("logs")
                .logType(LogType.TAIL)
                .clientContext(Base64.getEncoder()
                        .encodeToString("{\"custom\":{\"a\":\"b\"}}".getBytes(StandardCharsets.UTF_8)))
                .payload(SdkBytes.fromUtf8String("{\"do\":\"print\"}")));

        assertThat(answer.executedVersion()).isEqualTo("$LATEST");
        assertThat(answer.functionError()).isNull();
        assertThat(text(answer)).contains("\"context\": {\"a\": \"b\"}");
        assertThat(new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8))
                .containsSubsequence(
                        "START RequestId: " + answer.responseMetadata().requestId(),
                        "flying",
                        "END RequestId: ",
                        "REPORT RequestId: ");
        assertThat(invoke("logs", "{}").logResult()).isNull();
    }

    @Test
    void an_error_of_the_handler_is_an_answer() {
        create("raises", r -> r.timeout(60));

        var answer = invoke("raises", "{\"do\":\"raise\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(text(answer)).contains("\"errorMessage\": \"hawk\"", "\"errorType\": \"ValueError\"");
    }

    @Test
    void a_function_that_takes_too_long_is_ended() {
        create("slow", r -> r.timeout(3));

        var answer = invoke("slow", "{\"do\":\"sleep\"}");

        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(text(answer)).containsPattern("\"errorMessage\":\".* Task timed out after 3.00 seconds\"");
    }

    @Test
    void a_runtime_that_exits_is_told_and_the_next_call_starts_another() {
        create("exits", r -> r.timeout(60));

        var answer = invoke("exits", "{\"do\":\"exit\"}");

        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(text(answer))
                .contains("\"errorType\":\"Runtime.ExitError\"", "Runtime exited with error: exit status 7");
        assertThat(invoke("exits", "{}").functionError()).isNull();
    }

    @Test
    void a_function_that_takes_more_memory_than_it_has_is_killed() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var health = HttpRequest.newBuilder(cluster.endpoint(1).resolve("/_murmur/health"))
                    .build();
            assumeThat(http.send(health, BodyHandlers.ofString()).body())
                    .as("memory is bounded here")
                    .contains("memory is bounded by control groups");
        }
        create("hungry", r -> r.timeout(60));

        var answer = invoke("hungry", "{\"do\":\"eat\"}");

        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(text(answer)).contains("\"errorType\":\"Runtime.ExitError\"", "signal: killed");
    }

    @Test
    void a_handler_that_is_not_there_is_lambdas_runtime_error() {
        create("nohandler", r -> r.handler("app.missing").timeout(60));
        create("nomodule", r -> r.handler("missing.handler").timeout(60));

        assertThat(text(invoke("nohandler", "{}"))).contains("Runtime.HandlerNotFound");
        assertThat(text(invoke("nomodule", "{}"))).contains("Runtime.ImportModuleError");
    }

    @Test
    void payloads_are_bounded_in_both_directions() {
        create("bounded", r -> r.timeout(60));

        assertThat(text(invoke("bounded", "{\"a\":\"" + "x".repeat(6_291_456 - 8) + "\"}")))
                .contains("\"bytes\": 6291457");
        refused(
                "RequestTooLargeException",
                413,
                "Request must be smaller than 6291456 bytes for the InvokeFunction operation",
                () -> invoke("bounded", "{\"a\":\"" + "x".repeat(6_291_456 - 7) + "\"}"));
        var answer = invoke("bounded", "{\"do\":\"large\"}");
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(text(answer)).contains("Function.ResponseSizeTooLarge");
    }

    @Test
    void what_is_no_request_is_refused_in_lambdas_words() {
        create("strict", r -> r.timeout(60));

        refused(
                "InvalidRequestContentException",
                400,
                "Could not parse request body into json",
                () -> invoke("strict", "{not json"));
        refused(
                "ResourceNotFoundException",
                404,
                "Function not found: " + ARN + "strict:7",
                () -> aws.invoke(r -> r.functionName("strict").qualifier("7")));
        refused(
                "ValidationException",
                400,
                "",
                () -> aws.updateFunctionConfiguration(
                        r -> r.functionName("strict").timeout(901)));
        refused("InvalidParameterValueException", 400, "", () -> create("versioned", r -> r.publish(true)));
    }

    private static CreateFunctionResponse create(String name, Consumer<CreateFunctionRequest.Builder> more) {
        return aws.createFunction(r -> more.accept(r.functionName(name)
                .runtime(Runtime.PYTHON3_12)
                .role(ROLE)
                .handler("app.handler")
                .code(c -> c.zipFile(bytes(zip(BIRD))))));
    }

    private static InvokeResponse invoke(String name, String payload) {
        return aws.invoke(r -> r.functionName(name).payload(SdkBytes.fromUtf8String(payload)));
    }

    private static String text(InvokeResponse answer) {
        return answer.payload().asUtf8String();
    }

    private static byte[] zip(String module) {
        return ZIPS.computeIfAbsent(module, text -> Zip.of(Map.of("app.py", text)));
    }

    private static SdkBytes bytes(byte[] zip) {
        return SdkBytes.fromByteArray(zip);
    }

    private static String sha256(byte[] zip) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(zip));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void refused(String names, int status, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(LambdaException.class, refusal -> {
            assertThat(refusal.awsErrorDetails().errorCode()).matches(names);
            assertThat(refusal.statusCode()).isEqualTo(status);
            assertThat(refusal).hasMessageContaining(message);
        });
    }
}
