package io.murmuration.protocol.function;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A reply as it goes over the wire.
 *
 * @param status of HTTP
 * @param headers besides the usual ones
 */
public record FunctionReply(int status, Map<String, String> headers, ByteBuffer body) {
    /** The header in which clients look for a request's id. */
    public static final String REQUEST_ID = "x-amzn-RequestId";

    private static final int NO_CONTENT = 204;

    public static FunctionReply json(int status, byte[] body) {
        return new FunctionReply(status, Map.of(), ByteBuffer.wrap(body).asReadOnlyBuffer());
    }

    /** The same, known to the client under the id that the function sees. */
    public FunctionReply identified(String requestId) {
        var more = new HashMap<>(headers);
        more.put(REQUEST_ID, requestId);
        return new FunctionReply(status, Map.copyOf(more), body);
    }

    static FunctionReply empty() {
        return json(NO_CONTENT, new byte[0]);
    }
}
