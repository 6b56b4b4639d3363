package io.murmuration.journal;

/** More waits than the replica's bound allows; nothing was done, and trying again later may help. */
public final class JournalOverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalOverloadedException(String message) {
        super(message, null, false, false);
    }
}
