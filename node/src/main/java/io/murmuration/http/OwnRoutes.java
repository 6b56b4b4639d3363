package io.murmuration.http;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Serves the node's own paths. */
final class OwnRoutes implements Step {
    private final List<OwnRoute> routes;

    OwnRoutes(List<OwnRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        var path = call.request().getUri().path();
        if (path.length() > 1 && !call.hosted()) {
            for (var route : routes) {
                if (matches(route.path(), path)) {
                    return route.answer(call.request());
                }
            }
        }
        return next.pass(call);
    }

    private static boolean matches(String served, String path) {
        return served.endsWith("/") ? path.startsWith(served) : path.equals(served);
    }
}
