package io.murmuration.protocol.table.json;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.TableError;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Errors as DynamoDB's clients read them. The HTTP status is the error code's. */
public final class DynamoErrors {
    /** The detail that holds the item as JSON, for a failed condition whose client asked for the item. */
    public static final String ITEM = "Item";

    private DynamoErrors() {}

    /** A failed condition. The item is told only if it is given: the client has to ask for it, and there may be none. */
    public static ServiceError conditionFailed(@Nullable Map<String, AttributeValue> item) {
        var details = item == null
                ? Map.<String, String>of()
                : Map.of(
                        ITEM,
                        new String(
                                JsonOutput.bytes(to -> AttributeValueWriter.write(to, item)), StandardCharsets.UTF_8));
        return new ServiceError(TableError.CONDITION_FAILED, "The conditional request failed", details);
    }

    public static ServiceError unknownOperation() {
        return new ServiceError(CommonError.UNKNOWN_OPERATION, "");
    }

    /** The body of the answer. An error without a message has no member for it, as AWS's own. */
    public static byte[] encode(ServiceError error) {
        return JsonOutput.bytes(to -> {
            to.writeStartObject();
            to.writeStringField("__type", type(error.code()));
            if (!error.message().isEmpty()) {
                to.writeStringField(messageMember(error.code()), error.message());
            }
            var item = error.details().get(ITEM);
            if (error.code() == TableError.CONDITION_FAILED && item != null) {
                to.writeFieldName(ITEM);
                to.writeRawValue(item);
            }
            to.writeEndObject();
        });
    }

    /** Older parts of AWS's frame write it large. */
    private static String messageMember(ErrorCode code) {
        return code == CommonError.SERIALIZATION || code == CommonError.ACCESS_DENIED ? "Message" : "message";
    }

    /** The errors of other services have no place here, and so no line of their own. */
    private static String type(ErrorCode code) {
        var namespace =
                switch (code) {
                    case CommonError.VALIDATION -> "com.amazon.coral.validate#";
                    case CommonError.SERIALIZATION,
                            CommonError.UNKNOWN_OPERATION,
                            CommonError.ACCESS_DENIED,
                            CommonError.MISSING_AUTHENTICATION_TOKEN,
                            CommonError.INCOMPLETE_SIGNATURE,
                            CommonError.UNRECOGNIZED_CLIENT,
                            CommonError.INVALID_SIGNATURE,
                            CommonError.REQUEST_TIMEOUT -> "com.amazon.coral.service#";
                    case CommonError.THROTTLING, CommonError.UNAVAILABLE -> "com.amazon.coral.availability#";
                    default -> "com.amazonaws.dynamodb.v20120810#";
                };
        return namespace + code.wireName();
    }
}
