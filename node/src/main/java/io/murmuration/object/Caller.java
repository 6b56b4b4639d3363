package io.murmuration.object;

/**
 * Who asks.
 *
 * @param requestId what the client knows the request by
 * @param address that it came from
 */
public record Caller(String requestId, String address) {}
