package io.murmuration.protocol.object;

import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import java.time.Instant;
import java.util.Map;

/** What S3 says, in its words. Details are elements of the error's XML. Source: S3 API reference, "Error responses". */
public final class ObjectErrors {
    private ObjectErrors() {}

    public static ServiceError noSuchBucket(String bucket) {
        return error(ObjectError.NO_SUCH_BUCKET, "The specified bucket does not exist", "BucketName", bucket);
    }

    public static ServiceError noSuchKey(String key) {
        return error(ObjectError.NO_SUCH_KEY, "The specified key does not exist.", "Key", key);
    }

    public static ServiceError noSuchUpload(String uploadId) {
        var message =
                "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";
        return error(ObjectError.NO_SUCH_UPLOAD, message, "UploadId", uploadId);
    }

    public static ServiceError bucketOwned(String bucket) {
        var message = "Your previous request to create the named bucket succeeded and you already own it.";
        return error(ObjectError.BUCKET_OWNED, message, "BucketName", bucket);
    }

    public static ServiceError bucketNotEmpty(String bucket) {
        var message = "The bucket you tried to delete is not empty";
        return error(ObjectError.BUCKET_NOT_EMPTY, message, "BucketName", bucket);
    }

    static ServiceError invalidBucketName(String bucket) {
        return error(ObjectError.INVALID_BUCKET_NAME, "The specified bucket is not valid.", "BucketName", bucket);
    }

    static ServiceError keyTooLong(int bytes) {
        return new ServiceError(
                ObjectError.KEY_TOO_LONG,
                "Your key is too long",
                Map.of("Size", "" + bytes, "MaxSizeAllowed", "" + ObjectNames.KEY_BYTES_MAX));
    }

    static ServiceError invalidUri(String uri) {
        return error(ObjectError.INVALID_URI, "Couldn't parse the specified URI.", "URI", uri);
    }

    public static ServiceError invalidArgument(String message, String name, String value) {
        return new ServiceError(
                ObjectError.INVALID_ARGUMENT, message, Map.of("ArgumentName", name, "ArgumentValue", value));
    }

    public static ServiceError invalidRequest(String message) {
        return new ServiceError(ObjectError.INVALID_REQUEST, message);
    }

    public static ServiceError malformedXml() {
        return new ServiceError(
                ObjectError.MALFORMED_XML,
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    public static ServiceError preconditionFailed(String condition) {
        var message = "At least one of the pre-conditions you specified did not hold";
        return error(ObjectError.PRECONDITION_FAILED, message, "Condition", condition);
    }

    /** Its reply has no body. */
    public static ServiceError notModified() {
        return new ServiceError(ObjectError.NOT_MODIFIED, "Not Modified");
    }

    /** The same with what its headers have to tell. */
    public static ServiceError notModified(String etag, Instant modified) {
        return new ServiceError(
                ObjectError.NOT_MODIFIED, "Not Modified", Map.of("ETag", etag, "LastModified", modified.toString()));
    }

    public static ServiceError invalidRange(String range, long objectBytes) {
        return new ServiceError(
                ObjectError.INVALID_RANGE,
                "The requested range is not satisfiable",
                Map.of("RangeRequested", range, "ActualObjectSize", "" + objectBytes));
    }

    public static ServiceError invalidPartNumber() {
        return new ServiceError(ObjectError.INVALID_PART_NUMBER, "The requested partnumber is not satisfiable");
    }

    public static ServiceError methodNotAllowed(String method, String resourceType) {
        return new ServiceError(
                ObjectError.METHOD_NOT_ALLOWED,
                "The specified method is not allowed against this resource.",
                Map.of("Method", method, "ResourceType", resourceType));
    }

    /** @param what what is not there, as a sentence for the one who asked for it */
    public static ServiceError notImplemented(String what) {
        var message = "A header you provided implies functionality that is not implemented";
        return error(ObjectError.NOT_IMPLEMENTED, message, "AdditionalMessage", what);
    }

    public static ServiceError headerNotImplemented(String header) {
        var message = "A header you provided implies functionality that is not implemented";
        return error(ObjectError.NOT_IMPLEMENTED, message, "Header", header);
    }

    private static ServiceError error(ErrorCode code, String message, String name, String value) {
        return new ServiceError(code, message, Map.of(name, value));
    }
}
