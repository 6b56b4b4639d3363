package io.murmuration.protocol;

import java.util.Map;

/**
 * An error as it travels between nodes and to a client.
 *
 * @param message what the client reads; the original service's words where clients compare them
 * @param details variables of the message, and what a dialect adds (each codec knows its own keys)
 */
public record ServiceError(ErrorCode code, String message, Map<String, String> details) {
    public ServiceError(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    public static ServiceError validation(String message) {
        return new ServiceError(CommonError.VALIDATION, message);
    }
}
