package io.murmuration.edge.http;

import io.murmuration.edge.caching.UnsafeMethodRules;
import io.murmuration.edge.caching.ViewerRequest;
import io.murmuration.edge.distribution.Hosted;
import io.murmuration.edge.placement.DistanceRules;
import io.murmuration.edge.placement.Nearby.Near;
import io.murmuration.edge.placement.Whereabouts;
import io.murmuration.edge.presence.PointOfPresence;
import io.murmuration.edge.presence.Presences;
import io.murmuration.http.Call;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.StreamTcpException;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a viewer's request to the nearest point of presence that can be reached.
 *
 * <p>The nearest is asked if it is here, or on a node that can be heard; then the next, up to {@link #TRIES_MAX}; and if none can be reached, this node
 * stands in for the nearest, so that a viewer is answered as long as the origin is. A request whose body was begun to be sent, or which may have changed
 * something, is not sent a second time: its outcome is unknown, and a 502 says so.
 */
public final class Routing {
    private static final Logger log = LoggerFactory.getLogger(Routing.class);
    private static final int TRIES_MAX = 3;

    private static final String DISTANCE_HEADER = "X-Murmur-Distance-Km";

    private final Presences presences;
    private final Whereabouts whereabouts;
    private final PresenceClient client;
    private final long self;
    private final boolean distanceCostsTime;
    private final Materializer materializer;

    Routing(
            Presences presences,
            Whereabouts whereabouts,
            PresenceClient client,
            long self,
            boolean distanceCostsTime,
            Materializer materializer) {
        this.presences = presences;
        this.whereabouts = whereabouts;
        this.client = client;
        this.self = self;
        this.distanceCostsTime = distanceCostsTime;
        this.materializer = materializer;
    }

    /** @param begun whether somebody has begun to read the body */
    private record Question(
            Call call,
            Hosted hosted,
            ViewerRequest request,
            List<Near> near,
            Source<ByteString, NotUsed> body,
            AtomicBoolean begun) {}

    CompletionStage<HttpResponse> answer(Call call, Hosted hosted, ViewerRequest request, List<Near> near) {
        var nearest = near.getFirst();
        if (reads(request)) {
            drop(call.request());
            var here = presences.here(nearest.presence());
            var body = Source.<ByteString>empty();
            return delayed(
                    nearest,
                    here == null
                            ? attempt(new Question(call, hosted, request, near, body, new AtomicBoolean()), 0)
                            : Asking.of(here, hosted.site(), request, body, headers(call, nearest), materializer));
        }
        var begun = new AtomicBoolean();
        var body = call.request().entity().withoutSizeLimit().getDataBytes().mapMaterializedValue(value -> {
            begun.set(true);
            return NotUsed.getInstance();
        });
        return delayed(nearest, attempt(new Question(call, hosted, request, near, body, begun), 0))
                .whenComplete((answered, failure) -> {
                    if (!begun.get()) {
                        drop(call.request());
                    }
                });
    }

    private CompletionStage<HttpResponse> attempt(Question question, int tried) {
        if (tried == Math.min(TRIES_MAX, question.near().size())) {
            var nearest = question.near().getFirst();
            return here(question, presences.standIn(nearest.presence()), nearest);
        }
        var near = question.near().get(tried);
        var here = presences.here(near.presence());
        if (here != null) {
            return here(question, here, near);
        }
        return whereabouts.nodeOf(near.presence()).thenCompose(node -> {
            var started = presences.here(near.presence());
            if (started != null) {
                return here(question, started, near);
            }
            return node.isPresent() && node.getAsLong() != self && client.reachable(node.getAsLong())
                    ? elsewhere(question, node.getAsLong(), near, tried)
                    : attempt(question, tried + 1);
        });
    }

    private CompletionStage<HttpResponse> here(Question question, PointOfPresence presence, Near near) {
        return Asking.of(
                presence,
                question.hosted().site(),
                question.request(),
                question.body(),
                headers(question.call(), near),
                materializer);
    }

    private CompletionStage<HttpResponse> elsewhere(Question question, long node, Near near, int tried) {
        return client.ask(node, near.presence(), question.hosted().id(), question.request(), question.body())
                .thenApply(reply -> {
                    if (reply.away()) {
                        whereabouts.wrong(near.presence());
                    }
                    return Rendering.of(
                            reply.answer(),
                            question.request().method().equals("HEAD"),
                            headers(question.call(), near),
                            materializer);
                })
                .exceptionallyCompose(failure -> {
                    whereabouts.wrong(near.presence());
                    log.debug(
                            "A point of presence could not be asked. presence={} node={}",
                            near.presence(),
                            node,
                            failure);
                    return mayBeRepeated(question, failure)
                            ? attempt(question, tried + 1)
                            : CompletableFuture.completedStage(unknown(question));
                });
    }

    /** A safe request may be, and one that surely did not leave. */
    private static boolean mayBeRepeated(Question question, Throwable failure) {
        return !question.begun().get()
                && (UnsafeMethodRules.isSafe(question.request().method()) || isUnconnected(failure));
    }

    private static boolean isUnconnected(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof StreamTcpException
                && String.valueOf(cause.getMessage()).contains("[Connect(");
    }

    private static HttpResponse unknown(Question question) {
        return Rendering.error(
                502,
                "The request could not be satisfied",
                "The point of presence broke off before it answered: whether the origin did what was asked is unknown.",
                List.of(ViewerAdapter.id(question.call())));
    }

    /** A request for something that is there has no body that would matter. */
    private static boolean reads(ViewerRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    void drop(HttpRequest request) {
        if (!request.entity().isStrict()) {
            request.discardEntityBytes(materializer);
        }
    }

    private static List<HttpHeader> headers(Call call, Near near) {
        return List.of(ViewerAdapter.id(call), RawHeader.create(DISTANCE_HEADER, Integer.toString(near.kilometres())));
    }

    private CompletionStage<HttpResponse> delayed(Near near, CompletionStage<HttpResponse> answered) {
        if (!distanceCostsTime) {
            return answered;
        }
        long millis = DistanceRules.delayMillis(near.kilometres());
        return answered.thenCompose(response -> CompletableFuture.supplyAsync(
                () -> response, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)));
    }
}
