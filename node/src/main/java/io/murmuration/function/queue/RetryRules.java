package io.murmuration.function.queue;

/** What becomes of an event after an attempt to deliver it, as Lambda has it. Pure. */
final class RetryRules {
    private static final int DOUBLINGS_MAX = 30;

    private RetryRules() {}

    /** How an attempt ended. */
    enum Attempt {
        DELIVERED,
        /** The function was called and failed. */
        FAILED,
        /** It was throttled, the system failed, or it is not known whether it was called. */
        REFUSED,
        /** There is no such function. */
        FUNCTION_GONE,
        /** It was not tried. */
        TOO_OLD
    }

    sealed interface Next {}

    record Finished() implements Next {}

    /** Tried again at that time. */
    record Again(long dueMillis, int errors, int refusals) implements Next {}

    /** Given up, for the reason told. */
    record Dropped(String reason) implements Next {}

    static Next after(Attempt attempt, EventHead head, long nowMillis, QueueSettings settings) {
        return switch (attempt) {
            case DELIVERED -> new Finished();
            case FUNCTION_GONE -> new Dropped("there is no such function");
            case TOO_OLD -> new Dropped("it is too old");
            case FAILED ->
                head.errors() >= settings.errorPauses().size()
                        ? new Dropped("the function failed on it")
                        : again(
                                head,
                                nowMillis
                                        + settings.errorPauses()
                                                .get(head.errors())
                                                .toMillis(),
                                head.errors() + 1,
                                head.refusals(),
                                settings);
            case REFUSED ->
                again(
                        head,
                        nowMillis + refusedPauseMillis(head.refusals(), settings),
                        head.errors(),
                        head.refusals() + 1,
                        settings);
        };
    }

    /** Before an attempt: whether the event is too old for one. */
    static boolean tooOld(EventHead head, long nowMillis, QueueSettings settings) {
        return nowMillis - head.acceptedMillis() >= settings.ageMax().toMillis();
    }

    static long refusedPauseMillis(int refusals, QueueSettings settings) {
        var doubled = settings.refusedPauseMin().toMillis() << Math.min(refusals, DOUBLINGS_MAX);
        return Math.min(doubled, settings.refusedPauseMax().toMillis());
    }

    private static Next again(EventHead head, long dueMillis, int errors, int refusals, QueueSettings settings) {
        return tooOld(head, dueMillis, settings)
                ? new Dropped("it would be too old for another attempt")
                : new Again(dueMillis, errors, refusals);
    }
}
