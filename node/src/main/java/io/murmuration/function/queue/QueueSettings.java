package io.murmuration.function.queue;

import java.time.Duration;
import java.util.List;

/**
 * How queued invocations are kept and made.
 *
 * @param shard what one shard's queue holds at most
 * @param function what it holds of one function at most
 * @param errorPauses after the first, second, … error of the function; after one error more the event is dropped
 * @param refusedPauseMin after the first refusal: throttling, or an error of the system; it doubles with each further one
 * @param refusedPauseMax the longest pause after a refusal
 * @param ageMax an event that could not be delivered for so long is dropped
 * @param inFlightBytesMax payloads of the invocations under way on this node, each with some bytes for itself
 * @param patience how long an event waits for its shard before it is answered with what is known: below the two seconds in which a client is told that
 *     there is no quorum
 * @param lookAgain how often a queue looks for events that nobody told it of, as after an append whose outcome was unknown
 */
public record QueueSettings(
        Bound shard,
        Bound function,
        List<Duration> errorPauses,
        Duration refusedPauseMin,
        Duration refusedPauseMax,
        Duration ageMax,
        long inFlightBytesMax,
        Duration patience,
        Duration lookAgain) {
    /** What may be queued: events, and the bytes of their payloads. */
    public record Bound(long events, long bytes) {}

    public QueueSettings {
        errorPauses = List.copyOf(errorPauses);
    }

    /** Retries, pauses and age as Lambda's. */
    public static QueueSettings defaults() {
        return new QueueSettings(
                new Bound(10_000, 128L << 20),
                new Bound(5_000, 64L << 20),
                List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofHours(6),
                32L << 20,
                Duration.ofMillis(1_700),
                Duration.ofSeconds(5));
    }

    /** The same with other times, for tests that do not want to wait. */
    public QueueSettings withPauses(List<Duration> errors, Duration refused, Duration age) {
        return new QueueSettings(shard, function, errors, refused, refused, age, inFlightBytesMax, patience, lookAgain);
    }
}
