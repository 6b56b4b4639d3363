package io.murmuration.gateway.http;

import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * How a request to an API ended.
 *
 * @param status that the integration gave; 0 if it gave none
 * @param error what went wrong in the gateway or behind it; empty if nothing
 * @param functionRequestId empty if no function answered
 */
record Outcome(HttpResponse response, int status, String error, String functionRequestId) {
    static Outcome of(HttpResponse response, int status) {
        return new Outcome(response, status, "", "");
    }

    /** An answer of the gateway itself, in the words of HTTP APIs. */
    static Outcome failed(Failure failure, String error) {
        return new Outcome(failure.response(), 0, error, "");
    }

    /** What the gateway itself says when it cannot say what an integration says. */
    enum Failure {
        BAD_REQUEST(400, "Bad Request"),
        NOT_FOUND(404, "Not Found"),
        REQUEST_TIMEOUT(408, "Request Timeout"),
        TOO_LARGE(413, "Request Entity Too Large"),
        TOO_MANY_REQUESTS(429, "Too Many Requests"),
        INTERNAL(500, "Internal Server Error"),
        BAD_GATEWAY(502, "Bad Gateway"),
        UNAVAILABLE(503, "Service Unavailable"),
        GATEWAY_TIMEOUT(504, "Gateway Timeout");

        private final int status;
        private final String message;

        Failure(int status, String message) {
            this.status = status;
            this.message = message;
        }

        HttpResponse response() {
            return HttpResponse.create()
                    .withStatus(status)
                    .withEntity(
                            HttpEntities.create(ContentTypes.APPLICATION_JSON, "{\"message\":\"" + message + "\"}"));
        }
    }
}
