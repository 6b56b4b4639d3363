package io.murmuration.http;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** A path of the node itself: health, and what nodes fetch from each other. It is served before all limits, so that an overloaded node still tells. */
public interface OwnRoute {
    /** The path, or its beginning if it ends with a slash. */
    String path();

    CompletionStage<HttpResponse> answer(HttpRequest request);
}
