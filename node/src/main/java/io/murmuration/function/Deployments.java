package io.murmuration.function;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What functions there are. Any thread. */
public interface Deployments {
    /**
     * @param qualifier a version or alias; {@code $LATEST} for none
     * @return empty if there is no such function or version
     */
    CompletionStage<Optional<Deployment>> find(String functionName, String qualifier);

    /** What this node knows of the unpublished version, at once; it may lag behind. */
    Optional<Deployment> known(String functionName);
}
