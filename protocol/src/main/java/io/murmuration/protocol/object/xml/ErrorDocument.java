package io.murmuration.protocol.object.xml;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import java.util.TreeMap;

/** Errors as S3's clients read them. */
public final class ErrorDocument {
    private ErrorDocument() {}

    /** HTTP status of the error: S3 has its own for some. */
    public static int status(ServiceError error) {
        return switch (error.code()) {
            case CommonError.ACCESS_DENIED,
                    CommonError.MISSING_AUTHENTICATION_TOKEN,
                    CommonError.UNRECOGNIZED_CLIENT,
                    CommonError.INVALID_SIGNATURE -> 403;
            case CommonError.UNKNOWN_OPERATION -> 501;
            case CommonError.REQUEST_TIMEOUT -> 400;
            case CommonError.THROTTLING -> 503;
            default -> error.code().status();
        };
    }

    /** The code as S3 names it. */
    public static String code(ErrorCode code) {
        return switch (code) {
            case CommonError.VALIDATION, CommonError.SERIALIZATION -> "InvalidRequest";
            case CommonError.UNKNOWN_OPERATION -> "NotImplemented";
            case CommonError.ACCESS_DENIED, CommonError.MISSING_AUTHENTICATION_TOKEN -> "AccessDenied";
            case CommonError.INCOMPLETE_SIGNATURE -> "AuthorizationHeaderMalformed";
            case CommonError.UNRECOGNIZED_CLIENT -> "InvalidAccessKeyId";
            case CommonError.INVALID_SIGNATURE -> "SignatureDoesNotMatch";
            case CommonError.REQUEST_TIMEOUT -> "RequestTimeout";
            case CommonError.THROTTLING -> "SlowDown";
            case CommonError.OUTCOME_UNKNOWN, CommonError.INTERNAL -> "InternalError";
            default -> code.wireName();
        };
    }

    /**
     * The body of the answer. The answer to HEAD, and a 304, have none.
     *
     * @param resource the path that was asked for, as sent
     * @param hostId which node answered
     */
    public static byte[] encode(ServiceError error, String resource, String requestId, String hostId) {
        return ObjectXml.bareDocument("Error", out -> {
            out.text("Code", code(error.code()));
            out.text("Message", error.message());
            new TreeMap<>(error.details()).forEach(out::text);
            out.text("Resource", resource);
            out.text("RequestId", requestId);
            out.text("HostId", hostId);
        });
    }
}
