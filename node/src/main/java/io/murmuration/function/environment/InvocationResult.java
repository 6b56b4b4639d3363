package io.murmuration.function.environment;

import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * How an invocation ended.
 *
 * @param payload what the function replied, or the error's JSON
 * @param functionError empty if the function replied; else {@code Unhandled}
 * @param logTail the last 4 KiB of the log, if it was asked for
 */
public record InvocationResult(
        String requestId, ByteString payload, Optional<String> functionError, Optional<ByteString> logTail) {}
