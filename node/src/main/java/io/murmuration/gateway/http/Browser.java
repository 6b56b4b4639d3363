package io.murmuration.gateway.http;

import io.murmuration.protocol.gateway.Cors;
import io.murmuration.protocol.gateway.CorsRules;
import java.util.ArrayList;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a browser is told about a request that a page of another origin sends.
 *
 * @param cors of the API; null if that is left to its integrations
 */
record Browser(@Nullable Cors cors, HttpRequest request) {

    /** Whether it asks before it sends the page's request, and the gateway is to answer that. */
    boolean isPreflight() {
        return cors != null
                && request.method().equals(HttpMethods.OPTIONS)
                && request.getHeader("Access-Control-Request-Method").isPresent()
                && request.getHeader("Origin").isPresent();
    }

    HttpResponse preflight() {
        var response = HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
        return cors == null ? response : with(response, CorsRules.preflight(cors, origin()));
    }

    /** The answer with the headers of the API's configuration in place of the integration's own. */
    HttpResponse told(HttpResponse response) {
        if (cors == null) {
            return response;
        }
        var kept = new ArrayList<HttpHeader>();
        for (HttpHeader header : response.getHeaders()) {
            if (!CorsRules.replaces(header.name())) {
                kept.add(header);
            }
        }
        var origin = origin();
        var told = response.withHeaders(kept);
        return origin.isEmpty() ? told : with(told, CorsRules.answer(cors, origin));
    }

    private String origin() {
        return request.getHeader("Origin").map(HttpHeader::value).orElse("");
    }

    private static HttpResponse with(HttpResponse response, Map<String, String> headers) {
        var added = new ArrayList<HttpHeader>();
        headers.forEach((name, value) -> added.add(RawHeader.create(name, value)));
        return response.addHeaders(added);
    }
}
