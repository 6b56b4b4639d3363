package io.murmuration.main;

import io.murmuration.http.OwnRoute;
import io.murmuration.journal.http.SnapshotRoutes;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The journal's rows among the node's own paths; neither of the two packages knows the other. */
record SnapshotRoute(SnapshotRoutes routes) implements OwnRoute {
    @Override
    public String path() {
        return routes.path();
    }

    @Override
    public CompletionStage<HttpResponse> answer(HttpRequest request) {
        return routes.answer(request);
    }
}
