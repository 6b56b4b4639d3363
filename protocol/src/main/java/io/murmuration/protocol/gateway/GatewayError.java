package io.murmuration.protocol.gateway;

import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.RetryAdvice;

/** Errors of API Gateway's own. */
public enum GatewayError implements ErrorCode {
    NOT_FOUND("NotFoundException", 404, RetryAdvice.NEVER),
    BAD_REQUEST("BadRequestException", 400, RetryAdvice.NEVER),
    CONFLICT("ConflictException", 409, RetryAdvice.NEVER),
    TOO_MANY_REQUESTS("TooManyRequestsException", 429, RetryAdvice.SAFE);

    private final String wireName;
    private final int status;
    private final RetryAdvice advice;

    GatewayError(String wireName, int status, RetryAdvice advice) {
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
