package io.murmuration.gateway;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The port for requests to APIs: what this node knows of them, at once. Any thread. */
public interface ServedApis {
    /** May be a moment old: whoever is about to say "not found" calls {@link #confirm} first. */
    Optional<ServedApi> find(String id);

    /** Completes when {@link #find} shows everything that was acknowledged before this call. */
    CompletionStage<Void> confirm(long deadlineNanos);
}
