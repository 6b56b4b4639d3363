package io.murmuration.function.queue;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;

/**
 * The events of a shard that wait for their time, each function's for itself, so that none waits behind another's. Owned by one {@link QueueKeeper};
 * some dozens of bytes an event.
 */
final class DueEvents {
    /** @param payloadBytes of its payload */
    record Waiting(long number, String function, long dueMillis, int payloadBytes) {}

    private static final class OfFunction {
        private final Queue<Waiting> waiting =
                new PriorityQueue<>(Comparator.comparingLong(Waiting::dueMillis).thenComparingLong(Waiting::number));
        private long pausedUntilMillis = Long.MIN_VALUE;
        private int refusals;
    }

    private final Map<String, OfFunction> functions = new HashMap<>();
    /** Whose turn it is, of the functions that have something waiting. */
    private final ArrayDeque<String> turns = new ArrayDeque<>();

    void add(Waiting event) {
        var own = functions.computeIfAbsent(event.function(), name -> new OfFunction());
        if (own.waiting.isEmpty()) {
            turns.addLast(event.function());
        }
        own.waiting.add(event);
    }

    /**
     * The function does not take calls at the moment: none of its events is tried for a while, which grows with each time in a row. Of several that
     * were refused together the first alone counts.
     */
    void pause(String function, long nowMillis, IntToLongFunction pauseMillis) {
        var own = functions.computeIfAbsent(function, name -> new OfFunction());
        if (own.pausedUntilMillis <= nowMillis) {
            own.pausedUntilMillis = nowMillis + pauseMillis.applyAsLong(own.refusals);
            own.refusals++;
        }
    }

    /** The function takes calls. */
    void resume(String function) {
        var own = functions.get(function);
        if (own != null) {
            own.pausedUntilMillis = Long.MIN_VALUE;
            own.refusals = 0;
            if (own.waiting.isEmpty()) {
                functions.remove(function);
            }
        }
    }

    /** Takes the next event that is due, functions in turn; empty if none is, or none of those is admitted. */
    Optional<Waiting> takeDue(long nowMillis, Predicate<Waiting> admitted) {
        for (var left = turns.size(); left > 0; left--) {
            var name = turns.removeFirst();
            var own = functions.get(name);
            var first = own == null ? null : own.waiting.peek();
            if (own == null || first == null) {
                continue;
            }
            if (first.dueMillis() > nowMillis || own.pausedUntilMillis > nowMillis || !admitted.test(first)) {
                turns.addLast(name);
                continue;
            }
            own.waiting.remove();
            if (!own.waiting.isEmpty()) {
                turns.addLast(name);
            } else if (own.refusals == 0) {
                functions.remove(name);
            }
            return Optional.of(first);
        }
        return Optional.empty();
    }

    /** When the next event can be tried; empty if none waits. It may be past: then it was not admitted. */
    OptionalLong nextDue() {
        return turns.stream()
                .map(functions::get)
                .mapToLong(own -> {
                    var first = own.waiting.peek();
                    return first == null ? Long.MAX_VALUE : Math.max(first.dueMillis(), own.pausedUntilMillis);
                })
                .min();
    }
}
