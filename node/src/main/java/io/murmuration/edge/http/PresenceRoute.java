package io.murmuration.edge.http;

import io.murmuration.edge.caching.ViewerRequest;
import io.murmuration.edge.distribution.Hosted;
import io.murmuration.edge.distribution.Sites;
import io.murmuration.edge.presence.PointOfPresence;
import io.murmuration.edge.presence.Presences;
import io.murmuration.http.OwnRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;

/**
 * {@code /_murmur/edge/PRESENCE/DISTRIBUTION/PATH}: answers for a point of presence of this node what a viewer asked at another, for nodes of the cluster
 * only. If it is not here, this node stands in for it and says so.
 *
 * <p>Limits: so many questions at once; others get a 503, and the node that asks answers them itself.
 */
public final class PresenceRoute implements OwnRoute {
    private static final Pattern TARGET =
            Pattern.compile(PresenceClient.PATH + "([A-Z0-9]{1,16})/(E[0-9A-Z]{13})(/.*)?");

    private final Sites sites;
    private final Presences presences;
    private final NodeSignature signature;
    private final int questionsMax;
    private final Materializer materializer;
    private final AtomicInteger questions = new AtomicInteger();

    public PresenceRoute(
            Sites sites, Presences presences, NodeSignature signature, int questionsMax, Materializer materializer) {
        this.sites = sites;
        this.presences = presences;
        this.signature = signature;
        this.questionsMax = questionsMax;
        this.materializer = materializer;
    }

    @Override
    public String path() {
        return PresenceClient.PATH;
    }

    @Override
    public CompletionStage<HttpResponse> answer(HttpRequest request) {
        var uri = request.getUri();
        var query = uri.rawQueryString().orElse("");
        var signed = request.getHeader(signature.header()).map(HttpHeader::value);
        var read = query.isEmpty() ? uri.path() : uri.path() + "?" + query;
        if (signed.isEmpty() || !signature.isSigned(request.method().value(), read, signed.get())) {
            return refused(request, 403);
        }
        var target = TARGET.matcher(uri.path());
        if (!target.matches()) {
            return refused(request, 400);
        }
        var hosted = sites.byId(target.group(2));
        if (hosted == null) {
            return refused(request, 404);
        }
        var here = presences.here(target.group(1));
        if (here == null && !presences.exists(target.group(1))) {
            return refused(request, 404);
        }
        if (questions.incrementAndGet() > questionsMax) {
            questions.decrementAndGet();
            return refused(request, 503);
        }
        var more = new ArrayList<HttpHeader>();
        more.add(PresenceClient.signed(signature, signed.get()));
        if (here == null) {
            more.add(RawHeader.create(PresenceClient.AWAY_HEADER, "1"));
        }
        var path = target.group(3) == null ? "/" : target.group(3);
        var headers = NodeHeaders.unpacked(HeaderCodec.read(request, request.entity()));
        var viewer = new ViewerRequest(request.method().value(), path, query, headers);
        return asked(request, here == null ? presences.standIn(target.group(1)) : here, hosted, viewer, more)
                .whenComplete((answered, failure) -> questions.decrementAndGet());
    }

    /** A mistake here, too, gives the place back that the question took. */
    private CompletionStage<HttpResponse> asked(
            HttpRequest request, PointOfPresence presence, Hosted hosted, ViewerRequest viewer, List<HttpHeader> more) {
        try {
            var body = request.entity().getDataBytes().mapMaterializedValue(value -> NotUsed.getInstance());
            return Asking.of(presence, hosted.site(), viewer, body, more, materializer);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedStage(failure);
        }
    }

    private CompletionStage<HttpResponse> refused(HttpRequest request, int status) {
        request.discardEntityBytes(materializer);
        return CompletableFuture.completedStage(HttpResponse.create().withStatus(status));
    }
}
