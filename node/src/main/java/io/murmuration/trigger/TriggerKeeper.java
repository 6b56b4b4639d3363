package io.murmuration.trigger;

import io.murmuration.catalogue.Resources;
import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.journal.Journal;
import io.murmuration.journal.NoQuorumException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link ShardReader} for each enabled mapping in one shard while this node leads it, and wakes them when the shard's rows change.
 *
 * <p>Owner: {@link TriggerNode}, one a shard and node.
 * <p>Failure: a reader that breaks is started again by the next look at the catalogue, which comes with a change of it or of office, or after a pause.
 * <p>Cost: nothing is polled, but for a look now and then. Without an enabled mapping it does not even wait for changes.
 */
final class TriggerKeeper {
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_BREAK = Duration.ofSeconds(1);
    /** Nothing should wait for this; it is there because a reader that sleeps too long says nothing. */
    private static final Duration FALLBACK = Duration.ofSeconds(30);

    private static final String FALLBACK_TIMER = "fallback";

    sealed interface Message {}

    private record Office(OfficeChange change) implements Message {}

    /** The catalogue, or a reader's end. */
    private record Changed() implements Message {}

    private record Applied(Term term, @Nullable Throwable failure) implements Message {}

    private record FollowAgain(Term term) implements Message {}

    private record WakeAll() implements Message {}

    private record Ended(UUID mapping, ActorRef<ShardReader.Message> reader) implements Message {}

    /** From taking office to losing it. */
    private static final class Term {
        private final Map<UUID, ActorRef<ShardReader.Message>> readers = new HashMap<>();
        private final Map<UUID, Mapping> mappings = new HashMap<>();
        private boolean following;
        /** What the rows then held every reader has looked at, or will: it was read before they were started or woken. */
        private long seen;
    }

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final int group;
    private final Journal journal;
    private final MappingDirectory directory;
    private final ShardReader.Parts parts;

    /** Readers that were told to end and have not, of this term or one before. */
    private final Map<UUID, ActorRef<ShardReader.Message>> ending = new HashMap<>();

    private TriggerKeeper(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            int group,
            MappingDirectory directory,
            ShardReader.Parts parts) {
        this.context = context;
        this.timers = timers;
        this.group = group;
        this.journal = parts.journal();
        this.directory = directory;
        this.parts = parts;
    }

    static Behavior<Message> create(
            int group, Resources resources, MappingDirectory directory, ShardReader.Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var self = context.getSelf();
            parts.journal().onOffice(change -> {
                if (change.group() == group) {
                    self.tell(new Office(change));
                }
            });
            resources.onChange(() -> self.tell(new Changed()));
            return new TriggerKeeper(context, timers, group, directory, parts).away();
        }));
    }

    private Behavior<Message> away() {
        timers.cancelAll();
        return Behaviors.receiveMessage(message -> switch (message) {
            case Office office -> onOffice(office.change());
            case Ended ended -> {
                ending.remove(ended.mapping(), ended.reader());
                yield Behaviors.same();
            }
            default -> Behaviors.same();
        });
    }

    private Behavior<Message> onOffice(OfficeChange change) {
        if (!change.serving()) {
            return away();
        }
        timers.cancelAll();
        timers.startTimerWithFixedDelay(FALLBACK_TIMER, new WakeAll(), FALLBACK);
        var term = new Term();
        compare(term);
        return serving(term);
    }

    private Behavior<Message> serving(Term term) {
        return Behaviors.receiveMessage(message -> {
            switch (message) {
                case Office office -> {
                    term.readers.forEach(this::end);
                    return onOffice(office.change());
                }
                case Changed changed -> compare(term);
                case WakeAll all -> wake(term);
                case Applied applied -> {
                    if (applied.term() == term) {
                        onApplied(term, applied.failure());
                    }
                }
                case FollowAgain again -> {
                    if (again.term() == term) {
                        follow(term);
                    }
                }
                case Ended ended -> {
                    if (ending.remove(ended.mapping(), ended.reader())) {
                        compare(term);
                    } else if (term.readers.remove(ended.mapping(), ended.reader())) {
                        timers.startSingleTimer(new Changed(), PAUSE_AFTER_BREAK);
                    }
                }
            }
            return Behaviors.same();
        });
    }

    // ---- readers ----

    private void compare(Term term) {
        if (term.readers.isEmpty()) {
            term.seen = journal.rows(group).appliedIndex();
        }
        var wanted = new HashSet<UUID>();
        for (var mapping : directory.all()) {
            if (mapping.runs()) {
                wanted.add(mapping.id());
                ensure(term, mapping);
            }
        }
        term.readers.entrySet().removeIf(entry -> {
            if (wanted.contains(entry.getKey())) {
                return false;
            }
            end(entry.getKey(), entry.getValue());
            parts.results().forget(entry.getKey());
            return true;
        });
        term.mappings.keySet().retainAll(wanted);
        follow(term);
    }

    private void end(UUID mapping, ActorRef<ShardReader.Message> reader) {
        ending.put(mapping, reader);
        reader.tell(new ShardReader.End());
    }

    private void ensure(Term term, Mapping mapping) {
        var before = term.mappings.put(mapping.id(), mapping);
        var reader = term.readers.get(mapping.id());
        if (reader == null) {
            if (ending.containsKey(mapping.id())) {
                return; // what the one before has sent is not answered yet: the next begins after it
            }
            var started = context.spawnAnonymous(ShardReader.create(mapping, group, parts));
            context.watchWith(started, new Ended(mapping.id(), started));
            term.readers.put(mapping.id(), started);
        } else if (before == null || before.revision() != mapping.revision()) {
            reader.tell(new ShardReader.Update(mapping));
        }
    }

    // ---- changes of the rows ----

    private void follow(Term term) {
        if (term.following || term.readers.isEmpty()) {
            return;
        }
        term.following = true;
        context.pipeToSelf(journal.applied(group, term.seen + 1), (applied, failure) -> new Applied(term, failure));
    }

    private static void wake(Term term) {
        term.readers.values().forEach(reader -> reader.tell(new ShardReader.Wake()));
    }

    private void onApplied(Term term, @Nullable Throwable failure) {
        term.following = false;
        if (failure == null) {
            term.seen = journal.rows(group).appliedIndex();
            wake(term);
            follow(term);
        } else if (cause(failure) instanceof NoQuorumException) {
            follow(term); // the journal ends a long wait so: nothing new is no failure
        } else {
            timers.startSingleTimer(new FollowAgain(term), PAUSE_AFTER_FAILURE);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
