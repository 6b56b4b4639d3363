package io.murmuration.journal;

import org.slf4j.LoggerFactory;

/** Ends the process at once, for want of a safe way to go on: after a failed write nobody knows what is on the disk. */
@FunctionalInterface
public interface Halt {
    /** Exit status of a process that must not go on and would end the same way again. */
    int STATUS = 70;

    /** Exit status of a process whose next start mends what is wrong; whoever started it starts it again. */
    int STATUS_START_AGAIN = 75;

    void halt(String sentence, Throwable cause);

    /** As {@link #halt}, where the next start mends what is wrong, whatever the cause. */
    default void startAgain(String sentence, Throwable cause) {
        halt(sentence, cause);
    }

    /** Ends this process without running its shutdown hooks: they would write. A node that met damage starts again, to be refilled. */
    static Halt process() {
        return new Halt() {
            @Override
            public void halt(String sentence, Throwable cause) {
                end(sentence, cause, isDamage(cause) ? STATUS_START_AGAIN : STATUS);
            }

            @Override
            public void startAgain(String sentence, Throwable cause) {
                end(sentence, cause, STATUS_START_AGAIN);
            }
        };
    }

    private static void end(String sentence, Throwable cause, int status) {
        LoggerFactory.getLogger(Halt.class).error(sentence, cause);
        Runtime.getRuntime().halt(status);
    }

    private static boolean isDamage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DamagedStoreException) {
                return true;
            }
        }
        return false;
    }
}
