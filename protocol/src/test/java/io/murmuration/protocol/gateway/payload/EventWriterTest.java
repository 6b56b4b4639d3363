package io.murmuration.protocol.gateway.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventWriterTest {
    private static final String TRACE = "Root=1-5e66d96f-7491f09a1b2c79d18acf3d05";

    @Test
    void format_2_joins_values_and_leaves_out_what_is_not_there() {
        var request = request(
                "text/plain",
                "Hello from Lambda".getBytes(StandardCharsets.UTF_8),
                Map.of("parameter1", "value1"),
                Map.of("stageVariable1", "value1"));

        assertThat(text(request, "2.0"))
                .isEqualTo("{\"version\":\"2.0\",\"routeKey\":\"POST /my/{parameter1}\",\"rawPath\":\"/my/path\","
                        + "\"rawQueryString\":\"parameter1=value1&parameter1=value%202&parameter2=value+3&flag\","
                        + "\"cookies\":[\"cookie1\",\"cookie2=x\"],"
                        + "\"headers\":{\"header1\":\"value1,value2\",\"host\":\"id.execute-api.localhost:4566\","
                        + "\"user-agent\":\"agent\",\"x-forwarded-for\":\"203.0.113.9, 127.0.0.1\","
                        + "\"content-type\":\"text/plain\",\"content-length\":\"17\",\"x-forwarded-port\":\"4566\","
                        + "\"x-forwarded-proto\":\"http\",\"x-amzn-trace-id\":\"" + TRACE + "\"},"
                        + "\"queryStringParameters\":{\"parameter1\":\"value1,value 2\",\"parameter2\":\"value 3\",\"flag\":\"\"},"
                        + "\"requestContext\":{\"accountId\":\"123456789012\",\"apiId\":\"id\","
                        + "\"domainName\":\"id.execute-api.localhost\",\"domainPrefix\":\"id\","
                        + "\"http\":{\"method\":\"POST\",\"path\":\"/my/path\",\"protocol\":\"HTTP/1.1\","
                        + "\"sourceIp\":\"127.0.0.1\",\"userAgent\":\"agent\"},\"requestId\":\"request\","
                        + "\"routeKey\":\"POST /my/{parameter1}\",\"stage\":\"$default\","
                        + "\"time\":\"04/Mar/2020:19:15:17 +0000\",\"timeEpoch\":1583349317135},"
                        + "\"body\":\"Hello from Lambda\",\"pathParameters\":{\"parameter1\":\"value1\"},"
                        + "\"isBase64Encoded\":false,\"stageVariables\":{\"stageVariable1\":\"value1\"}}");
    }

    @Test
    void format_1_has_all_values_and_null_for_what_is_not_there() {
        var request = request("", new byte[0], Map.of(), Map.of());

        assertThat(text(request, "1.0"))
                .isEqualTo("{\"version\":\"1.0\",\"resource\":\"/my/{parameter1}\",\"path\":\"/my/path\","
                        + "\"httpMethod\":\"POST\",\"headers\":{\"header1\":\"value2\","
                        + "\"Host\":\"id.execute-api.localhost:4566\",\"User-Agent\":\"agent\","
                        + "\"cookie\":\"cookie1; cookie2=x\",\"X-Forwarded-For\":\"203.0.113.9, 127.0.0.1\","
                        + "\"Content-Length\":\"0\",\"X-Forwarded-Port\":\"4566\",\"X-Forwarded-Proto\":\"http\","
                        + "\"X-Amzn-Trace-Id\":\"" + TRACE + "\"},"
                        + "\"multiValueHeaders\":{\"header1\":[\"value1\",\"value2\"],"
                        + "\"Host\":[\"id.execute-api.localhost:4566\"],\"User-Agent\":[\"agent\"],"
                        + "\"cookie\":[\"cookie1; cookie2=x\"],\"X-Forwarded-For\":[\"203.0.113.9, 127.0.0.1\"],"
                        + "\"Content-Length\":[\"0\"],\"X-Forwarded-Port\":[\"4566\"],\"X-Forwarded-Proto\":[\"http\"],"
                        + "\"X-Amzn-Trace-Id\":[\"" + TRACE + "\"]},"
                        + "\"queryStringParameters\":{\"parameter1\":\"value 2\",\"parameter2\":\"value 3\",\"flag\":\"\"},"
                        + "\"multiValueQueryStringParameters\":{\"parameter1\":[\"value1\",\"value 2\"],"
                        + "\"parameter2\":[\"value 3\"],\"flag\":[\"\"]},"
                        + "\"requestContext\":{\"accountId\":\"123456789012\",\"apiId\":\"id\","
                        + "\"domainName\":\"id.execute-api.localhost\",\"domainPrefix\":\"id\","
                        + "\"extendedRequestId\":\"request\",\"httpMethod\":\"POST\","
                        + "\"identity\":{\"accessKey\":null,\"accountId\":null,\"caller\":null,"
                        + "\"cognitoAuthenticationProvider\":null,\"cognitoAuthenticationType\":null,"
                        + "\"cognitoIdentityId\":null,\"cognitoIdentityPoolId\":null,\"principalOrgId\":null,"
                        + "\"user\":null,\"userArn\":null,\"sourceIp\":\"127.0.0.1\",\"userAgent\":\"agent\"},"
                        + "\"path\":\"/my/path\",\"protocol\":\"HTTP/1.1\",\"requestId\":\"request\","
                        + "\"requestTime\":\"04/Mar/2020:19:15:17 +0000\",\"requestTimeEpoch\":1583349317135,"
                        + "\"resourceId\":null,\"resourcePath\":\"/my/{parameter1}\",\"stage\":\"$default\"},"
                        + "\"pathParameters\":null,\"stageVariables\":null,\"body\":null,\"isBase64Encoded\":false}");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,                  false",
        "application/json; charset=UTF-8,   false",
        "application/problem+json,          false",
        "application/xml,                   false",
        "text/csv,                          false",
        "'',                                false",
        "application/x-www-form-urlencoded, true",
        "application/octet-stream,          true",
        "image/png,                         true",
    })
    void only_text_goes_as_text(String type, boolean base64) {
        var event = text(request(type, "a=1".getBytes(StandardCharsets.UTF_8), Map.of(), Map.of()), "2.0");

        assertThat(event).contains(base64 ? "\"body\":\"YT0x\"" : "\"body\":\"a=1\"");
        assertThat(event).contains("\"isBase64Encoded\":" + base64);
    }

    @Test
    void bytes_that_are_no_text_are_not_garbled_whatever_their_type_says() {
        var event = text(request("text/plain", new byte[] {(byte) 0xFF, 0}, Map.of(), Map.of()), "1.0");

        assertThat(event).contains("\"body\":\"/wA=\",\"isBase64Encoded\":true");
    }

    @Test
    void paths_are_decoded_leniently() {
        assertThat(PathText.decoded("/a%20b/%C3%BC+/%zz%")).isEqualTo("/a b/ü+/%zz%");
        assertThat(PathText.decodedQuery("a+b%2B")).isEqualTo("a b+");
    }

    private static ProxyRequest request(
            String type, byte[] body, Map<String, String> parameters, Map<String, String> variables) {
        return new ProxyRequest(
                "POST",
                "/my/path",
                "parameter1=value1&parameter1=value%202&parameter2=value+3&flag",
                "HTTP/1.1",
                List.of(
                        new Header("Header1", "value1"),
                        new Header("HEADER1", "value2"),
                        new Header("Host", "id.execute-api.localhost:4566"),
                        new Header("User-Agent", "agent"),
                        new Header("Cookie", "cookie1; cookie2=x"),
                        new Header("X-Forwarded-For", "203.0.113.9")),
                type,
                body,
                "127.0.0.1",
                "id.execute-api.localhost",
                4566,
                "123456789012",
                "id",
                "$default",
                variables,
                "POST /my/{parameter1}",
                "/my/{parameter1}",
                parameters,
                "request",
                TRACE,
                1583349317135L);
    }

    private static String text(ProxyRequest request, String format) {
        return new String(EventWriter.write(request, format), StandardCharsets.UTF_8);
    }
}
