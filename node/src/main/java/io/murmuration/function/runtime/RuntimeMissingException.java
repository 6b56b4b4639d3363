package io.murmuration.function.runtime;

/** A function cannot be run on this node; the message says to its caller why. */
public final class RuntimeMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    RuntimeMissingException(String message) {
        super(message);
    }
}
