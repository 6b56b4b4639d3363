package io.murmuration.protocol.object.operation;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectAddress;
import io.murmuration.protocol.object.ObjectErrors;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a query. What is refused is refused as {@code InvalidArgument}. */
record Parameters(ObjectAddress address) {
    /** Empty if it is not there. */
    String text(String name) {
        var value = address.parameter(name);
        return value == null ? "" : value;
    }

    /** A count of what a page may hold: the most if it is not there or larger. */
    int pageSize(String name, int least, int most) {
        var value = address.parameter(name);
        if (value == null || value.isEmpty()) {
            return most;
        }
        int number = integer(value, "Provided " + name + " not an integer or within integer range", name);
        if (number < least) {
            throw invalid("Argument " + name + " must be an integer between " + least + " and 2147483647", name, value);
        }
        return Math.min(number, most);
    }

    /** A number in {@code [0, 2147483647]}; 0 if it is not there. */
    int marker(String name) {
        var value = text(name);
        if (value.isEmpty()) {
            return 0;
        }
        var message = "Provided " + name + " not an integer or within integer range";
        int number = integer(value, message, name);
        if (number < 0) {
            throw invalid(message, name, value);
        }
        return number;
    }

    /** The part's number; null if there is none. */
    @Nullable
    Integer partNumber() {
        var value = address.parameter("partNumber");
        if (value == null) {
            return null;
        }
        var message = "Part number must be an integer between 1 and 10000, inclusive";
        int number = integer(value, message, "partNumber");
        if (number < 1 || number > ObjectRequest.UploadPart.PART_NUMBER_MAX) {
            throw invalid(message, "partNumber", value);
        }
        return number;
    }

    /** A token of an earlier page; null if there is none. */
    @Nullable
    String token() {
        var token = address.parameter("continuation-token");
        if (token != null && token.isEmpty()) {
            throw invalid("The continuation token provided is incorrect", "continuation-token", token);
        }
        return token;
    }

    boolean urlEncoded() {
        var encoding = address.parameter("encoding-type");
        if (encoding != null && !encoding.equals("url")) {
            throw invalid("Invalid Encoding Method specified in Request", "encoding-type", encoding);
        }
        return encoding != null;
    }

    /** Only the version of an object that never had another has a name here. */
    void checkVersion() {
        var version = address.parameter("versionId");
        if (version != null && !version.equals("null")) {
            throw invalid("Invalid version id specified", "versionId", version);
        }
    }

    private static int integer(String value, String message, String name) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw invalid(message, name, value);
        }
    }

    private static ServiceException invalid(String message, String name, String value) {
        return new ServiceException(ObjectErrors.invalidArgument(message, name, value));
    }
}
