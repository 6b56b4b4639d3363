package io.murmuration.protocol.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailurePayloadTest {
    @Test
    void the_words_of_a_timeout_begin_with_the_time_and_the_id() {
        assertThat(FailurePayload.timedOutText("c0ffee", 1_700_000_000_123L, 3_000))
                .isEqualTo("2023-11-14T22:13:20.123Z c0ffee Task timed out after 3.00 seconds");
    }

    @ParameterizedTest
    @CsvSource({
        "0, Runtime exited without providing a reason",
        "1, Runtime exited with error: exit status 1",
        "127, Runtime exited with error: exit status 127",
        "134, Runtime exited with error: signal: aborted",
        "137, Runtime exited with error: signal: killed",
        "139, Runtime exited with error: signal: segmentation fault",
        "255, Runtime exited with error: exit status 255"
    })
    void an_exit_is_told_by_its_status_or_signal(int status, String words) {
        assertThat(new String(FailurePayload.exited("id", status), UTF_8))
                .isEqualTo("{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: id Error: " + words
                        + "\"}");
    }

    @Test
    void a_message_is_escaped() {
        assertThat(new String(FailurePayload.message("a \"b\"\n"), UTF_8))
                .isEqualTo("{\"errorMessage\":\"a \\\"b\\\"\\n\"}");
    }
}
