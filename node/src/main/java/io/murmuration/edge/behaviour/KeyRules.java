package io.murmuration.edge.behaviour;

import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ViewerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The cache key of a request, and the request that its key stands for. */
public final class KeyRules {
    /** Not in the key, but no viewer can change with them what others get: they make an answer a part, a 304 or none at all. */
    private static final List<String> OF_THE_MESSAGE = List.of(
            "Range",
            "If-Match",
            "If-Unmodified-Since",
            "If-None-Match",
            "If-Modified-Since",
            "If-Range",
            "Cache-Control");

    /** Of requests that are never answered from what is kept. */
    private static final List<String> OF_A_BODY =
            List.of("Authorization", "Content-Type", "Content-Length", "Content-Encoding");

    private KeyRules() {}

    /** Only what counts is in the key, so that one stored response answers all requests with it. */
    public static CacheKey key(String distribution, KeyParameters parameters, ViewerRequest request) {
        var kept = keyed(parameters, request);
        var rest = new StringBuilder();
        for (var name : parameters.headers().names()) {
            part(rest, kept.headers().has(name) ? "=" + kept.headers().joined(name) : "");
        }
        part(rest, kept.headers().joined("Cookie"));
        part(rest, encoding(parameters, request));
        return new CacheKey(distribution, kept.uri(), rest.toString());
    }

    /** With its length in front, so that no value can pass for two. */
    private static void part(StringBuilder rest, String text) {
        rest.append(text.length()).append(':').append(text);
    }

    /**
     * The request as its origin sees it: what neither counts nor is forwarded is left out, for the answer must not depend on it. CloudFront too sends
     * on only what the policies name, and of the other headers those that concern the message itself.
     */
    public static ViewerRequest forwarded(Behaviour behaviour, ViewerRequest request) {
        var keyed = keyed(behaviour.key(), request);
        var headers = keyed.headers();
        for (var field : request.headers().fields()) {
            if (!keyed.headers().has(field.name())
                    && behaviour.forwarded().takes(field.name().toLowerCase(Locale.ROOT))) {
                headers = headers.and(field.name(), field.value());
            }
        }
        return keyed.with(headers);
    }

    /** The request without what does not count. */
    static ViewerRequest keyed(KeyParameters parameters, ViewerRequest request) {
        var names = new ArrayList<>(OF_THE_MESSAGE);
        names.addAll(parameters.headers().names());
        if (!retrieves(request)) {
            names.addAll(OF_A_BODY);
        }
        var headers = request.headers().only(names);
        var cookies = cookies(parameters.cookies(), request.headers());
        if (!cookies.isEmpty()) {
            headers = headers.and("Cookie", cookies);
        }
        var encoding = encoding(parameters, request);
        if (!encoding.isEmpty()) {
            headers = headers.with("Accept-Encoding", encoding);
        }
        return new ViewerRequest(request.method(), request.path(), query(parameters.query(), request.query()), headers);
    }

    private static boolean retrieves(ViewerRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private static String encoding(KeyParameters parameters, ViewerRequest request) {
        return AcceptEncoding.normalized(request.headers(), parameters.gzip(), parameters.brotli());
    }

    /** In the order they came: CloudFront too keeps requests apart that differ in it. */
    private static String query(Selection selection, String query) {
        return query.isEmpty() || selection.kind() == Selection.Kind.ALL
                ? query
                : Arrays.stream(query.split("&"))
                        .filter(pair -> !pair.isEmpty() && selection.takes(name(pair)))
                        .collect(Collectors.joining("&"));
    }

    private static String cookies(Selection selection, Headers headers) {
        return headers.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase("Cookie"))
                .flatMap(field -> Arrays.stream(field.value().split(";")))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty() && selection.takes(name(pair)))
                .collect(Collectors.joining("; "));
    }

    private static String name(String pair) {
        var equals = pair.indexOf('=');
        return equals < 0 ? pair : pair.substring(0, equals);
    }
}
