package io.murmuration.function;

import io.murmuration.protocol.function.FunctionConfiguration;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One revision of a function, ready to be run.
 *
 * @param reservedConcurrency invocations that may be at work at once; empty for the account's own limit
 * @param code fetches the zip
 */
public record Deployment(
        FunctionConfiguration configuration,
        OptionalInt reservedConcurrency,
        Supplier<? extends CompletionStage<byte[]>> code) {
    /** Tells revisions apart, on this node. */
    String key() {
        return functionKey() + ":" + configuration.revisionId();
    }

    /** The same for all revisions of one version of a function. */
    String functionKey() {
        return configuration.arn() + ":" + configuration.version();
    }
}
