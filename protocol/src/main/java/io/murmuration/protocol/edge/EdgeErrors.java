package io.murmuration.protocol.edge;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;

/** CloudFront's errors in its own words. */
public final class EdgeErrors {
    private EdgeErrors() {}

    public static ServiceError noSuchDistribution() {
        return new ServiceError(EdgeError.NO_SUCH_DISTRIBUTION, "The specified distribution does not exist.");
    }

    public static ServiceError noSuchInvalidation() {
        return new ServiceError(EdgeError.NO_SUCH_INVALIDATION, "The specified invalidation does not exist.");
    }

    public static ServiceError alreadyExists() {
        return new ServiceError(
                EdgeError.DISTRIBUTION_ALREADY_EXISTS,
                "The caller reference that you are using to create a distribution is associated with another distribution.");
    }

    public static ServiceError notDisabled() {
        return new ServiceError(
                EdgeError.DISTRIBUTION_NOT_DISABLED,
                "The distribution you are trying to delete has not been disabled.");
    }

    public static ServiceError aliasTaken() {
        return new ServiceError(
                EdgeError.CNAME_ALREADY_EXISTS,
                "One or more of the CNAMEs you provided are already associated with a different resource.");
    }

    public static ServiceError batchExists() {
        return new ServiceError(
                EdgeError.INVALIDATION_BATCH_ALREADY_EXISTS,
                "The caller reference is already associated with a different invalidation batch.");
    }

    public static ServiceError batchTooLarge() {
        return new ServiceError(EdgeError.BATCH_TOO_LARGE, "Invalidation batch specified is too large.");
    }

    public static ServiceError tooManyInvalidations() {
        return new ServiceError(
                EdgeError.TOO_MANY_INVALIDATIONS,
                "You have exceeded the maximum number of allowable InProgress invalidation batch requests, or invalidation objects.");
    }

    public static ServiceError tooManyDistributions() {
        return new ServiceError(
                EdgeError.TOO_MANY_DISTRIBUTIONS,
                "Processing your request would cause you to exceed the maximum number of distributions allowed.");
    }

    public static ServiceError noMatch() {
        return new ServiceError(
                EdgeError.INVALID_IF_MATCH_VERSION, "The If-Match version is missing or not valid for the resource.");
    }

    public static ServiceError otherVersion() {
        return new ServiceError(
                EdgeError.PRECONDITION_FAILED,
                "The request failed because it didn't meet the preconditions in one or more request-header fields.");
    }

    public static ServiceError invalidPaths() {
        return new ServiceError(
                EdgeError.INVALID_ARGUMENT, "Your request contains one or more invalid invalidation paths.");
    }

    public static ServiceError illegalUpdate() {
        return new ServiceError(EdgeError.ILLEGAL_UPDATE, "The caller reference of a distribution cannot be changed.");
    }

    public static ServiceError tooLarge() {
        return new ServiceError(EdgeError.INVALID_ARGUMENT, "The distribution's configuration is too large.");
    }

    public static ServiceError malformed() {
        return new ServiceError(EdgeError.MALFORMED_INPUT, "Could not parse the XML document.");
    }

    public static ServiceException refuse(EdgeError code, String message) {
        return new ServiceException(new ServiceError(code, message));
    }

    static ServiceException invalid(String message) {
        return refuse(EdgeError.INVALID_ARGUMENT, message);
    }

    /** What this cloud's CDN does not do. */
    static ServiceException absent(String what) {
        return invalid("The parameter " + what + " is not supported here.");
    }
}
