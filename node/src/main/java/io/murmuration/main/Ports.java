package io.murmuration.main;

import java.net.BindException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells a taken port from other failures: it is the one that people meet. */
final class Ports {
    private Ports() {}

    /**
     * Runs what claims the port.
     *
     * @param forWhom who is served there
     * @throws NodeStartException if somebody else has it
     */
    static <T> T claimed(String forWhom, String address, int port, Supplier<T> claim) {
        try {
            return claim.get();
        } catch (RuntimeException failure) {
            for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException || isBindFailure(cause)) {
                    throw new NodeStartException(
                            "Port " + port + " on " + address + ", where this node serves " + forWhom
                                    + ", is in use by another process.",
                            failure);
                }
            }
            throw failure;
        }
    }

    /** Pekko tells some of them only in words. */
    private static boolean isBindFailure(Throwable failure) {
        return failure.getClass().getSimpleName().equals("BindFailedException")
                || String.valueOf(failure.getMessage()).startsWith("Failed to bind");
    }
}
