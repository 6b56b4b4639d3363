package io.murmuration.edge.placement;

import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Where points of presence are. What is told may be a moment old: who goes there may find it gone. */
public interface Whereabouts {
    /** The node; empty if it is nowhere just now, or that cannot be learnt in time. Does not fail. */
    CompletionStage<OptionalLong> nodeOf(String presence);

    /** It was not where it was said to be. */
    void wrong(String presence);
}
