package io.murmuration.function;

import io.murmuration.function.instance.InstanceProtocol.Message;
import io.murmuration.function.instance.InstanceRegion;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** The instances of a function and what they are at, by their names. Belongs to one actor. */
final class Instances {
    private final Map<String, Instance> all = new LinkedHashMap<>();

    enum Phase {
        STARTING,
        IDLE,
        BUSY,
        /** Its invocation is answered, and it is about to ask for the next. */
        SETTLING,
        ENDING
    }

    /**
     * @param actor null until it was first idle
     * @param job unanswered; null in every phase but BUSY
     * @param sinceNanos when the phase began
     */
    record Instance(
            Phase phase,
            @Nullable ActorRef<Message> actor,
            @Nullable Waiting job,
            long sinceNanos) {}

    void put(String name, Instance instance) {
        all.put(name, instance);
    }

    @Nullable
    Instance get(String name) {
        return all.get(name);
    }

    @Nullable
    Instance remove(String name) {
        return all.remove(name);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int count(Phase phase) {
        int count = 0;
        for (var instance : all.values()) {
            if (instance.phase() == phase) {
                count++;
            }
        }
        return count;
    }

    /** What is at work. */
    List<Waiting> jobs() {
        return all.values().stream().map(Instance::job).filter(Objects::nonNull).toList();
    }

    /** How many there are in each place. */
    Map<String, Long> byPlace() {
        return all.keySet().stream().collect(Collectors.groupingBy(InstanceRegion::place, Collectors.counting()));
    }

    /** Those that have been in the phase since then or longer. */
    List<String> since(Phase phase, long nanos) {
        return all.entrySet().stream()
                .filter(entry ->
                        entry.getValue().phase() == phase && entry.getValue().sinceNanos() - nanos <= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The one that became idle last: so the others become idle for long enough to end. */
    Optional<String> warmest() {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue().phase() == Phase.IDLE)
                .min(Map.Entry.comparingByValue(
                        Comparator.comparing(Instance::sinceNanos, (a, b) -> Long.compare(b - a, 0))))
                .map(Map.Entry::getKey);
    }
}
