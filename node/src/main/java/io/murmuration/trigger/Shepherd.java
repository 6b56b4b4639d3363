package io.murmuration.trigger;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.journal.Journal;
import io.murmuration.journal.JournalTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Settles the mappings that whoever changed them could not settle, on the node that leads the catalogue. See {@link Settling} for why it may be done twice.
 *
 * <p>Owner: {@link TriggerNode}, one a node.
 * <p>Failure: what could not be settled is tried again after a pause, as long as it stays so and this node leads.
 */
final class Shepherd {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    sealed interface Message {}

    private record Office(OfficeChange change) implements Message {}

    private record Changed() implements Message {}

    private record Look() implements Message {}

    private record Settled(@Nullable Throwable failure) implements Message {}

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final MappingDirectory directory;
    private final Settling settling;
    private final TriggerSettings settings;
    private final Clock clock;

    private Shepherd(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            MappingDirectory directory,
            Settling settling,
            TriggerSettings settings,
            Clock clock) {
        this.context = context;
        this.timers = timers;
        this.directory = directory;
        this.settling = settling;
        this.settings = settings;
        this.clock = clock;
    }

    static Behavior<Message> create(
            Journal journal,
            Resources resources,
            MappingDirectory directory,
            Settling settling,
            TriggerSettings settings,
            Clock clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var self = context.getSelf();
            journal.onOffice(change -> {
                if (change.group() == JournalTopology.CATALOGUE) {
                    self.tell(new Office(change));
                }
            });
            resources.onChange(() -> self.tell(new Changed()));
            return new Shepherd(context, timers, directory, settling, settings, clock).away();
        }));
    }

    private Behavior<Message> away() {
        timers.cancelAll();
        return Behaviors.receiveMessage(message ->
                message instanceof Office office && office.change().serving() ? watching(Map.of()) : Behaviors.same());
    }

    /** @param seen the revisions of the mappings that were not settled at the last look */
    private Behavior<Message> watching(Map<UUID, Long> seen) {
        if (!unsettled().isEmpty()) {
            timers.startSingleTimer(new Look(), settings.settlePause());
        }
        return Behaviors.receiveMessage(message -> switch (message) {
            case Office office -> office.change().serving() ? watching(Map.of()) : away();
            case Changed changed -> {
                if (!timers.isTimerActive(new Look()) && !unsettled().isEmpty()) {
                    timers.startSingleTimer(new Look(), settings.settlePause());
                }
                yield Behaviors.same();
            }
            case Look look -> onLook(seen);
            case Settled settled -> Behaviors.same();
        });
    }

    /** Whoever has just begun a change is left the time to finish it. */
    private Behavior<Message> onLook(Map<UUID, Long> seen) {
        var now = new HashMap<UUID, Long>();
        var left = new ArrayList<CompletableFuture<?>>();
        for (var mapping : unsettled().values()) {
            now.put(mapping.id(), mapping.revision());
            if (Long.valueOf(mapping.revision()).equals(seen.get(mapping.id()))) {
                left.add(settling.settle(mapping, clock.nanos() + PATIENCE.toNanos())
                        .toCompletableFuture());
            }
        }
        if (left.isEmpty()) {
            return watching(now);
        }
        context.pipeToSelf(
                CompletableFuture.allOf(left.toArray(CompletableFuture<?>[]::new)),
                (done, failure) -> new Settled(failure));
        return settling(now);
    }

    private Behavior<Message> settling(Map<UUID, Long> seen) {
        return Behaviors.receiveMessage(message -> switch (message) {
            case Office office -> office.change().serving() ? Behaviors.same() : away();
            case Changed changed -> Behaviors.same();
            case Look look -> Behaviors.same();
            case Settled settled -> {
                if (settled.failure() != null) {
                    context.getLog()
                            .info(
                                    "A mapping could not be settled and will be later: {}",
                                    settled.failure().toString());
                }
                yield watching(seen);
            }
        });
    }

    private Map<UUID, Mapping> unsettled() {
        var unsettled = new HashMap<UUID, Mapping>();
        for (var mapping : directory.all()) {
            if (!mapping.settled()) {
                unsettled.put(mapping.id(), mapping);
            }
        }
        return unsettled;
    }
}
