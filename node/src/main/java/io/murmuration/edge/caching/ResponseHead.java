package io.murmuration.edge.caching;

import java.util.OptionalLong;

/** Status and headers of a response. */
public record ResponseHead(int status, Headers headers) {
    /** {@code Content-Length} in bytes; empty if it is missing or no number. */
    public OptionalLong contentLength() {
        var length = headers.first("Content-Length").orElse("").strip();
        return length.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(length)) : OptionalLong.empty();
    }

    /** Whether the origin failed, in the words of RFC 5861, 4: 500, 502, 503 or 504. */
    public boolean originError() {
        return status == 500 || status == 502 || status == 503 || status == 504;
    }

    /** The same with other headers. */
    public ResponseHead with(Headers others) {
        return new ResponseHead(status, others);
    }
}
