package io.murmuration.gateway;

import io.murmuration.protocol.gateway.RouteSettings;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket: so many requests at once, and so many a second on average. Any thread.
 *
 * <p>It is kept as one number, the moment at which the bucket would be full again: each request moves it by the time that one token takes, and none may
 * move it further ahead than the whole bucket takes.
 */
public final class Throttle {
    private static final double NANOS_PER_SECOND = 1e9;

    private final RouteSettings settings;
    private final long tokenNanos;
    private final long bucketNanos;
    private final AtomicLong fullNanos;

    private Throttle(RouteSettings settings, long tokenNanos, long bucketNanos, long nowNanos) {
        this.settings = settings;
        this.tokenNanos = tokenNanos;
        this.bucketNanos = bucketNanos;
        this.fullNanos = new AtomicLong(nowNanos);
    }

    /**
     * @param before whose count goes on if it bounds the same; null if there is none
     * @return null if the settings bound nothing: a burst alone is no bound over time
     */
    static @Nullable Throttle of(RouteSettings settings, @Nullable Throttle before, long nowNanos) {
        if (before != null && before.settings.equals(settings)) {
            return before;
        }
        var rate = settings.rateLimit();
        var burst = settings.burstLimit();
        if (rate == null && (burst == null || burst > 0)) {
            return null;
        }
        if (rate == null || rate == 0 || (burst != null && burst == 0)) {
            return new Throttle(settings, Long.MAX_VALUE, 0, nowNanos);
        }
        long token = Math.max(1, (long) (NANOS_PER_SECOND / rate));
        long tokens = burst == null ? Math.max(1, (long) Math.ceil(rate)) : burst;
        long bucket = (long) Math.min(Long.MAX_VALUE / 4.0, (double) token * tokens);
        return new Throttle(settings, Math.min(token, Long.MAX_VALUE / 8), bucket, nowNanos);
    }

    /** Whether one more request may pass now. */
    public boolean admits(long nowNanos) {
        if (bucketNanos == 0) {
            return false;
        }
        while (true) {
            long before = fullNanos.get();
            long after = (before - nowNanos > 0 ? before : nowNanos) + tokenNanos;
            if (after - nowNanos > bucketNanos) {
                return false;
            }
            if (fullNanos.compareAndSet(before, after)) {
                return true;
            }
        }
    }
}
