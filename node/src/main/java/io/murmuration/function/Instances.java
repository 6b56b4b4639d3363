package io.murmuration.function;

import io.murmuration.function.environment.EnvironmentProtocol.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** The execution environments of a function and what they are at. Belongs to one actor. */
final class Instances {
    private final Map<ActorRef<Message>, Instance> all = new LinkedHashMap<>();

    enum Phase {
        STARTING,
        IDLE,
        BUSY,
        /** Its invocation is answered, and it is about to ask for the next. */
        SETTLING,
        ENDING
    }

    /**
     * @param job unanswered; null in every phase but BUSY
     * @param sinceNanos when the phase began
     */
    record Instance(Phase phase, @Nullable Waiting job, long sinceNanos) {}

    void put(ActorRef<Message> environment, Phase phase, @Nullable Waiting job, long sinceNanos) {
        all.put(environment, new Instance(phase, job, sinceNanos));
    }

    @Nullable
    Instance get(ActorRef<Message> environment) {
        return all.get(environment);
    }

    @Nullable
    Instance remove(ActorRef<Message> environment) {
        return all.remove(environment);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }

    int count(Phase phase) {
        return (int) all.values().stream()
                .filter(instance -> instance.phase() == phase)
                .count();
    }

    /** Those that have been idle since then or longer. */
    List<ActorRef<Message>> idleSince(long nanos) {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue().phase() == Phase.IDLE
                        && entry.getValue().sinceNanos() - nanos <= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The one that became idle last: so the others become idle for long enough to end. */
    Optional<ActorRef<Message>> warmest() {
        return idle((a, b) -> Long.compare(b.sinceNanos() - a.sinceNanos(), 0));
    }

    Optional<ActorRef<Message>> coldest() {
        return idle((a, b) -> Long.compare(a.sinceNanos() - b.sinceNanos(), 0));
    }

    private Optional<ActorRef<Message>> idle(java.util.Comparator<Instance> first) {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue().phase() == Phase.IDLE)
                .min(Map.Entry.comparingByValue(first))
                .map(Map.Entry::getKey);
    }
}
