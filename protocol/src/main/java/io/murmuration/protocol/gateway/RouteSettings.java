package io.murmuration.protocol.gateway;

import org.jspecify.annotations.Nullable;

/**
 * How many requests a stage or a route of it takes.
 *
 * @param burstLimit at once; null if that is not bounded
 * @param rateLimit a second, on average; null if that is not bounded
 */
public record RouteSettings(
        @Nullable Integer burstLimit, @Nullable Double rateLimit) {
    public static final RouteSettings NONE = new RouteSettings(null, null);

    /** Whether they bound anything. */
    public boolean bounds() {
        return burstLimit != null || rateLimit != null;
    }
}
