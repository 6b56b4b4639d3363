package io.murmuration.edge.presence;

import io.murmuration.edge.behaviour.Behaviour;
import io.murmuration.edge.behaviour.CacheKey;
import io.murmuration.edge.behaviour.KeyRules;
import io.murmuration.edge.caching.CachePolicy;
import io.murmuration.edge.caching.VaryRules;
import io.murmuration.edge.caching.ViewerRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** One viewer's request on its way. Used by one thread after the other. */
final class Exchange {
    private final Site site;
    private final Behaviour behaviour;
    private final ViewerRequest viewer;
    private final Source<ByteString, NotUsed> body;
    private final CacheKey key;
    private final List<String> vary;
    private final CompletableFuture<Answer> result;
    private @Nullable ViewerRequest request;

    private Exchange(
            Site site,
            Behaviour behaviour,
            ViewerRequest viewer,
            Source<ByteString, NotUsed> body,
            CacheKey key,
            List<String> vary,
            CompletableFuture<Answer> result) {
        this.site = site;
        this.behaviour = behaviour;
        this.viewer = viewer;
        this.body = body;
        this.key = key;
        this.vary = vary;
        this.result = result;
    }

    static Exchange of(Site site, ViewerRequest viewer, Source<ByteString, NotUsed> body) {
        var behaviour = site.behaviours().of(viewer.path());
        var key = KeyRules.key(site.id(), behaviour.key(), viewer);
        return new Exchange(site, behaviour, viewer, body, key, List.of(), new CompletableFuture<>());
    }

    Site site() {
        return site;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /** As it came. */
    ViewerRequest viewer() {
        return viewer;
    }

    /** As the origin would get it; {@code Vary} speaks of its headers. */
    ViewerRequest request() {
        var made = request;
        if (made == null) {
            made = KeyRules.forwarded(behaviour, viewer);
            request = made;
        }
        return made;
    }

    Source<ByteString, NotUsed> body() {
        return body;
    }

    CacheKey key() {
        return key;
    }

    /** To be cancelled if the viewer is gone. */
    CompletableFuture<Answer> result() {
        return result;
    }

    CachePolicy policy() {
        return behaviour.policy();
    }

    Origin origin() {
        return site.origin(behaviour);
    }

    /** The request's headers that are named in the {@code Vary} of the last answer that was seen under this key. */
    String variant() {
        return VaryRules.variant(vary, request().headers());
    }

    /** The same, now that it is known by what headers the origin tells its answers apart. */
    Exchange varying(List<String> names) {
        return new Exchange(site, behaviour, viewer, body, key, names, result);
    }

    /** Runs it if the viewer leaves before its answer is there, or did so already. */
    void onLeave(Runnable left) {
        CompletionStage<Answer> answered = result;
        answered.whenComplete((answer, failure) -> {
            if (result.isCancelled()) {
                left.run();
            }
        });
    }
}
