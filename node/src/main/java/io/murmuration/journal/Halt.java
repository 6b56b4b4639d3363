package io.murmuration.journal;

import org.slf4j.LoggerFactory;

/** Ends the process at once, for want of a safe way to go on: after a failed write nobody knows what is on the disk. */
@FunctionalInterface
public interface Halt {
    /** Exit status of a process that ended this way. */
    int STATUS = 70;

    void halt(String sentence, Throwable cause);

    /** Ends this process without running its shutdown hooks: they would write. */
    static Halt process() {
        return (sentence, cause) -> {
            LoggerFactory.getLogger(Halt.class).error(sentence, cause);
            Runtime.getRuntime().halt(STATUS);
        };
    }
}
