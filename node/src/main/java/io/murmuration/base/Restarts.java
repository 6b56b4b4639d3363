package io.murmuration.base;

import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** For actors that nobody would start again. */
public final class Restarts {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LAST = Duration.ofSeconds(30);
    private static final double SPREAD = 0.2;

    private Restarts() {}

    /** Starts it anew when it fails, after a pause that grows. What it held is lost; messages that come meanwhile too. */
    public static <T> Behavior<T> after(Behavior<T> behavior) {
        return Behaviors.supervise(behavior).onFailure(SupervisorStrategy.restartWithBackoff(FIRST, LAST, SPREAD));
    }
}
