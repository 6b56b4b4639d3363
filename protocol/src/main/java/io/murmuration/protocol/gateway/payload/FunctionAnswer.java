package io.murmuration.protocol.gateway.payload;

import java.util.List;
import java.util.Optional;

/**
 * A function's answer to an event, as the gateway understands it.
 *
 * @param status of HTTP
 * @param headers without the content type
 * @param contentType empty if there is none, and no body either
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FunctionAnswer(int status, List<Header> headers, String contentType, byte[] body) {
    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    public FunctionAnswer {
        headers = List.copyOf(headers);
    }

    /**
     * Understands the JSON that a function returned. In format 2.0 anything but an object with a {@code statusCode} is itself the body.
     *
     * @param format {@code 1.0} or {@code 2.0}
     * @return empty if it is not what the format asks for: a client is told of an internal error
     */
    public static Optional<FunctionAnswer> of(byte[] payload, String format) {
        return new AnswerReader(payload, format.equals("2.0")).read();
    }
}
