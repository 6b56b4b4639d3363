package io.murmuration.protocol.function;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import java.util.Map;

/** Errors of Lambda's REST interface, in its own words. */
public final class FunctionErrors {
    /** The header that names the error. */
    public static final String TYPE_HEADER = "x-amzn-ErrorType";

    /** The largest payload of an invocation that waits for its answer. */
    public static final int REQUEST_BYTES_MAX = 6_291_456;

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final String REASON = "Reason";

    private FunctionErrors() {}

    public static ServiceError invalid(String message) {
        return new ServiceError(FunctionError.INVALID_PARAMETER_VALUE, message);
    }

    public static ServiceError notUnzipped() {
        return invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
    }

    public static ServiceError unzippedTooLarge(long bytesMax) {
        return invalid("Unzipped size must be smaller than " + bytesMax + " bytes");
    }

    /** The request's body, or a header that belongs to it, cannot be read. */
    public static ServiceError invalidContent(String message) {
        return new ServiceError(FunctionError.INVALID_REQUEST_CONTENT, message);
    }

    public static ServiceError notFound(String arn) {
        return new ServiceError(FunctionError.NOT_FOUND, "Function not found: " + arn);
    }

    public static ServiceError exists(String name) {
        return new ServiceError(FunctionError.RESOURCE_CONFLICT, "Function already exist: " + name);
    }

    /** Others changed it again and again meanwhile; nothing was done. */
    public static ServiceError beingChanged(String arn) {
        return new ServiceError(
                FunctionError.RESOURCE_CONFLICT,
                "The operation cannot be performed at this time. An update is in progress for resource: " + arn);
    }

    /** There is no room for more functions. */
    public static ServiceError storageFull() {
        return new ServiceError(FunctionError.CODE_STORAGE_EXCEEDED, "Code storage limit exceeded.");
    }

    public static ServiceError otherRevision() {
        return new ServiceError(
                FunctionError.REVISION_MISMATCH,
                "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id");
    }

    /** A request's body is larger than allowed. */
    public static ServiceError bodyTooLarge(int bytesMax) {
        return new ServiceError(FunctionError.REQUEST_TOO_LARGE, "Request must be smaller than " + bytesMax + " bytes");
    }

    /** An invocation's payload is larger than allowed. */
    public static ServiceError requestTooLarge() {
        return new ServiceError(
                FunctionError.REQUEST_TOO_LARGE,
                "Request must be smaller than " + REQUEST_BYTES_MAX + " bytes for the InvokeFunction operation");
    }

    /** The function has as many invocations as it may. */
    public static ServiceError throttled() {
        return new ServiceError(
                FunctionError.TOO_MANY_REQUESTS, "Rate Exceeded.", Map.of(REASON, "ConcurrentInvocationLimitExceeded"));
    }

    /** An event's payload is larger than allowed. */
    public static ServiceError eventTooLarge(int bytes, int bytesMax) {
        return new ServiceError(
                FunctionError.REQUEST_TOO_LARGE,
                bytes + " byte payload is too large for the Event invocation type (limit " + bytesMax + " bytes)");
    }

    /** So many events are queued, for the function or in all, that no more are taken. */
    public static ServiceError queueFull(boolean ofFunction) {
        return new ServiceError(
                FunctionError.TOO_MANY_REQUESTS,
                "Rate Exceeded.",
                Map.of(REASON, ofFunction ? "FunctionInvocationRateLimitExceeded" : "CallerRateLimitExceeded"));
    }

    /** So many requests of the control plane are not taken at once. */
    public static ServiceError rateExceeded() {
        return new ServiceError(
                FunctionError.TOO_MANY_REQUESTS, "Rate exceeded", Map.of(REASON, "CallerRateLimitExceeded"));
    }

    /** HTTP status: where it is not the code's own, Lambda differs from DynamoDB. */
    static int status(ServiceError error) {
        return switch (error.code()) {
            case CommonError.ACCESS_DENIED,
                    CommonError.MISSING_AUTHENTICATION_TOKEN,
                    CommonError.INCOMPLETE_SIGNATURE,
                    CommonError.UNRECOGNIZED_CLIENT,
                    CommonError.INVALID_SIGNATURE -> FORBIDDEN;
            case CommonError.UNKNOWN_OPERATION -> NOT_FOUND;
            default -> error.code().status();
        };
    }

    /** The error's name, in the header {@link #TYPE_HEADER}. */
    static String type(ServiceError error) {
        return switch (error.code()) {
            case CommonError.INTERNAL, CommonError.OUTCOME_UNKNOWN -> "ServiceException";
            default -> error.code().wireName();
        };
    }

    /** The body of the answer. */
    public static byte[] encode(ServiceError error) {
        return JsonText.bytes(to -> {
            switch (error.code()) {
                case CommonError.VALIDATION, CommonError.ACCESS_DENIED, CommonError.UNKNOWN_OPERATION ->
                    to.writeStringField("message", error.message());
                case FunctionError.TOO_MANY_REQUESTS -> {
                    var reason = error.details().get(REASON);
                    if (reason != null) {
                        to.writeStringField(REASON, reason);
                    }
                    to.writeStringField("Type", "User");
                    to.writeStringField("message", error.message());
                }
                case FunctionError.REQUEST_TOO_LARGE,
                        FunctionError.INVALID_REQUEST_CONTENT,
                        FunctionError.INVALID_PARAMETER_VALUE,
                        FunctionError.RESOURCE_CONFLICT,
                        FunctionError.CODE_STORAGE_EXCEEDED,
                        FunctionError.REVISION_MISMATCH -> {
                    to.writeStringField("Type", "User");
                    to.writeStringField("message", error.message());
                }
                default -> {
                    to.writeStringField("Type", error.code().status() < 500 ? "User" : "Server");
                    to.writeStringField("Message", error.message());
                }
            }
        });
    }
}
