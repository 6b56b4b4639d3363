package io.murmuration.object.http;

import io.murmuration.protocol.object.RequestHead;
import java.util.TreeMap;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** An HTTP request's head as the protocol reads it. */
final class RequestHeads {
    private static final String TARGET = "Raw-Request-URI";

    private RequestHeads() {}

    static RequestHead of(HttpRequest request) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var header : request.getHeaders()) {
            headers.merge(header.name(), header.value(), (first, next) -> first + "," + next);
        }
        headers.remove(TARGET);
        var entity = request.entity();
        entity.getContentLengthOption().ifPresent(length -> headers.put("Content-Length", Long.toString(length)));
        // one that was not named is indistinguishable here from the HTTP library's own default
        headers.put("Content-Type", entity.getContentType().toString());
        var target = target(request);
        int query = target.indexOf('?');
        return new RequestHead(
                request.method().value(),
                host(request),
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                headers);
    }

    static String host(HttpRequest request) {
        return request.getHeader("Host").map(header -> header.value()).orElse("");
    }

    /** Path and query as sent. */
    private static String target(HttpRequest request) {
        var raw = request.getHeader(TARGET).map(header -> header.value()).orElse("");
        if (raw.startsWith("/")) {
            return raw;
        }
        var uri = request.getUri();
        return uri.path() + uri.rawQueryString().map(text -> "?" + text).orElse("");
    }
}
