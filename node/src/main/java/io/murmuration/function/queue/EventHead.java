package io.murmuration.function.queue;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.protocol.function.FunctionName;
import java.nio.charset.StandardCharsets;

/**
 * A queued event without its payload, as its row.
 *
 * @param requestId under which the function sees it, at each attempt
 * @param acceptedMillis epoch milliseconds
 * @param dueMillis when it is to be tried next
 * @param errors how often the function failed on it
 * @param refusals how often it could not be invoked
 */
record EventHead(
        FunctionName function,
        String requestId,
        long acceptedMillis,
        long dueMillis,
        int errors,
        int refusals,
        int payloadBytes,
        String traceId,
        String clientContext) {
    private static final int VERSION = 1;

    EventHead postponed(long due, int newErrors, int newRefusals) {
        return new EventHead(
                function, requestId, acceptedMillis, due, newErrors, newRefusals, payloadBytes, traceId, clientContext);
    }

    byte[] toBytes() {
        var to = new ByteWriter(128 + clientContext.length()).int8(VERSION);
        write(to);
        return to.toBytes();
    }

    static EventHead read(byte[] row) {
        var from = new ByteReader(row);
        var version = from.int8();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a queued event: " + version);
        }
        return read(from);
    }

    void write(ByteWriter to) {
        var qualifier = function.qualifier();
        to.text(function.name()).flag(qualifier != null);
        if (qualifier != null) {
            to.text(qualifier);
        }
        to.text(requestId)
                .int64(acceptedMillis)
                .int64(dueMillis)
                .int32(errors)
                .int32(refusals)
                .int32(payloadBytes)
                .text(traceId)
                .bytes(clientContext.getBytes(StandardCharsets.UTF_8));
    }

    static EventHead read(ByteReader from) {
        var name = from.text();
        var function = new FunctionName(name, from.flag() ? from.text() : null);
        return new EventHead(
                function,
                from.text(),
                from.int64(),
                from.int64(),
                from.int32(),
                from.int32(),
                from.int32(),
                from.text(),
                new String(from.bytes(), StandardCharsets.UTF_8));
    }
}
