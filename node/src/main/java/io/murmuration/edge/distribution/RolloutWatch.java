package io.murmuration.edge.distribution;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Resource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Holds the answer to a change back until {@link Rollout} has noted it as being everywhere, which as a rule takes milliseconds. AWS's clients look once,
 * at once, and then only after 20 s (invalidations) or a minute (distributions).
 *
 * <p>Nothing depends on it: who waited for half of the time that there is, {@link #PATIENCE} at most, goes on, and looks again later. Limits: as many
 * wait as there are requests under way.
 */
final class RolloutWatch {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Resources resources;
    private final Clock clock;
    private final Set<Waiting> all = ConcurrentHashMap.newKeySet();

    private record Waiting(Resource made, CompletableFuture<Void> over) {}

    RolloutWatch(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
        resources.onChange(this::look);
    }

    /** Completes, always, and not on a thread that others wait for: at the next change of what was made, which notes it or is another's. */
    CompletionStage<Void> noted(Resource made, long deadlineNanos) {
        long half = (deadlineNanos - clock.nanos()) / 2;
        var waiting = new Waiting(made, new CompletableFuture<>());
        all.add(waiting);
        look(waiting);
        return waiting.over()
                .completeOnTimeout(null, Math.min(half, PATIENCE.toNanos()), TimeUnit.NANOSECONDS)
                .thenRunAsync(() -> all.remove(waiting));
    }

    private void look() {
        all.forEach(this::look);
    }

    private void look(Waiting waiting) {
        var made = waiting.made();
        boolean changed = resources
                .find(made.kind(), made.name())
                .filter(now -> now.revision() > made.revision())
                .isPresent();
        if (changed) {
            waiting.over().complete(null);
        }
    }
}
