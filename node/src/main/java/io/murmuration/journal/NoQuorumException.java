package io.murmuration.journal;

/** No majority answered in time; nothing was done. */
public final class NoQuorumException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoQuorumException(String message) {
        super(message, null, false, false);
    }
}
