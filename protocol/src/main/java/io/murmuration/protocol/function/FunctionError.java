package io.murmuration.protocol.function;

import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.RetryAdvice;

/** Errors of Lambda's own. */
public enum FunctionError implements ErrorCode {
    INVALID_PARAMETER_VALUE("InvalidParameterValueException", 400, RetryAdvice.NEVER),
    INVALID_REQUEST_CONTENT("InvalidRequestContentException", 400, RetryAdvice.NEVER),
    CODE_STORAGE_EXCEEDED("CodeStorageExceededException", 400, RetryAdvice.NEVER),
    NOT_FOUND("ResourceNotFoundException", 404, RetryAdvice.NEVER),
    RESOURCE_IN_USE("ResourceInUseException", 400, RetryAdvice.SAFE),
    RESOURCE_CONFLICT("ResourceConflictException", 409, RetryAdvice.NEVER),
    REVISION_MISMATCH("PreconditionFailedException", 412, RetryAdvice.NEVER),
    REQUEST_TOO_LARGE("RequestTooLargeException", 413, RetryAdvice.NEVER),
    TOO_MANY_REQUESTS("TooManyRequestsException", 429, RetryAdvice.SAFE);

    private final String wireName;
    private final int status;
    private final RetryAdvice advice;

    FunctionError(String wireName, int status, RetryAdvice advice) {
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
