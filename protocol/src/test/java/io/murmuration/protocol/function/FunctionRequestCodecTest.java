package io.murmuration.protocol.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionRequest.CreateFunction;
import io.murmuration.protocol.function.FunctionRequest.DeleteFunction;
import io.murmuration.protocol.function.FunctionRequest.GetFunction;
import io.murmuration.protocol.function.FunctionRequest.GetFunctionConfiguration;
import io.murmuration.protocol.function.FunctionRequest.InvocationType;
import io.murmuration.protocol.function.FunctionRequest.Invoke;
import io.murmuration.protocol.function.FunctionRequest.ListFunctions;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionCode;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionConfiguration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionRequestCodecTest {
    private static final String ROOT = "/2015-03-31/functions";
    private static final String ROLE = "arn:aws:iam::000000000000:role/any";
    private static final String LEAST = "\"FunctionName\":\"f\",\"Role\":\"" + ROLE + "\"";
    private static final String CODE =
            ",\"Runtime\":\"nodejs20.x\",\"Handler\":\"index.handler\",\"Code\":{\"ZipFile\":\"AQID\"}";

    @Test
    void a_function_is_created_from_all_that_is_said_of_it() {
        var created = (CreateFunction) decode(
                "POST",
                ROOT,
                "{" + LEAST + CODE
                        + ",\"Timeout\":7,\"MemorySize\":256,\"Description\":\"d\",\"Environment\":{\"Variables\":{\"KEY\":\"value\"}},"
                        + "\"Architectures\":[\"arm64\"],\"EphemeralStorage\":{\"Size\":600},\"Publish\":true,\"PackageType\":\"Zip\","
                        + "\"Tags\":{\"a\":\"b\"},\"VpcConfig\":null}");

        assertThat(created.name()).isEqualTo("f");
        assertThat(created.publish()).isTrue();
        assertThat(created.code().zip()).containsExactly(1, 2, 3);
        assertThat(created.settings())
                .isEqualTo(new FunctionSettingsChange(
                        "nodejs20.x",
                        ROLE,
                        "index.handler",
                        "d",
                        7L,
                        256L,
                        600L,
                        Map.of("KEY", "value"),
                        List.of("arm64"),
                        "Zip"));
    }

    @Test
    void what_is_not_said_is_as_lambda_has_it() {
        var created = (CreateFunction) decode("POST", ROOT + "/", "{" + LEAST + CODE + "}");

        var function = FunctionRules.created("f", "arn", created.settings(), 3, "sha", 5, "revision");

        assertThat(function)
                .isEqualTo(new FunctionConfiguration(
                        "f",
                        "arn",
                        "$LATEST",
                        "nodejs20.x",
                        ROLE,
                        "index.handler",
                        "",
                        3,
                        128,
                        Map.of(),
                        List.of("x86_64"),
                        512,
                        3,
                        "sha",
                        5,
                        "revision"));
    }

    @Test
    void an_update_changes_what_it_names_and_replaces_the_variables() {
        var created = (CreateFunction)
                decode("POST", ROOT, "{" + LEAST + CODE + ",\"Environment\":{\"Variables\":{\"OLD\":\"1\"}}}");
        var before = FunctionRules.created("f", "arn", created.settings(), 3, "sha", 5, "one");
        var update = (UpdateFunctionConfiguration) decode(
                "PUT",
                ROOT + "/f/configuration",
                "{\"Timeout\":900,\"Environment\":{\"Variables\":{\"NEW\":\"2\"}},\"RevisionId\":\"one\"}");

        var after = FunctionRules.changed(before, update.settings(), 6, "two");

        assertThat(update.revisionId()).isEqualTo("one");
        assertThat(after.timeoutSeconds()).isEqualTo(900);
        assertThat(after.variables()).isEqualTo(Map.of("NEW", "2"));
        assertThat(after.handler()).isEqualTo("index.handler");
        assertThat(after.revisionId()).isEqualTo("two");
    }

    @Test
    void functions_are_named_in_the_path() {
        assertThat(decode("GET", ROOT + "/f", "")).isEqualTo(new GetFunction(new FunctionName("f", null)));
        assertThat(decode("GET", ROOT + "/f/configuration", "", Map.of("Qualifier", "7"), Map.of()))
                .isEqualTo(new GetFunctionConfiguration(new FunctionName("f", "7")));
        assertThat(decode("DELETE", ROOT + "/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Af%3A2", ""))
                .isEqualTo(new DeleteFunction(new FunctionName("f", "2")));
    }

    @Test
    void a_list_has_pages_of_50_at_most() {
        assertThat(decode("GET", ROOT, "")).isEqualTo(new ListFunctions(null, 50));
        assertThat(decode("GET", ROOT + "/", "", Map.of("Marker", "m", "MaxItems", "10"), Map.of()))
                .isEqualTo(new ListFunctions("m", 10));
        assertThat(decode("GET", ROOT, "", Map.of("MaxItems", "10000"), Map.of()))
                .isEqualTo(new ListFunctions(null, 50));
        assertThat(refusal("GET", ROOT, "", Map.of("MaxItems", "10001")).message())
                .isEqualTo("1 validation error detected: Value '10001' at 'maxItems' failed to satisfy constraint:"
                        + " Member must have value less than or equal to 10000");
    }

    @Test
    void code_lies_in_the_request_or_in_a_bucket() {
        var update = (UpdateFunctionCode) decode(
                "PUT",
                ROOT + "/f/code",
                "{\"S3Bucket\":\"b\",\"S3Key\":\"k\",\"S3ObjectVersion\":\"v\",\"DryRun\":true}");

        assertThat(update.code().bucket()).isEqualTo("b");
        assertThat(update.code().key()).isEqualTo("k");
        assertThat(update.code().objectVersion()).isEqualTo("v");
        assertThat(update.dryRun()).isTrue();
        assertThat(refusal("PUT", ROOT + "/f/code", "{}").message())
                .isEqualTo("Please provide a source for function code.");
        assertThat(refusal("PUT", ROOT + "/f/code", "{\"ZipFile\":\"AQID\",\"S3Bucket\":\"b\",\"S3Key\":\"k\"}")
                        .message())
                .isEqualTo("Please do not provide other FunctionCode parameters when providing a ZipFile.");
    }

    @Test
    void an_invocation_is_described_by_its_headers() {
        assertThat(decode("POST", ROOT + "/f/invocations", "not json"))
                .isEqualTo(new Invoke(new FunctionName("f", null), InvocationType.REQUEST_RESPONSE, false, ""));
        assertThat(decode(
                        "POST",
                        ROOT + "/f:live/invocations",
                        "",
                        Map.of(),
                        Map.of(
                                "X-Amz-Invocation-Type",
                                "Event",
                                "X-Amz-Log-Type",
                                "Tail",
                                "X-Amz-Client-Context",
                                "e30=")))
                .isEqualTo(new Invoke(new FunctionName("f", "live"), InvocationType.EVENT, true, "{}"));
        var refusal = catchThrowableOfType(
                ServiceException.class,
                () -> decode("POST", ROOT + "/f/invocations", "", Map.of(), Map.of("X-Amz-Invocation-Type", "Other")));
        assertThat(refusal)
                .hasMessage(
                        "1 validation error detected: Value 'Other' at 'invocationType' failed to satisfy constraint:"
                                + " Member must satisfy enum value set: [RequestResponse, Event, DryRun]");
    }

    @Test
    void members_that_must_be_there_are_reported_together() {
        assertThat(refusal("POST", ROOT, "{}").message())
                .isEqualTo(
                        "3 validation errors detected: Value null at 'functionName' failed to satisfy constraint: Member must"
                                + " not be null; Value null at 'role' failed to satisfy constraint: Member must not be null; Value null at"
                                + " 'code' failed to satisfy constraint: Member must not be null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Timeout\":0|Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1",
                "\"Timeout\":901|Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
                "\"MemorySize\":127|Value '127' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
                "\"MemorySize\":10241|Value '10241' at 'memorySize' failed to satisfy constraint: Member must have value less than or equal to 10240",
                "\"Role\":\"me\"|Value 'me' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
                "\"Handler\":\"a b\"|Value 'a b' at 'handler' failed to satisfy constraint: Member must satisfy regular expression pattern: [^\\s]+"
            })
    void a_value_beyond_its_limits_is_refused(String member, String violation) {
        var error = refusal("PUT", ROOT + "/f/configuration", "{" + member + "}");

        assertThat(error.code()).isEqualTo(CommonError.VALIDATION);
        assertThat(error.message()).isEqualTo("1 validation error detected: " + violation);
    }

    @Test
    void the_limits_themselves_are_allowed() {
        for (var member : List.of("\"Timeout\":1", "\"Timeout\":900", "\"MemorySize\":128", "\"MemorySize\":10240")) {
            assertThat(decode("PUT", ROOT + "/f/configuration", "{" + member + "}"))
                    .isInstanceOf(UpdateFunctionConfiguration.class);
        }
    }

    @Test
    void a_runtime_must_be_one_that_there_is_and_so_must_a_handler() {
        assertThat(refusal("POST", ROOT, "{" + LEAST + ",\"Runtime\":\"cobol\",\"Code\":{}}")
                        .message())
                .startsWith("1 validation error detected: Value 'cobol' at 'runtime' failed to satisfy constraint:"
                        + " Member must satisfy enum value set: [nodejs18.x, ")
                .endsWith("] or be a valid ARN");
        assertThat(refusal("POST", ROOT, "{" + LEAST + ",\"Code\":{\"ZipFile\":\"AQID\"}}")
                        .message())
                .isEqualTo(
                        "Runtime and Handler are mandatory parameters for functions created with deployment packages.");
    }

    @Test
    void variables_of_lambdas_own_are_reserved() {
        var error = refusal(
                "PUT",
                ROOT + "/f/configuration",
                "{\"Environment\":{\"Variables\":{\"AWS_REGION\":\"x\",\"OWN\":\"y\"}}}");

        assertThat(error.code()).isEqualTo(FunctionError.INVALID_PARAMETER_VALUE);
        assertThat(error.message()).endsWith("Reserved keys used in this request: AWS_REGION");
    }

    @Test
    void variables_have_4_kilobytes_together() {
        // {"KEY":"…"} is ten characters longer than its value
        assertThat(decode("PUT", ROOT + "/f/configuration", variable(4086))).isNotNull();
        assertThat(refusal("PUT", ROOT + "/f/configuration", variable(4087)).message())
                .startsWith(
                        "Lambda was unable to configure your environment variables because the environment variables you have"
                                + " provided exceeded the 4KB limit. String measured: {\"KEY\":\"vvv");
    }

    @Test
    void what_is_not_the_json_that_is_expected_is_refused() {
        for (var body : List.of(
                "", "[]", "{", "{} {}", "{\"Timeout\":\"7\"}", "{\"Environment\":7}", "{\"Architectures\":[7]}")) {
            assertThat(refusal("PUT", ROOT + "/f/configuration", body).code())
                    .as(body)
                    .isEqualTo(CommonError.SERIALIZATION);
        }
        assertThat(refusal("PUT", ROOT + "/f/code", "{\"ZipFile\":\"no base64!\"}")
                        .code())
                .isEqualTo(CommonError.SERIALIZATION);
    }

    @Test
    void other_paths_and_methods_are_unknown() {
        assertThat(refusal("PUT", ROOT, "{}").code()).isEqualTo(CommonError.UNKNOWN_OPERATION);
        assertThat(refusal("GET", ROOT + "/f/other", "").code()).isEqualTo(CommonError.UNKNOWN_OPERATION);
        assertThat(refusal("GET", ROOT + "/f/code/more", "").code()).isEqualTo(CommonError.UNKNOWN_OPERATION);
        assertThat(refusal("GET", "/2014-11-13/functions", "").code()).isEqualTo(CommonError.UNKNOWN_OPERATION);
    }

    private static String variable(int length) {
        return "{\"Environment\":{\"Variables\":{\"KEY\":\"" + "v".repeat(length) + "\"}}}";
    }

    private static FunctionRequest decode(String method, String path, String body) {
        return decode(method, path, body, Map.of(), Map.of());
    }

    private static FunctionRequest decode(
            String method, String path, String body, Map<String, String> query, Map<String, String> headers) {
        return FunctionRequestCodec.decode(method, path, query::get, headers::get, body.getBytes(UTF_8));
    }

    private static ServiceError refusal(String method, String path, String body) {
        return refusal(method, path, body, Map.of());
    }

    private static ServiceError refusal(String method, String path, String body, Map<String, String> query) {
        return catchThrowableOfType(ServiceException.class, () -> decode(method, path, body, query, Map.of()))
                .error();
    }
}
