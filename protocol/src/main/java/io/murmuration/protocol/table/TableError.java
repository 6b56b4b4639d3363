package io.murmuration.protocol.table;

import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.RetryAdvice;

/** Errors of DynamoDB's own. */
public enum TableError implements ErrorCode {
    RESOURCE_NOT_FOUND("ResourceNotFoundException", 400, RetryAdvice.NEVER),
    RESOURCE_IN_USE("ResourceInUseException", 400, RetryAdvice.NEVER),
    LIMIT_EXCEEDED("LimitExceededException", 400, RetryAdvice.NEVER),
    EXPIRED_ITERATOR("ExpiredIteratorException", 400, RetryAdvice.NEVER),
    CONDITION_FAILED("ConditionalCheckFailedException", 400, RetryAdvice.NEVER),
    THROUGHPUT_EXCEEDED("ProvisionedThroughputExceededException", 400, RetryAdvice.SAFE);

    private final String wireName;
    private final int status;
    private final RetryAdvice advice;

    TableError(String wireName, int status, RetryAdvice advice) {
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
