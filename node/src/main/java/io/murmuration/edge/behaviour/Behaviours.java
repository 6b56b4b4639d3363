package io.murmuration.edge.behaviour;

import java.util.List;

/**
 * The behaviours of a distribution in their order: the first whose pattern matches counts, and the standard one if none does.
 *
 * @param standard its pattern is {@code *}
 */
public record Behaviours(List<Behaviour> ordered, Behaviour standard) {
    public Behaviours {
        ordered = List.copyOf(ordered);
        if (!standard.pattern().equals(PathPattern.ALL)) {
            throw new IllegalArgumentException("The pattern of the default cache behaviour is *.");
        }
    }

    /** What a request for this path falls under. */
    public Behaviour of(String path) {
        for (var behaviour : ordered) {
            if (behaviour.pattern().matches(path)) {
                return behaviour;
            }
        }
        return standard;
    }
}
