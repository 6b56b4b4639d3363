package io.murmuration.gateway.http;

import io.murmuration.gateway.LogFormat;
import io.murmuration.protocol.gateway.payload.EventWriter;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is logged of each request to an API: one line of the node, and one in the stage's own format where it has one.
 *
 * @param visit null if no route took the request
 * @param totalNanos from the request's being whole until its answer's head
 * @param integrationNanos of these, with the integration; -1 if none was asked
 */
record AccessLine(
        String id,
        String trace,
        HttpRequest request,
        String api,
        String stage,
        @Nullable Visit visit,
        String account,
        String domainName,
        Visit.Arrival arrival,
        Outcome outcome,
        long totalNanos,
        long integrationNanos) {
    private static final Logger NODE = LoggerFactory.getLogger("io.murmuration.gateway.access");
    private static final Logger STAGE = LoggerFactory.getLogger("io.murmuration.gateway.stage");

    /** Paths are logged percent-encoded, as they were sent: they cannot end the line. */
    void write(@Nullable LogFormat format) {
        NODE.info(
                "request={} trace={} api={} stage={} route=\"{}\" method={} path={} status={} bytes={} micros={} integrationMicros={} function={} error=\"{}\"",
                id,
                TraceHeader.root(trace),
                api,
                stage,
                routeKey(),
                request.method().value(),
                request.getUri().path(),
                status(),
                bytes(),
                TimeUnit.NANOSECONDS.toMicros(totalNanos),
                integrationNanos < 0 ? -1 : TimeUnit.NANOSECONDS.toMicros(integrationNanos),
                outcome.functionRequestId(),
                outcome.error().replaceAll("\\p{Cntrl}", " "));
        if (format != null) {
            STAGE.info("{}", format.line(this::value));
        }
    }

    private String routeKey() {
        return visit == null ? "" : visit.route().key().text();
    }

    private HttpResponse response() {
        return outcome.response();
    }

    private int status() {
        return response().status().intValue();
    }

    private long bytes() {
        return response().entity().getContentLengthOption().orElse(-1);
    }

    /** {@code $context} variables of HTTP APIs. */
    private @Nullable String value(String name) {
        return switch (name) {
            case "accountId" -> account;
            case "apiId" -> api;
            case "awsEndpointRequestId", "integration.requestId" -> outcome.functionRequestId();
            case "domainName" -> domainName;
            case "domainPrefix" -> api;
            case "error.message" -> outcome.status() == 0 ? outcome.error() : "";
            case "error.messageString" -> outcome.status() == 0 ? outcome.error() : "";
            case "extendedRequestId", "requestId" -> id;
            case "httpMethod" -> request.method().value();
            case "identity.sourceIp" -> arrival.sourceIp();
            case "identity.userAgent" ->
                request.getHeader("User-Agent").map(HttpHeader::value).orElse("");
            case "integration.error", "integrationErrorMessage" -> outcome.error();
            case "integration.integrationStatus", "integrationStatus" ->
                outcome.functionRequestId().isEmpty() ? status(outcome.status()) : "200";
            case "integration.latency", "integrationLatency" -> millis(integrationNanos);
            case "integration.status" -> status(outcome.status());
            case "path" -> request.getUri().path();
            case "protocol" -> request.protocol().value();
            case "requestTime" -> EventWriter.time(arrival.millis());
            case "requestTimeEpoch" -> Long.toString(arrival.millis());
            case "responseLatency" -> millis(totalNanos);
            case "responseLength" -> bytes() < 0 ? null : Long.toString(bytes());
            case "routeKey" -> routeKey();
            case "stage" -> stage;
            case "status" -> Integer.toString(status());
            default -> null;
        };
    }

    private static @Nullable String status(int status) {
        return status == 0 ? null : Integer.toString(status);
    }

    private static @Nullable String millis(long nanos) {
        return nanos < 0 ? null : Long.toString(TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
