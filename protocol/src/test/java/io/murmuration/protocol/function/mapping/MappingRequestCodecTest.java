package io.murmuration.protocol.function.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionError;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.mapping.MappingRequest.CreateMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.DeleteMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.GetMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.ListMappings;
import io.murmuration.protocol.function.mapping.MappingRequest.UpdateMapping;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingRequestCodecTest {
    private static final String SOURCE =
            "arn:aws:dynamodb:us-east-1:000000000000:table/birds/stream/2026-01-02T03:04:05.678";
    private static final String BASE =
            "\"EventSourceArn\":\"" + SOURCE + "\",\"FunctionName\":\"count:live\",\"StartingPosition\":\"LATEST\"";

    @Test
    void a_mapping_is_made_with_lambdas_defaults() {
        var create = (CreateMapping) post("{" + BASE + "}");

        assertThat(create.function()).isEqualTo(new FunctionName("count", "live"));
        assertThat(create.source().text()).isEqualTo(SOURCE);
        assertThat(create.start()).isEqualTo(StartingPosition.LATEST);
        assertThat(create.enabled()).isTrue();
        assertThat(create.change().settings()).isEqualTo(new MappingSettings(100, 0, -1, -1, false, false, List.of()));
    }

    @Test
    void every_member_that_has_an_effect_is_read() {
        var create = (CreateMapping) post("{" + BASE
                + ",\"Enabled\":false,\"BatchSize\":7,\"MaximumBatchingWindowInSeconds\":3,\"MaximumRetryAttempts\":2,"
                + "\"MaximumRecordAgeInSeconds\":60,\"BisectBatchOnFunctionError\":true,\"ParallelizationFactor\":1,"
                + "\"TumblingWindowInSeconds\":0,\"FunctionResponseTypes\":[\"ReportBatchItemFailures\"],"
                + "\"DestinationConfig\":{\"OnFailure\":{}},"
                + "\"FilterCriteria\":{\"Filters\":[{\"Pattern\":\"{\\\"a\\\":[1]}\"}]}}");

        assertThat(create.enabled()).isFalse();
        assertThat(create.change().settings())
                .isEqualTo(new MappingSettings(7, 3, 60, 2, true, true, List.of("{\"a\":[1]}")));
    }

    @Test
    void a_change_leaves_what_it_does_not_name() {
        var update =
                (UpdateMapping) decode("PUT", "/an-id", Map.of(), "{\"BatchSize\":9,\"FunctionResponseTypes\":[]}");
        var before = new MappingSettings(7, 3, 60, 2, true, true, List.of("{\"a\":[1]}"));

        assertThat(update.id()).isEqualTo("an-id");
        assertThat(update.function()).isNull();
        assertThat(update.enabled()).isNull();
        assertThat(update.change().on(before))
                .isEqualTo(new MappingSettings(9, 3, 60, 2, true, false, List.of("{\"a\":[1]}")));
    }

    @Test
    void mappings_are_found_listed_and_removed() {
        assertThat(decode("GET", "/an-id", Map.of(), "")).isEqualTo(new GetMapping("an-id"));
        assertThat(decode("DELETE", "/an-id", Map.of(), "")).isEqualTo(new DeleteMapping("an-id"));
        assertThat(decode("GET", "/", Map.of(), "")).isEqualTo(new ListMappings(null, null, null, 100));
        assertThat(decode(
                        "GET",
                        "",
                        Map.of("FunctionName", "f", "EventSourceArn", "s", "Marker", "m", "MaxItems", "5"),
                        ""))
                .isEqualTo(new ListMappings(new FunctionName("f", null), "s", "m", 5));
        refused(CommonError.UNKNOWN_OPERATION, () -> decode("PATCH", "/an-id", Map.of(), ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"BatchSize\":0; '0' at 'batchSize'",
                "\"BatchSize\":10001; '10001' at 'batchSize'",
                "\"MaximumBatchingWindowInSeconds\":301; '301' at 'maximumBatchingWindowInSeconds'",
                "\"MaximumRetryAttempts\":-2; '-2' at 'maximumRetryAttempts'",
                "\"MaximumRecordAgeInSeconds\":604801; '604801' at 'maximumRecordAgeInSeconds'",
                "\"ParallelizationFactor\":11; '11' at 'parallelizationFactor'",
                "\"FunctionResponseTypes\":[\"x\"]; 'x' at 'functionResponseTypes'"
            })
    void what_lambdas_model_forbids_is_a_validation_error(String member, String told) {
        assertThat(refused(CommonError.VALIDATION, () -> post("{" + BASE + "," + member + "}")))
                .contains(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ParallelizationFactor\":2",
                "\"TumblingWindowInSeconds\":5",
                "\"DestinationConfig\":{\"OnFailure\":{\"Destination\":\"arn:aws:sqs:us-east-1:000000000000:q\"}}",
                "\"Topics\":[\"t\"]",
                "\"StartingPositionTimestamp\":1",
                "\"MaximumRecordAgeInSeconds\":59"
            })
    void what_would_have_no_effect_is_refused(String member) {
        refused(FunctionError.INVALID_PARAMETER_VALUE, () -> post("{" + BASE + "," + member + "}"));
    }

    @Test
    void a_mapping_needs_a_function_a_stream_and_a_beginning() {
        refused(CommonError.VALIDATION, () -> post("{}"));
        refused(CommonError.VALIDATION, () -> post("{\"EventSourceArn\":\"" + SOURCE + "\",\"FunctionName\":\"f\"}"));
        refused(
                FunctionError.INVALID_PARAMETER_VALUE,
                () -> post(
                        "{\"EventSourceArn\":\"arn:aws:sns:us-east-1:000000000000:t\",\"FunctionName\":\"f\",\"StartingPosition\":\"LATEST\"}"));
        refused(
                FunctionError.INVALID_PARAMETER_VALUE,
                () -> post("{\"EventSourceArn\":\"" + SOURCE
                        + "\",\"FunctionName\":\"f\",\"StartingPosition\":\"AT_TIMESTAMP\"}"));
    }

    private static MappingRequest post(String body) {
        return decode("POST", "/", Map.of(), body);
    }

    private static MappingRequest decode(String method, String path, Map<String, String> query, String body) {
        return MappingRequestCodec.decode(method, MappingRequestCodec.ROOT + path, query::get, body.getBytes(UTF_8));
    }

    private static String refused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var message = new StringBuilder();
        assertThatThrownBy(call).isInstanceOfSatisfying(ServiceException.class, refusal -> {
            assertThat(refusal.error().code()).isEqualTo(code);
            message.append(refusal.error().message());
        });
        return message.toString();
    }
}
