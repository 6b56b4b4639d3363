package io.murmuration.chaos;

import org.jspecify.annotations.Nullable;

/**
 * One call of a client, as the client saw it. Times are nanoseconds of one clock.
 *
 * @param output what was answered, or null if the outcome is unknown: the call may have had its effect at any time after it was sent, or never
 * @param returned when the answer arrived; {@code Long.MAX_VALUE} if the outcome is unknown
 */
public record Call<I, O>(int client, I input, @Nullable O output, long invoked, long returned) {
    static <I, O> Call<I, O> answered(int client, I input, O output, long invoked, long returned) {
        return new Call<>(client, input, output, invoked, returned);
    }

    static <I, O> Call<I, O> unknown(int client, I input, long invoked) {
        return new Call<>(client, input, null, invoked, Long.MAX_VALUE);
    }

    boolean isUnknown() {
        return returned == Long.MAX_VALUE;
    }
}
