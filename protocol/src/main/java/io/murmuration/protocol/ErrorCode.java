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
    NO_SUCH_BUCKET("NoSuchBucket", 404, RetryAdvice.NEVER),
    NO_SUCH_KEY("NoSuchKey", 404, RetryAdvice.NEVER),
    NO_SUCH_UPLOAD("NoSuchUpload", 404, RetryAdvice.NEVER),
    BUCKET_EXISTS("BucketAlreadyExists", 409, RetryAdvice.NEVER),
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
    INVALID_PART_ORDER("InvalidPartOrder", 400, RetryAdvice.NEVER),
    ACLS_NOT_SUPPORTED("AccessControlListNotSupported", 400, RetryAdvice.NEVER),
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405, RetryAdvice.NEVER),
    NOT_IMPLEMENTED("NotImplemented", 501, RetryAdvice.NEVER),
    INVALID_PARAMETER_VALUE("InvalidParameterValueException", 400, RetryAdvice.NEVER),
    INVALID_REQUEST_CONTENT("InvalidRequestContentException", 400, RetryAdvice.NEVER),
    NOT_FOUND("ResourceNotFoundException", 404, RetryAdvice.NEVER),
    RESOURCE_CONFLICT("ResourceConflictException", 409, RetryAdvice.NEVER),
    REVISION_MISMATCH("PreconditionFailedException", 412, RetryAdvice.NEVER),
    REQUEST_TOO_LARGE("RequestTooLargeException", 413, RetryAdvice.NEVER),
    TOO_MANY_REQUESTS("TooManyRequestsException", 429, RetryAdvice.SAFE),
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
