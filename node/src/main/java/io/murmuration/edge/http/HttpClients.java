package io.murmuration.edge.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.http.javadsl.settings.ConnectionPoolSettings;

/**
 * Asks servers, by connections that are kept for the next question.
 *
 * <p>Limits: {@link #CONNECTIONS_MAX} to each host and kind of settings, and as many questions waiting for one again. A question that changes something
 * is never asked twice.
 */
final class HttpClients {
    private static final int CONNECTIONS_MAX = 128;
    private static final int WAITING_MAX = 256;

    /** Above all that an origin may take: the silence of one is judged elsewhere. */
    private static final Duration SILENCE_MAX = Duration.ofMinutes(17);

    /** After this an answer that nobody begins to read, because its viewer is gone, ends its connection. */
    private static final Duration UNREAD_MAX = Duration.ofSeconds(30);

    private static final Duration KEPT = Duration.ofSeconds(20);

    private final Http http;
    private final org.apache.pekko.actor.ActorSystem system;
    private final ConnectionPoolSettings settings;

    HttpClients(ActorSystem<?> system) {
        this.http = Http.get(system);
        this.system = system.classicSystem();
        this.settings = ConnectionPoolSettings.create(this.system)
                .withMaxConnections(CONNECTIONS_MAX)
                .withMaxOpenRequests(WAITING_MAX)
                .withMaxRetries(0)
                .withKeepAliveTimeout(KEPT)
                .withResponseEntitySubscriptionTimeout(UNREAD_MAX);
    }

    /** @param connecting at most so long */
    CompletionStage<HttpResponse> ask(HttpRequest request, Duration connecting) {
        var own = settings.withConnectionSettings(ClientConnectionSettings.create(system)
                .withIdleTimeout(SILENCE_MAX)
                .withConnectingTimeout(connecting));
        return http.singleRequest(request, http.defaultClientHttpsContext(), own, system.log());
    }

    /** Ends all connections. They are the actor system's, whoever else asks servers by its means. */
    void close() {
        var unused = http.shutdownAllConnectionPools();
    }
}
