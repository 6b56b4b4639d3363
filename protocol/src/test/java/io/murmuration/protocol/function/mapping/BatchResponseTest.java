package io.murmuration.protocol.function.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.function.mapping.BatchResponse.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchResponseTest {
    private static final List<String> BATCH = List.of("10", "11", "12");

    /** "Lambda treats a batch as a complete success if your function returns an empty batchItemFailure list, a null list, an empty EventResponse, or a
     * null EventResponse." */
    @ParameterizedTest
    @ValueSource(strings = {"{\"batchItemFailures\":[]}", "{\"batchItemFailures\":null}", "{}", "null", ""})
    void all_was_done(String answer) {
        assertThat(read(answer)).isEqualTo(new Result.Done());
    }

    @Test
    void of_several_failures_the_first_record_counts() {
        assertThat(read("{\"batchItemFailures\":[{\"itemIdentifier\":\"12\"},{\"itemIdentifier\":\"11\"}]}"))
                .isEqualTo(new Result.DoneBefore(1));
    }

    /** "… as a complete failure if your function returns an empty string itemIdentifier, a null itemIdentifier, an itemIdentifier with a bad key name." */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"item\":\"11\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"13\"}]}",
                "{\"batchItemFailures\":7}",
                "\"fine\"",
                "[]"
            })
    void nothing_is_believed(String answer) {
        assertThat(read(answer)).isEqualTo(new Result.Unreadable());
    }

    @Test
    void an_event_holds_as_many_records_as_fit_and_at_least_one() {
        var records = List.of("{1}".getBytes(UTF_8), "{22}".getBytes(UTF_8), "{3}".getBytes(UTF_8));

        assertThat(new String(StreamPayload.of(records, 1_000).json(), UTF_8))
                .isEqualTo("{\"Records\":[{1},{22},{3}]}");
        assertThat(StreamPayload.of(records, 26).records()).isEqualTo(3);
        assertThat(StreamPayload.of(records, 25).records()).isEqualTo(2);
        assertThat(new String(StreamPayload.of(records, 1).json(), UTF_8)).isEqualTo("{\"Records\":[{1}]}");
    }

    private static Result read(String answer) {
        return BatchResponse.read(answer.getBytes(UTF_8), BATCH);
    }
}
