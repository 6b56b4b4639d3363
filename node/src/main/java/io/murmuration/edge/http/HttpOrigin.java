package io.murmuration.edge.http;

import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ResponseHead;
import io.murmuration.edge.caching.UnsafeMethodRules;
import io.murmuration.edge.caching.ViewerRequest;
import io.murmuration.edge.presence.Answer;
import io.murmuration.edge.presence.Origin;
import io.murmuration.protocol.edge.DistributionConfig.OriginConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * An origin that speaks HTTP: any server, or this cloud's own listener.
 *
 * <p>Failure: one that cannot be connected to within its time, as often as it is told, fails; one whose head does not come in time fails with a
 * {@link TimeoutException}, and what it answers afterwards is dropped. Its time begins when it has been sent the body of the request, nothing of which
 * may stand still for longer.
 */
final class HttpOrigin implements Origin {
    private static final String AGENT = "Amazon CloudFront";

    /** Longer than any viewer is waited for. */
    private static final Duration SENDING_MAX = Duration.ofMinutes(5);

    private final String distribution;
    private final OriginConfig config;
    private final OriginTarget target;
    private final HttpClients clients;
    private final Materializer materializer;

    /** @param distribution the id of the one that asks */
    HttpOrigin(
            String distribution,
            OriginConfig config,
            OriginTarget target,
            HttpClients clients,
            Materializer materializer) {
        this.distribution = distribution;
        this.config = config;
        this.target = target;
        this.clients = clients;
        this.materializer = materializer;
    }

    @Override
    public CompletionStage<Answer> fetch(ViewerRequest request, Source<ByteString, NotUsed> body) {
        var sent = new CompletableFuture<Done>();
        var question = question(request, watched(body, sent));
        if (question.entity().isKnownEmpty()) {
            sent.complete(Done.getInstance());
        }
        int attempts = UnsafeMethodRules.isSafe(request.method()) ? config.connectAttempts() : 1;
        return attempt(question, sent, attempts).thenApply(this::answer);
    }

    private Source<ByteString, NotUsed> watched(Source<ByteString, NotUsed> body, CompletableFuture<Done> sent) {
        return body.idleTimeout(Duration.ofSeconds(config.readSeconds())).watchTermination((none, ended) -> {
            var unused = ended.whenComplete((done, failure) -> sent.complete(Done.getInstance()));
            return none;
        });
    }

    /** A connection that was kept may have ended just now, and one that is being made may fail: both are no reason to fail a question that does no harm. */
    private CompletionStage<HttpResponse> attempt(HttpRequest question, CompletableFuture<Done> sent, int attempts) {
        var answered = clients.ask(question, Duration.ofSeconds(config.connectSeconds()))
                .toCompletableFuture();
        var inTime = answered.copy().orTimeout(SENDING_MAX.toSeconds(), TimeUnit.SECONDS);
        var unusedTimer = sent.thenRun(() -> inTime.orTimeout(config.readSeconds(), TimeUnit.SECONDS));
        var unused = answered.whenComplete((late, failure) -> {
            if (late != null && inTime.isCompletedExceptionally()) {
                late.discardEntityBytes(materializer);
            }
        });
        return inTime.exceptionallyCompose(failure -> attempts > 1 && !(failure instanceof TimeoutException)
                ? attempt(question, sent, attempts - 1)
                : CompletableFuture.failedStage(failure));
    }

    private HttpRequest question(ViewerRequest request, Source<ByteString, NotUsed> body) {
        var path = config.path() + request.uri();
        var headers = headers(request.headers());
        var asked = HttpRequest.create()
                .withMethod(HttpMethods.lookup(request.method()).orElseThrow())
                .withUri(Uri.create(target.scheme() + "://" + target.host() + ":" + target.port() + path, Uri.RELAXED))
                .withHeaders(List.copyOf(HeaderCodec.write(headers)));
        var length = new ResponseHead(0, headers).contentLength();
        if (length.isPresent()) {
            return asked.withEntity(HeaderCodec.sized(headers, length.getAsLong(), body));
        }
        return headers.has("Content-Type") ? asked.withEntity(HeaderCodec.chunked(headers, body)) : asked;
    }

    private Headers headers(Headers viewers) {
        var headers =
                LoopRules.marked(viewers.has("Host") ? viewers : viewers.and("Host", target.name()), distribution);
        headers = headers.appended(
                "Via", "1.1 " + distribution.toLowerCase(Locale.ROOT) + ".cloudfront.net (CloudFront)");
        if (!headers.has("User-Agent")) {
            headers = headers.and("User-Agent", AGENT);
        }
        for (var header : config.headers()) {
            headers = headers.with(header.name(), header.value());
        }
        return headers;
    }

    /** Its body breaks off if nothing of it passes for as long as its head may take: because it stands still, or its viewers do. */
    private Answer answer(HttpResponse response) {
        var entity = response.entity();
        var head = new ResponseHead(
                response.status().intValue(), NodeHeaders.ofOthers(HeaderCodec.read(response, entity)));
        var body = entity.getDataBytes()
                .idleTimeout(Duration.ofSeconds(config.readSeconds()))
                .mapMaterializedValue(value -> NotUsed.getInstance());
        return new Answer(head, body);
    }
}
