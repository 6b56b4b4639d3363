package io.murmuration.function;

import io.murmuration.function.code.CodeId;
import io.murmuration.protocol.function.FunctionConfiguration;
import java.util.OptionalInt;

/**
 * One revision of a function, ready to be run.
 *
 * @param reservedConcurrency invocations that may be at work at once; empty for the account's own limit
 */
public record Deployment(FunctionConfiguration configuration, OptionalInt reservedConcurrency) {
    /** Its zip. */
    public CodeId code() {
        return CodeId.ofBase64(configuration.codeSha256());
    }

    /** Tells revisions apart. */
    public String key() {
        return functionKey() + ":" + configuration.revisionId();
    }

    /** The same for all revisions of one version of a function. */
    String functionKey() {
        return configuration.arn() + ":" + configuration.version();
    }
}
