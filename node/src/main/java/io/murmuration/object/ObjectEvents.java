package io.murmuration.object;

import java.util.concurrent.CompletionStage;

/** The port to whoever brings buckets' events to functions. */
@FunctionalInterface
public interface ObjectEvents {
    /**
     * Accepts an event.
     *
     * @param function its ARN
     * @param payload JSON, as S3 sends it to functions
     * @return completes when the event is durable elsewhere, or need never be delivered; fails if it is to be offered again
     */
    CompletionStage<Void> accept(String function, byte[] payload);
}
