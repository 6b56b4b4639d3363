package io.murmuration.config;

/** A setting that cannot be used; the message is one sentence that names the key and says what would do. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }
}
