package io.murmuration.protocol.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.murmuration.protocol.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvocationPayloadTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "7", "\"text\"", "[1, {\"a\": [true]}]", " {} "})
    void json_is_passed_on_as_it_is(String payload) {
        assertThat(new String(InvocationPayload.checked(payload.getBytes(UTF_8)), UTF_8))
                .isEqualTo(payload);
    }

    @Test
    void nothing_is_an_empty_object() {
        assertThat(new String(InvocationPayload.checked(new byte[0]), UTF_8)).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "{", "{} {}", "not json", "{'a':1}", "[1"})
    void what_is_not_json_is_refused(String payload) {
        var refusal =
                catchThrowableOfType(ServiceException.class, () -> InvocationPayload.checked(payload.getBytes(UTF_8)));

        assertThat(refusal.error().code()).isEqualTo(FunctionError.INVALID_REQUEST_CONTENT);
        assertThat(refusal)
                .hasMessageStartingWith("Could not parse request body into json: Could not parse payload into json: ");
    }
}
