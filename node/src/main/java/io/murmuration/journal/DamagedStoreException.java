package io.murmuration.journal;

import org.jspecify.annotations.Nullable;

/** A store read something that it cannot have written, or misses something that it has. */
public final class DamagedStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DamagedStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public DamagedStoreException(String message) {
        this(message, null);
    }
}
