package io.murmuration.protocol.object;

import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.RetryAdvice;

/** Errors of S3's own. */
public enum ObjectError implements ErrorCode {
    NO_SUCH_BUCKET("NoSuchBucket", 404, RetryAdvice.NEVER),
    NO_SUCH_KEY("NoSuchKey", 404, RetryAdvice.NEVER),
    NO_SUCH_UPLOAD("NoSuchUpload", 404, RetryAdvice.NEVER),
    BUCKET_OWNED("BucketAlreadyOwnedByYou", 409, RetryAdvice.NEVER),
    BUCKET_NOT_EMPTY("BucketNotEmpty", 409, RetryAdvice.NEVER),
    INVALID_BUCKET_NAME("InvalidBucketName", 400, RetryAdvice.NEVER),
    KEY_TOO_LONG("KeyTooLongError", 400, RetryAdvice.NEVER),
    INVALID_URI("InvalidURI", 400, RetryAdvice.NEVER),
    INVALID_ARGUMENT("InvalidArgument", 400, RetryAdvice.NEVER),
    INVALID_REQUEST("InvalidRequest", 400, RetryAdvice.NEVER),
    INVALID_RANGE("InvalidRange", 416, RetryAdvice.NEVER),
    INVALID_LOCATION("InvalidLocationConstraint", 400, RetryAdvice.NEVER),
    NOT_MODIFIED("NotModified", 304, RetryAdvice.NEVER),
    PRECONDITION_FAILED("PreconditionFailed", 412, RetryAdvice.NEVER),
    BAD_DIGEST("BadDigest", 400, RetryAdvice.NEVER),
    INVALID_DIGEST("InvalidDigest", 400, RetryAdvice.NEVER),
    CONTENT_SHA256_MISMATCH("XAmzContentSHA256Mismatch", 400, RetryAdvice.NEVER),
    INCOMPLETE_BODY("IncompleteBody", 400, RetryAdvice.NEVER),
    INVALID_CHUNK_SIZE("InvalidChunkSizeError", 403, RetryAdvice.NEVER),
    MALFORMED_TRAILER("MalformedTrailerError", 400, RetryAdvice.NEVER),
    MALFORMED_XML("MalformedXML", 400, RetryAdvice.NEVER),
    MISSING_CONTENT_LENGTH("MissingContentLength", 411, RetryAdvice.NEVER),
    MISSING_REQUEST_BODY("MissingRequestBodyError", 400, RetryAdvice.NEVER),
    METADATA_TOO_LARGE("MetadataTooLarge", 400, RetryAdvice.NEVER),
    ENTITY_TOO_SMALL("EntityTooSmall", 400, RetryAdvice.NEVER),
    ENTITY_TOO_LARGE("EntityTooLarge", 400, RetryAdvice.NEVER),
    INVALID_PART("InvalidPart", 400, RetryAdvice.NEVER),
    INVALID_PART_NUMBER("InvalidPartNumber", 416, RetryAdvice.NEVER),
    INVALID_PART_ORDER("InvalidPartOrder", 400, RetryAdvice.NEVER),
    ACLS_NOT_SUPPORTED("AccessControlListNotSupported", 400, RetryAdvice.NEVER),
    OPERATION_ABORTED("OperationAborted", 409, RetryAdvice.SAFE),
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405, RetryAdvice.NEVER),
    NOT_IMPLEMENTED("NotImplemented", 501, RetryAdvice.NEVER);

    private final String wireName;
    private final int status;
    private final RetryAdvice advice;

    ObjectError(String wireName, int status, RetryAdvice advice) {
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
