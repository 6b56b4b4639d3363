package io.murmuration.protocol;

/** Whether a caller may repeat a request that ended with an error. */
public enum RetryAdvice {
    /** Repeating gives the same answer. */
    NEVER,
    /** The request surely had no effect. */
    SAFE,
    /** The outcome is unknown: it may have had its effect. */
    ONLY_IF_IDEMPOTENT
}
