package io.murmuration.journal;

import org.jspecify.annotations.Nullable;

/** The append was proposed and its outcome is not known: it may yet commit. */
public final class OutcomeUnknownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message) {
        this(message, null);
    }

    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
