package io.murmuration.function.environment;

/** What a runtime is answered. */
public sealed interface RuntimeReply {
    /** @param deadlineMillis when the invocation's time is over, in epoch milliseconds */
    record Assigned(Invocation invocation, long deadlineMillis) implements RuntimeReply {}

    record Accepted() implements RuntimeReply {}

    /** The response was larger than allowed; the caller was told so. */
    record TooLarge() implements RuntimeReply {}

    /** The id is not that of the invocation at work. */
    record UnknownInvocation() implements RuntimeReply {}

    /** It was said at a moment at which a runtime does not say it. */
    record OutOfOrder() implements RuntimeReply {}
}
