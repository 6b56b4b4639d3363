package io.murmuration.protocol.gateway;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;

/** Errors of API Gateway's REST interface, in its own words where they are known. */
public final class GatewayErrors {
    /** The header that names the error. */
    public static final String TYPE_HEADER = "x-amzn-ErrorType";

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private GatewayErrors() {}

    public static ServiceException noApi(String account, String id) {
        return notFound("Invalid API identifier specified " + account + ":" + id);
    }

    /** @param what such as {@code Route} or {@code Stage} */
    public static ServiceException none(String what, String id) {
        return notFound("Invalid " + what + " identifier specified " + id);
    }

    private static ServiceException notFound(String message) {
        return new ServiceException(new ServiceError(GatewayError.NOT_FOUND, message));
    }

    public static ServiceException invalid(String message) {
        return new ServiceException(new ServiceError(GatewayError.BAD_REQUEST, message));
    }

    /** A member of a request that would have no effect here. */
    public static ServiceException unsupported(String member) {
        return invalid("The parameter " + member + " is not supported here yet; nothing was changed.");
    }

    public static ServiceException conflict(String message) {
        return new ServiceException(new ServiceError(GatewayError.CONFLICT, message));
    }

    /** Others have changed the same API again and again meanwhile; nothing was done. */
    public static ServiceError tooManyChanges() {
        return new ServiceError(
                GatewayError.TOO_MANY_REQUESTS,
                "The API is being changed by other requests. Nothing was done; it is safe to retry.");
    }

    /** HTTP status: where it is not the code's own, API Gateway differs from DynamoDB. */
    static int status(ServiceError error) {
        return switch (error.code()) {
            case CommonError.ACCESS_DENIED,
                    CommonError.MISSING_AUTHENTICATION_TOKEN,
                    CommonError.INCOMPLETE_SIGNATURE,
                    CommonError.UNRECOGNIZED_CLIENT,
                    CommonError.INVALID_SIGNATURE -> FORBIDDEN;
            case CommonError.UNKNOWN_OPERATION -> NOT_FOUND;
            case CommonError.THROTTLING -> TOO_MANY;
            default -> error.code().status();
        };
    }

    /** The error's name, in the header {@link #TYPE_HEADER}. */
    static String type(ServiceError error) {
        return error.code() == CommonError.THROTTLING
                ? GatewayError.TOO_MANY_REQUESTS.wireName()
                : error.code().wireName();
    }
}
