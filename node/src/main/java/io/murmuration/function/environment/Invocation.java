package io.murmuration.function.environment;

import org.apache.pekko.util.ByteString;

/**
 * One call of a function.
 *
 * @param requestId a UUID, told to the function and to the caller
 * @param arn as the caller named the function
 * @param traceId of X-Ray; empty if there is none
 * @param clientContext JSON, as the caller gave it; empty if there is none
 * @param wantsLog whether the caller asked for the end of the log
 */
public record Invocation(
        String requestId, String arn, ByteString payload, String traceId, String clientContext, boolean wantsLog) {}
