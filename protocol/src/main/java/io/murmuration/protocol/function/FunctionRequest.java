package io.murmuration.protocol.function;

import org.jspecify.annotations.Nullable;

/** The requests of Lambda's REST interface that are understood, checked against its model. */
public sealed interface FunctionRequest {
    /** @param publish whether a version is made of it at once */
    record CreateFunction(String name, FunctionSettingsChange settings, FunctionCode code, boolean publish)
            implements FunctionRequest {}

    record GetFunction(FunctionName name) implements FunctionRequest {}

    record GetFunctionConfiguration(FunctionName name) implements FunctionRequest {}

    /**
     * @param marker where the last page ended; null for the first
     * @param itemsMax in {@code [1, 10000]}; Lambda gives 50 at most
     */
    record ListFunctions(@Nullable String marker, int itemsMax) implements FunctionRequest {}

    /** Without a qualifier the function goes with all its versions. */
    record DeleteFunction(FunctionName name) implements FunctionRequest {}

    /**
     * @param dryRun checks and changes nothing
     * @param revisionId that the function must have; null for any
     */
    record UpdateFunctionCode(
            FunctionName name,
            FunctionCode code,
            boolean publish,
            boolean dryRun,
            @Nullable String revisionId) implements FunctionRequest {}

    /** @param revisionId that the function must have; null for any */
    record UpdateFunctionConfiguration(
            FunctionName name,
            FunctionSettingsChange settings,
            @Nullable String revisionId) implements FunctionRequest {}

    /**
     * Its payload is the request's body.
     *
     * @param clientContext JSON; empty if there is none
     */
    record Invoke(FunctionName name, InvocationType type, boolean wantsLog, String clientContext)
            implements FunctionRequest {}

    enum InvocationType {
        /** Waits for the answer. */
        REQUEST_RESPONSE,
        /** Is queued. */
        EVENT,
        /** Checks that it could be called. */
        DRY_RUN
    }
}
