package io.murmuration.config;

/** A data folder that cannot be used as asked; the message is one sentence for the operator, and nothing was changed. */
public final class DataFolderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DataFolderException(String message) {
        super(message);
    }

    DataFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
