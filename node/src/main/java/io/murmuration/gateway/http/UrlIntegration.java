package io.murmuration.gateway.http;

import io.murmuration.gateway.ServedApi.UrlTarget;
import io.murmuration.gateway.http.Outcome.Failure;
import io.murmuration.protocol.gateway.RouteKey;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.settings.ConnectionPoolSettings;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP proxy integrations: the request goes to a URL as it is, and the answer comes back as it is, streamed. Nothing is tried twice and no redirect is
 * followed.
 *
 * <p>Limits: the integration's time until the answer's head; then the connection's idle timeout. Connections to one host, and requests that wait for one,
 * are those of {@link #settings}; what is beyond is unavailable.
 */
final class UrlIntegration {
    private static final Logger log = LoggerFactory.getLogger(UrlIntegration.class);
    private static final int CONNECTIONS_MAX = 128;
    private static final int REQUESTS_MAX = 512;

    private final Http http;
    private final ConnectionPoolSettings settings;
    private final Materializer materializer;

    UrlIntegration(ActorSystem<?> system) {
        this.http = Http.get(system);
        this.materializer = SystemMaterializer.get(system).materializer();
        this.settings = ConnectionPoolSettings.create(system.classicSystem())
                .withMaxConnections(CONNECTIONS_MAX)
                .withMaxOpenRequests(REQUESTS_MAX)
                .withMaxRetries(0);
    }

    CompletionStage<Outcome> answer(Visit visit, UrlTarget target) {
        HttpRequest request;
        try {
            request = request(visit, target);
        } catch (IllegalUriException | IllegalArgumentException noUrl) {
            log.info("An integration's URL is none with this request's parameters. request={}", visit.id());
            return CompletableFuture.completedStage(
                    Outcome.failed(Failure.INTERNAL, "The integration's URL is none with this request's parameters."));
        }
        var asked = http.singleRequest(
                        request,
                        http.defaultClientHttpsContext(),
                        settings,
                        materializer.system().log())
                .toCompletableFuture();
        return asked.copy()
                .orTimeout(target.timeoutMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (response != null) {
                        return answered(response);
                    }
                    // an answer that comes too late must be read all the same, for its connection to serve on
                    var unused = asked.thenAccept(late -> late.discardEntityBytes(materializer));
                    return failed(failure);
                });
    }

    private HttpRequest request(Visit visit, UrlTarget target) {
        var http = visit.request();
        var method = target.method().equals(RouteKey.ANY) ? http.method() : method(target.method());
        var headers = new ArrayList<HttpHeader>();
        for (HttpHeader header : http.getHeaders()) {
            var name = header.lowercaseName();
            if (!name.equals("host") && !name.equals("expect") && !name.equals("x-amzn-trace-id")) {
                Entities.add(headers, header.name(), header.value());
            }
        }
        headers.add(RawHeader.create(TraceHeader.NAME, visit.trace()));
        headers.add(RawHeader.create("Forwarded", forwarded(visit)));
        headers.add(RawHeader.create("Via", "HTTP/1.1 AmazonAPIGateway"));
        var entity = visit.body().isEmpty()
                ? HttpEntities.EMPTY
                : HttpEntities.create(http.entity().getContentType(), visit.body());
        return HttpRequest.create()
                .withUri(target.url()
                        .url(
                                visit.match().parameters(),
                                http.getUri().rawQueryString().orElse("")))
                .withMethod(method)
                .addHeaders(headers)
                .withEntity(entity);
    }

    private static HttpMethod method(String name) {
        return HttpMethods.lookup(name.toUpperCase(Locale.ROOT)).orElse(HttpMethods.GET);
    }

    private static String forwarded(Visit visit) {
        var host = visit.request()
                .getHeader("Host")
                .map(HttpHeader::value)
                .orElse(visit.address().domainName());
        return "for=" + visit.arrival().sourceIp() + ";host=" + host + ";proto=http";
    }

    private static Outcome answered(HttpResponse response) {
        var headers = new ArrayList<HttpHeader>();
        for (HttpHeader header : response.getHeaders()) {
            Entities.add(headers, header.name(), header.value());
        }
        return Outcome.of(
                HttpResponse.create()
                        .withStatus(response.status())
                        .withEntity(response.entity())
                        .addHeaders(headers),
                response.status().intValue());
    }

    private static Outcome failed(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException
                ? Outcome.failed(Failure.GATEWAY_TIMEOUT, "The endpoint did not answer in the integration's time.")
                : Outcome.failed(Failure.UNAVAILABLE, "The endpoint cannot be reached: " + cause.getMessage());
    }
}
