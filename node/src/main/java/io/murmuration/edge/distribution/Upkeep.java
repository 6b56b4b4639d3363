package io.murmuration.edge.distribution;

import io.murmuration.catalogue.Resources;
import io.murmuration.edge.presence.InvalidationPath;
import io.murmuration.edge.presence.Presences;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps this node's distributions and caches in step with the catalogue. */
public final class Upkeep {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final InvalidationPath EVERYTHING = new InvalidationPath("/*");

    private final Resources resources;
    private final Sites sites;
    private final Presences presences;
    private final Executor executor;
    private final AtomicBoolean looking = new AtomicBoolean();
    private Set<Long> applied = new HashSet<>();

    private Upkeep(Resources resources, Sites sites, Presences presences, Executor executor) {
        this.resources = resources;
        this.sites = sites;
        this.presences = presences;
        this.executor = executor;
    }

    /** Takes over what is there, and from then on what comes. */
    public static Upkeep start(Resources resources, Sites sites, Presences presences, Executor executor) {
        var upkeep = new Upkeep(resources, sites, presences, executor);
        resources.onChange(upkeep::changed);
        upkeep.look();
        return upkeep;
    }

    /** Completes when this node works by all that was acknowledged before the call. */
    public CompletionStage<Void> catchUp(long deadlineNanos) {
        return resources.confirm(deadlineNanos).thenRunAsync(this::look, executor);
    }

    /** Of many changes in a row one look is enough, if it begins after the last. */
    private void changed() {
        if (looking.compareAndSet(false, true)) {
            executor.execute(() -> {
                looking.set(false);
                try {
                    look();
                } catch (RuntimeException broken) {
                    log.error("This node's distributions could not be brought up to date.", broken);
                }
            });
        }
    }

    private synchronized void look() {
        sites.refresh().forEach(site -> presences.invalidate(site, EVERYTHING));
        var there = new HashSet<Long>();
        for (var resource : Sites.invalidations(resources, Names.ALL_INVALIDATIONS)) {
            there.add(resource.id());
            if (!applied.contains(resource.id())) {
                apply(StoredInvalidation.decode(resource.content()));
            }
        }
        applied = there;
    }

    private void apply(StoredInvalidation invalidation) {
        invalidation
                .shown()
                .batch()
                .paths()
                .forEach(path -> presences.invalidate(invalidation.site(), new InvalidationPath(path)));
    }
}
