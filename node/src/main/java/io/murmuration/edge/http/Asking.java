package io.murmuration.edge.http;

import io.murmuration.edge.caching.ViewerRequest;
import io.murmuration.edge.presence.PointOfPresence;
import io.murmuration.edge.presence.Site;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Asks a point of presence of this node. */
final class Asking {
    private Asking() {}

    static CompletionStage<HttpResponse> of(
            PointOfPresence presence,
            Site site,
            ViewerRequest request,
            Source<ByteString, NotUsed> body,
            List<HttpHeader> more,
            Materializer materializer) {
        var hit = presence.hit(site, request);
        if (hit != null) {
            return CompletableFuture.completedStage(Rendering.of(hit, more));
        }
        return presence.answer(site, request, body)
                .thenApply(answer -> Rendering.of(answer, request.method().equals("HEAD"), more, materializer));
    }
}
