package io.murmuration.base;

/** The time, as an argument: the system's own in a node, a hand-driven one in a test or a simulation. */
public interface Clock {
    /** Epoch milliseconds; may jump when somebody sets the machine's clock. */
    long millis();

    /** Nanoseconds since some fixed moment; never goes back. Only differences mean anything. */
    long nanos();

    /** The machine's clock. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
