package io.murmuration.protocol;

/** Each error that a client can meet: its wire name, HTTP status and whether repeating helps. */
public enum ErrorCode {
    VALIDATION("ValidationException", 400, RetryAdvice.NEVER),
    SERIALIZATION("SerializationException", 400, RetryAdvice.NEVER),
    UNKNOWN_OPERATION("UnknownOperationException", 400, RetryAdvice.NEVER),
    ACCESS_DENIED("AccessDeniedException", 400, RetryAdvice.NEVER),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", 400, RetryAdvice.NEVER),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", 400, RetryAdvice.NEVER),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 400, RetryAdvice.NEVER),
    INVALID_SIGNATURE("InvalidSignatureException", 400, RetryAdvice.NEVER),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", 400, RetryAdvice.NEVER),
    RESOURCE_IN_USE("ResourceInUseException", 400, RetryAdvice.NEVER),
    LIMIT_EXCEEDED("LimitExceededException", 400, RetryAdvice.NEVER),
    EXPIRED_ITERATOR("ExpiredIteratorException", 400, RetryAdvice.NEVER),
    CONDITION_FAILED("ConditionalCheckFailedException", 400, RetryAdvice.NEVER),
    THROUGHPUT_EXCEEDED("ProvisionedThroughputExceededException", 400, RetryAdvice.SAFE),
    THROTTLING("ThrottlingException", 400, RetryAdvice.SAFE),
    REQUEST_TIMEOUT("RequestTimeoutException", 408, RetryAdvice.SAFE),
    UNAVAILABLE("ServiceUnavailable", 503, RetryAdvice.SAFE),
    OUTCOME_UNKNOWN("InternalServerError", 500, RetryAdvice.ONLY_IF_IDEMPOTENT),
    INTERNAL("InternalServerError", 500, RetryAdvice.ONLY_IF_IDEMPOTENT);

    private final String wireName;
    private final int status;
    private final RetryAdvice advice;

    ErrorCode(String wireName, int status, RetryAdvice advice) {
        this.wireName = wireName;
        this.status = status;
        this.advice = advice;
    }

    public String wireName() {
        return wireName;
    }

    /** HTTP status code. */
    public int status() {
        return status;
    }

    public RetryAdvice advice() {
        return advice;
    }
}
