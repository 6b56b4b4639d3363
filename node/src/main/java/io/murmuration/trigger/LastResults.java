package io.murmuration.trigger;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What this node's readers met last, for each mapping. Not durable: it is for people who look. Any thread. */
final class LastResults {
    static final String NONE = "No records processed";
    static final String OK = "OK";

    private final Map<UUID, Result> results = new ConcurrentHashMap<>();

    /** @param millis epoch milliseconds */
    record Result(long millis, String text) {
        static final Result NEVER = new Result(0, NONE);

        Result later(Result other) {
            return other.millis > millis ? other : this;
        }
    }

    void note(UUID mapping, long nowMillis, String text) {
        results.put(mapping, new Result(nowMillis, text));
    }

    void forget(UUID mapping) {
        results.remove(mapping);
    }

    Map<UUID, Result> all() {
        return new HashMap<>(results);
    }
}
