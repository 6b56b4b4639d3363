package io.murmuration.journal;

/** A store read something that it cannot have written. */
public final class DamagedStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DamagedStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
