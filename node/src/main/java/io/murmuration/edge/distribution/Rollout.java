package io.murmuration.edge.distribution;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.cluster.Leadership;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongPredicate;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Notes that changes and invalidations are everywhere, while this node leads the catalogue: see the package.
 *
 * <p>States: <em>idle</em>; <em>asking</em> all nodes about what was open when the round began; <em>noting</em> what they answered. A round that fails is
 * followed by another after {@link #PAUSE}, one that succeeds at once if more is open.
 * <p>Limits: one round at a time, however much is open; of each distribution {@link #KEPT_MAX} invalidations that are done are kept, of all together
 * {@link #KEPT_BYTES_MAX} bytes.
 */
public final class Rollout {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final int CATALOGUE = 0;
    private static final int KEPT_MAX = 100;

    /** A quarter of what the catalogue takes. */
    private static final long KEPT_BYTES_MAX = 2 * 1024 * 1024;

    private static final byte[] NOTHING = new byte[0];

    /** What it is told. */
    public sealed interface Message {}

    private record Look() implements Message {}

    private record Done(@Nullable Throwable failure) implements Message {}

    /**
     * What it works with.
     *
     * @param awaited whether a node is in the cluster, so that it may have points of presence
     */
    public record Parts(
            Resources resources,
            Upkeep upkeep,
            Links links,
            Leadership leadership,
            LongPredicate awaited,
            Clock clock) {}

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final Parts parts;
    private boolean busy;
    private boolean again;

    private Rollout(ActorContext<Message> context, TimerScheduler<Message> timers, Parts parts) {
        this.context = context;
        this.timers = timers;
        this.parts = parts;
    }

    /** Also answers the other nodes' leaders. */
    public static Behavior<Message> create(Parts parts) {
        parts.links().respond(Channel.EDGE, (from, request) -> parts.upkeep()
                .catchUp(parts.clock().nanos() + ANSWER_MAX.toNanos())
                .thenApply(done -> NOTHING));
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var self = context.getSelf();
            parts.resources().onChange(() -> self.tell(new Look()));
            parts.leadership().onOffice(change -> {
                if (change.group() == CATALOGUE && change.serving()) {
                    self.tell(new Look());
                }
            });
            return new Rollout(context, timers, parts).behavior();
        }));
    }

    private Behavior<Message> behavior() {
        return Behaviors.receiveMessage(message -> {
            switch (message) {
                case Look look -> onLook();
                case Done done -> onDone(done.failure());
            }
            return Behaviors.same();
        });
    }

    private void onLook() {
        again = busy;
        if (busy || parts.leadership().leaderOf(CATALOGUE) != parts.links().self()) {
            return;
        }
        var open = open();
        if (!open.isEmpty()) {
            busy = true;
            context.pipeToSelf(everywhere().thenCompose(all -> note(open)), (noted, failure) -> new Done(failure));
        }
    }

    private void onDone(@Nullable Throwable failure) {
        busy = false;
        if (failure != null) {
            context.getLog().debug("A change of distributions is not everywhere yet.", failure);
            timers.startSingleTimer(new Look(), PAUSE);
        } else if (again) {
            onLook();
        }
    }

    /** What is to be noted as done once all nodes have answered. */
    private List<Resource> open() {
        var open = new ArrayList<Resource>();
        for (var resource : Sites.distributions(parts.resources())) {
            if (!StoredDistribution.decode(resource.content()).deployed()) {
                open.add(resource);
            }
        }
        for (var resource : Sites.invalidations(parts.resources(), Names.ALL_INVALIDATIONS)) {
            if (!StoredInvalidation.decode(resource.content()).shown().completed()) {
                open.add(resource);
            }
        }
        return open;
    }

    private CompletionStage<Void> everywhere() {
        var links = parts.links();
        var answers = links.nodes().stream()
                .filter(node -> node == links.self() || parts.awaited().test(node))
                .map(node -> (node == links.self()
                                ? parts.upkeep().catchUp(parts.clock().nanos() + ANSWER_MAX.toNanos())
                                : links.call(node, Channel.EDGE, NOTHING, ANSWER_MAX))
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(answers);
    }

    private CompletionStage<Void> note(List<Resource> open) {
        CompletionStage<Void> noted = CompletableFuture.completedStage(null);
        for (var resource : open) {
            noted = noted.thenCompose(before -> note(resource));
        }
        return noted.thenCompose(all -> forget());
    }

    /** What was changed meanwhile is open again, or not there any more: both show in the next round. */
    private CompletionStage<Void> note(Resource resource) {
        var content = Names.isInvalidation(resource.name())
                ? StoredInvalidation.decode(resource.content()).done().encode()
                : StoredDistribution.decode(resource.content()).everywhere().encode();
        return parts.resources()
                .put(Kind.DISTRIBUTION, resource.name(), resource.revision(), content, deadline())
                .thenAccept(outcome -> {});
    }

    /** Of distributions that are gone all invalidations, of the others the oldest that are done and too many. */
    private CompletionStage<Void> forget() {
        CompletionStage<Void> forgotten = CompletableFuture.completedStage(null);
        var superfluous = InvalidationRules.superfluous(
                Sites.distributions(parts.resources()),
                Sites.invalidations(parts.resources(), Names.ALL_INVALIDATIONS),
                KEPT_MAX,
                KEPT_BYTES_MAX);
        for (var resource : superfluous) {
            forgotten = forgotten.thenCompose(before -> parts.resources()
                    .remove(Kind.DISTRIBUTION, resource.name(), resource.revision(), deadline())
                    .thenAccept(outcome -> {}));
        }
        return forgotten;
    }

    private long deadline() {
        return parts.clock().nanos() + ANSWER_MAX.toNanos();
    }
}
