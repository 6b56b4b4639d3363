package io.murmuration.protocol;

/** An error that a client can meet. Each service has an enum of its own; {@link ErrorCodes} knows them all. */
public interface ErrorCode {
    /** What clients tell errors apart by. */
    String wireName();

    /** HTTP status code. */
    int status();

    RetryAdvice advice();
}
