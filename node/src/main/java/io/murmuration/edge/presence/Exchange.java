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

/**
 * One viewer's request on its way.
 *
 * @param viewer as it came
 * @param request as the origin would get it; {@code Vary} speaks of its headers
 * @param vary the names in the {@code Vary} of the last answer that was seen under this key
 * @param result cancelled if the viewer is gone
 */
record Exchange(
        Site site,
        Behaviour behaviour,
        ViewerRequest viewer,
        ViewerRequest request,
        Source<ByteString, NotUsed> body,
        CacheKey key,
        List<String> vary,
        CompletableFuture<Answer> result) {
    static Exchange of(Site site, ViewerRequest viewer, Source<ByteString, NotUsed> body) {
        var behaviour = site.behaviours().of(viewer.path());
        return new Exchange(
                site,
                behaviour,
                viewer,
                KeyRules.forwarded(behaviour, viewer),
                body,
                KeyRules.key(site.id(), behaviour.key(), viewer),
                List.of(),
                new CompletableFuture<>());
    }

    CachePolicy policy() {
        return behaviour.policy();
    }

    Origin origin() {
        return site.origin(behaviour);
    }

    String variant() {
        return VaryRules.variant(vary, request.headers());
    }

    /** The same, now that it is known by what headers the origin tells its answers apart. */
    Exchange varying(List<String> names) {
        return new Exchange(site, behaviour, viewer, request, body, key, names, result);
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
