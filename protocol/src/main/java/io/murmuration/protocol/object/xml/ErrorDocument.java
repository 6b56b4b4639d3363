package io.murmuration.protocol.object.xml;

import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import java.util.TreeMap;

/** Errors as S3's clients read them. */
public final class ErrorDocument {
    private ErrorDocument() {}

    /** HTTP status of the error: S3 has its own for some. */
    public static int status(ServiceError error) {
        return switch (error.code()) {
            case ACCESS_DENIED, MISSING_AUTHENTICATION_TOKEN, UNRECOGNIZED_CLIENT, INVALID_SIGNATURE -> 403;
            case UNKNOWN_OPERATION -> 501;
            case REQUEST_TIMEOUT -> 400;
            case THROTTLING -> 503;
            default -> error.code().status();
        };
    }

    /** The code as S3 names it. */
    public static String code(ErrorCode code) {
        return switch (code) {
            case VALIDATION, SERIALIZATION -> "InvalidRequest";
            case UNKNOWN_OPERATION -> "NotImplemented";
            case ACCESS_DENIED, MISSING_AUTHENTICATION_TOKEN -> "AccessDenied";
            case INCOMPLETE_SIGNATURE -> "AuthorizationHeaderMalformed";
            case UNRECOGNIZED_CLIENT -> "InvalidAccessKeyId";
            case INVALID_SIGNATURE -> "SignatureDoesNotMatch";
            case REQUEST_TIMEOUT -> "RequestTimeout";
            case THROTTLING -> "SlowDown";
            case OUTCOME_UNKNOWN, INTERNAL -> "InternalError";
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
        return XmlOutput.bareDocument("Error", out -> {
            out.text("Code", code(error.code()));
            out.text("Message", error.message());
            new TreeMap<>(error.details()).forEach(out::text);
            out.text("Resource", resource);
            out.text("RequestId", requestId);
            out.text("HostId", hostId);
        });
    }
}
