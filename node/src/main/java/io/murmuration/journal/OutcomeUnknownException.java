package io.murmuration.journal;

/** The append was proposed and its outcome is not known: it may yet commit. */
public final class OutcomeUnknownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message) {
        super(message, null, false, false);
    }
}
