package io.murmuration.cli;

import io.murmuration.base.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A moment until which a command waits. */
public final class Deadline {
    static final Duration GLANCE = Duration.ofMillis(50);

    private final Clock clock;
    private final long started;
    private final Duration patience;

    private Deadline(Clock clock, Duration patience) {
        this.clock = clock;
        this.started = clock.nanos();
        this.patience = patience;
    }

    public static Deadline after(Clock clock, Duration patience) {
        return new Deadline(clock, patience);
    }

    boolean isOver() {
        return elapsed().compareTo(patience) >= 0;
    }

    Duration elapsed() {
        return Duration.ofNanos(clock.nanos() - started);
    }

    /** Looks again and again until it is so (true) or the deadline is over (false). */
    public boolean await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (isOver()) {
                return false;
            }
            pause(GLANCE);
        }
        return true;
    }

    /** Lets time pass between two looks at a process or a file, which nobody announces. */
    public static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.failed("Interrupted.");
        }
    }
}
