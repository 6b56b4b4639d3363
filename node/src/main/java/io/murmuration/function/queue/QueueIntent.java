package io.murmuration.function.queue;

/** What a shard's queue can be asked to do. */
sealed interface QueueIntent {
    /** @param payload as long as the head says; not written to any more */
    @SuppressWarnings("ArrayRecordComponent") // intents are never compared
    record Enqueue(EventHead head, byte[] payload) implements QueueIntent {}

    /** The event was delivered, or is given up. May be repeated. */
    record Remove(long number) implements QueueIntent {}

    /** The event is tried again at that time. May be repeated. */
    record Postpone(long number, long dueMillis, int errors, int refusals) implements QueueIntent {}

    /** What became of it. */
    sealed interface Outcome {
        record Queued(long number) implements Outcome {}

        /** Nothing was queued. */
        record QueueFull(boolean ofFunction) implements Outcome {}

        record Noted() implements Outcome {}
    }
}
