package io.murmuration.protocol.gateway.payload;

import java.util.List;
import java.util.Map;

/**
 * A request to an API, and what the gateway knows about it.
 *
 * @param path decoded, with the stage's name unless that is the default one
 * @param rawQuery as sent, without the question mark; empty if there is none
 * @param protocol such as {@code HTTP/1.1}
 * @param headers in any case and order
 * @param contentType empty if there is none
 * @param body not written to any more
 * @param sourceIp of the client
 * @param domainName that the client asked for, without a port
 * @param port that the client asked for
 * @param account that owns the API
 * @param resource the path of the route's key
 * @param pathParameters decoded
 * @param traceId as the header {@code X-Amzn-Trace-Id} has it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProxyRequest(
        String method,
        String path,
        String rawQuery,
        String protocol,
        List<Header> headers,
        String contentType,
        byte[] body,
        String sourceIp,
        String domainName,
        int port,
        String account,
        String api,
        String stage,
        Map<String, String> stageVariables,
        String routeKey,
        String resource,
        Map<String, String> pathParameters,
        String requestId,
        String traceId,
        long timeMillis) {

    /** The first value of a header; empty if there is none. */
    public String header(String name) {
        for (var header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return header.value();
            }
        }
        return "";
    }

    /** What is before the first dot. */
    public String domainPrefix() {
        int dot = domainName.indexOf('.');
        return dot < 0 ? domainName : domainName.substring(0, dot);
    }
}
