package io.murmuration.protocol.function;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * A reply as it goes over the wire.
 *
 * @param status of HTTP
 * @param headers besides the usual ones
 */
public record FunctionReply(int status, Map<String, String> headers, ByteBuffer body) {
    private static final int NO_CONTENT = 204;

    public static FunctionReply json(int status, byte[] body) {
        return new FunctionReply(status, Map.of(), ByteBuffer.wrap(body).asReadOnlyBuffer());
    }

    static FunctionReply empty() {
        return json(NO_CONTENT, new byte[0]);
    }
}
