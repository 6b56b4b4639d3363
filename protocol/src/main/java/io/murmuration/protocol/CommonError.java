package io.murmuration.protocol;

/** Errors that every service can answer: of its frame, its signatures and the cloud below it. */
public enum CommonError implements ErrorCode {
    VALIDATION("ValidationException", 400, RetryAdvice.NEVER),
    SERIALIZATION("SerializationException", 400, RetryAdvice.NEVER),
    UNKNOWN_OPERATION("UnknownOperationException", 400, RetryAdvice.NEVER),
    ACCESS_DENIED("AccessDeniedException", 400, RetryAdvice.NEVER),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", 400, RetryAdvice.NEVER),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", 400, RetryAdvice.NEVER),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 400, RetryAdvice.NEVER),
    INVALID_SIGNATURE("InvalidSignatureException", 400, RetryAdvice.NEVER),
    THROTTLING("ThrottlingException", 400, RetryAdvice.SAFE),
    REQUEST_TIMEOUT("RequestTimeoutException", 408, RetryAdvice.SAFE),
    UNAVAILABLE("ServiceUnavailable", 503, RetryAdvice.SAFE),
    OUTCOME_UNKNOWN("InternalServerError", 500, RetryAdvice.ONLY_IF_IDEMPOTENT),
    INTERNAL("InternalServerError", 500, RetryAdvice.ONLY_IF_IDEMPOTENT);

    private final String wireName;
    private final int status;
    private final RetryAdvice advice;

    CommonError(String wireName, int status, RetryAdvice advice) {
        this.wireName = wireName;
        this.status = status;
        this.advice = advice;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public RetryAdvice advice() {
        return advice;
    }
}
