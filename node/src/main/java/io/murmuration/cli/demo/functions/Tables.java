package io.murmuration.cli.demo.functions;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The table service, by its JSON and what the JDK has: with an SDK a function would start three times slower.
 *
 * <p>A call that was not answered, or with a server's error, is repeated: all that these functions ask for may be done twice.
 */
final class Tables {
    private static final int CONNECT_MILLIS_MAX = 1_000;
    private static final int ANSWER_MILLIS_MAX = 5_000;
    private static final int PAUSE_MILLIS = 250;
    private static final int SERVER_ERRORS = 500;

    /** A node takes any signature from its own machine, as long as it looks like one. */
    private static final String AUTHORIZATION =
            "AWS4-HMAC-SHA256 Credential=function/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature="
                    + "0".repeat(64);

    private final URI endpoint;
    private final int attempts;

    /** @param attempts how often a call is tried */
    Tables(int attempts) {
        this(URI.create(Environment.variable("AWS_ENDPOINT_URL") + "/"), attempts);
    }

    Tables(URI endpoint, int attempts) {
        this.endpoint = endpoint;
        this.attempts = attempts;
    }

    /** @throws TableRefusedException if it is refused, or no attempt is answered */
    Map<String, Object> call(String operation, Map<String, Object> request) {
        var body = Json.write(request).getBytes(StandardCharsets.UTF_8);
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(operation, body);
            } catch (IOException failure) {
                if (attempt == attempts) {
                    throw new TableRefusedException("", operation + " was not answered: " + failure.getMessage());
                }
                pause();
            }
        }
    }

    private Map<String, Object> attempt(String operation, byte[] body) throws IOException {
        var connection = (HttpURLConnection) endpoint.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS_MAX);
        connection.setReadTimeout(ANSWER_MILLIS_MAX);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
        connection.setRequestProperty("X-Amz-Target", "DynamoDB_20120810." + operation);
        connection.setRequestProperty("X-Amz-Date", "20260101T000000Z");
        connection.setRequestProperty("Authorization", AUTHORIZATION);
        connection.setFixedLengthStreamingMode(body.length);
        try (var to = connection.getOutputStream()) {
            to.write(body);
        }
        int status = connection.getResponseCode();
        if (status >= SERVER_ERRORS) {
            drain(connection);
            throw new IOException("status " + status);
        }
        if (status == HttpURLConnection.HTTP_OK) {
            try (var from = connection.getInputStream()) {
                return Json.object(new String(from.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        var error = Json.object(drain(connection));
        var type = Json.text(error, "__type");
        throw new TableRefusedException(type.substring(type.indexOf('#') + 1), Json.text(error, "message"));
    }

    /** What is not read to its end keeps a connection from being used again. */
    private static String drain(HttpURLConnection connection) throws IOException {
        try (var from = connection.getErrorStream()) {
            return from == null ? "" : new String(from.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Map<String, Object> text(String value) {
        return Map.of("S", value);
    }

    static Map<String, Object> number(long value) {
        return Map.of("N", Long.toString(value));
    }

    /** A text or number of an item; empty if it is not there. */
    static String value(Map<String, Object> item, String name) {
        var attribute = Json.object(item, name);
        return Json.text(attribute, attribute.containsKey("N") ? "N" : "S");
    }
}
