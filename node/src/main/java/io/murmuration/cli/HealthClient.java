package io.murmuration.cli;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks nodes how they are. */
final class HealthClient {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** What the node at this endpoint says, or empty if it does not answer in a second: down, paused, or still starting. */
    Optional<NodeHealth> ask(URI endpoint) {
        var request = HttpRequest.newBuilder(endpoint.resolve("/_murmur/health"))
                .timeout(PATIENCE)
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            // A node that is live and not ready answers 503, and tells why in the body.
            return Optional.of(NodeHealth.parse(response.body()));
        } catch (IOException | ConfigException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.failed("Interrupted.");
        }
    }
}
