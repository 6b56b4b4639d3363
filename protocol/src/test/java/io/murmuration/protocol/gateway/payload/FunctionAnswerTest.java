package io.murmuration.protocol.gateway.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionAnswerTest {
    /**
     * "API Gateway makes the following assumptions if your Lambda function returns valid JSON and doesn't return a statusCode: isBase64Encoded is false,
     * statusCode is 200, content-type is application/json, body is the function's response." What is no valid JSON is seen to be treated alike.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Hello from Lambda!\"             | Hello from Lambda!",
                "\"Special \\\"quoted\\\" text\"    | Special \"quoted\" text",
                "{ \"message\": \"Hello\" }         | { \"message\": \"Hello\" }",
                "{\"a\":{\"statusCode\":201}}       | {\"a\":{\"statusCode\":201}}",
                "[1, 2, 3]                          | [1, 2, 3]",
                "42                                 | 42",
                "true                               | true",
                "null                               | null",
                "{\"name\": \"John\", \"age\":      | {\"name\": \"John\", \"age\":",
                "Hello, World!                      | Hello, World!",
            })
    void in_format_2_anything_without_a_status_is_itself_the_body(String payload, String body) {
        var answer = FunctionAnswer.of(bytes(payload), "2.0").orElseThrow();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(text(answer)).isEqualTo(body);
        assertThat(answer.headers()).isEmpty();
    }

    @Test
    void in_format_2_a_status_makes_it_an_answer_of_its_own_with_cookies() {
        var answer = FunctionAnswer.of(
                        bytes(
                                "{\"body\":\"owl\",\"cookies\":[\"a=1\",\"b=2; Secure\"],\"headers\":{\"X-Bird\":\"owl\","
                                        + "\"x-count\":3,\"x-wild\":true,\"x-none\":null},\"statusCode\":201,\"other\":{\"x\":[1]}}"),
                        "2.0")
                .orElseThrow();

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(text(answer)).isEqualTo("owl");
        assertThat(answer.headers())
                .containsExactly(
                        new Header("X-Bird", "owl"),
                        new Header("x-count", "3"),
                        new Header("x-wild", "true"),
                        new Header("set-cookie", "a=1"),
                        new Header("set-cookie", "b=2; Secure"));
    }

    @Test
    void a_body_in_base64_is_bytes_and_its_type_is_the_header_s() {
        var answer = FunctionAnswer.of(
                        bytes("{\"statusCode\":\"200\",\"isBase64Encoded\":true,\"body\":\"AP8B\","
                                + "\"headers\":{\"Content-Type\":\"image/png\"}}"),
                        "2.0")
                .orElseThrow();

        assertThat(answer.body()).containsExactly(0, 0xFF, 1);
        assertThat(answer.contentType()).isEqualTo("image/png");
        assertThat(answer.headers()).isEmpty();
    }

    @Test
    void a_status_without_a_body_has_no_type_either() {
        var answer = FunctionAnswer.of(bytes("{\"statusCode\":204,\"body\":null,\"headers\":null}"), "2.0")
                .orElseThrow();

        assertThat(answer.body()).isEmpty();
        assertThat(answer.contentType()).isEmpty();
    }

    @Test
    void in_format_1_headers_of_many_values_come_first_and_the_others_are_added() {
        var answer = FunctionAnswer.of(
                        bytes(
                                "{\"statusCode\":200,\"multiValueHeaders\":{\"x-bird\":[\"owl\",\"crow\"]},"
                                        + "\"headers\":{\"x-bird\":\"owl\",\"x-one\":\"1\"},\"cookies\":[\"ignored\"],\"body\":\"{}\"}"),
                        "1.0")
                .orElseThrow();

        assertThat(answer.headers())
                .containsExactly(new Header("x-bird", "owl"), new Header("x-bird", "crow"), new Header("x-one", "1"));
        assertThat(text(answer)).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Hello\"", "{\"message\":\"Hello\"}", "null", "{\"statusCode\":", "[]", ""})
    void in_format_1_anything_without_a_status_is_malformed(String payload) {
        assertThat(FunctionAnswer.of(bytes(payload), "1.0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"statusCode\":200.5}",
                "{\"statusCode\":99}",
                "{\"statusCode\":101}",
                "{\"statusCode\":600}",
                "{\"statusCode\":99999999999}",
                "{\"statusCode\":\"many\"}",
                "{\"statusCode\":null}",
                "{\"statusCode\":[200]}",
                "{\"statusCode\":200,\"body\":{\"a\":1}}",
                "{\"statusCode\":200,\"body\":7}",
                "{\"statusCode\":200,\"headers\":[]}",
                "{\"statusCode\":200,\"headers\":{\"a\":[\"b\"]}}",
                "{\"statusCode\":200,\"headers\":{\"a b\":\"c\"}}",
                "{\"statusCode\":200,\"headers\":{\"a\":\"b\\r\\nset-cookie: c\"}}",
                "{\"statusCode\":200,\"body\":\"no base64!\",\"isBase64Encoded\":true}",
            })
    void in_either_format_a_status_with_what_cannot_be_sent_is_malformed(String payload) {
        assertThat(FunctionAnswer.of(bytes(payload), "1.0")).isEmpty();
        assertThat(FunctionAnswer.of(bytes(payload), "2.0")).isEmpty();
    }

    @Test
    void a_cookie_cannot_write_another_header() {
        assertThat(FunctionAnswer.of(bytes("{\"statusCode\":200,\"cookies\":[\"a=1\\nx: y\"]}"), "2.0"))
                .isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(FunctionAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
