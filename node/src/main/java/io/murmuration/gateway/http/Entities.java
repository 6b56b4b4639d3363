package io.murmuration.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Bodies, types and headers that pass through. */
final class Entities {
    /** They belong to one connection, or are written by the HTTP library itself. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection",
            "content-length",
            "content-type",
            "date",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "server",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Entities() {}

    static boolean isPassedOn(String lowerCaseName) {
        return !NOT_PASSED_ON.contains(lowerCaseName);
    }

    static void add(List<HttpHeader> headers, String name, String value) {
        if (isPassedOn(name.toLowerCase(Locale.ROOT))) {
            headers.add(RawHeader.create(name, value));
        }
    }

    /** Empty if there is none. */
    static String contentType(HttpEntity entity) {
        var type = entity.getContentType();
        return type.equals(ContentTypes.NO_CONTENT_TYPE) ? "" : type.toString();
    }

    /** @param contentType empty for none; one that is none is sent as the type of any bytes */
    static HttpEntity.Strict of(String contentType, byte[] body) {
        if (body.length == 0 && contentType.isEmpty()) {
            return HttpEntities.EMPTY;
        }
        return HttpEntities.create(type(contentType), body);
    }

    private static ContentType type(String contentType) {
        if (contentType.equals("application/json")) {
            return ContentTypes.APPLICATION_JSON;
        }
        try {
            return ContentTypes.parse(contentType);
        } catch (RuntimeException none) {
            return ContentTypes.APPLICATION_OCTET_STREAM;
        }
    }

    /** A status that the HTTP library does not know is sent with a reason of its own. */
    static StatusCode status(int code) {
        return StatusCodes.lookup(code).orElseGet(() -> StatusCodes.custom(code, "Custom", "", true, true));
    }
}
