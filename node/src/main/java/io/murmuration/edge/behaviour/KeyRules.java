package io.murmuration.edge.behaviour;

import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ViewerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The cache key of a request, and the request that its key stands for. */
public final class KeyRules {
    /**
     * Not in the key, but no viewer can change with them what others get: they make an answer a part, a 304 or none at all. For whom a request is, origins
     * are told too, as CloudFront does; an answer that depends on it has to say so.
     */
    private static final List<String> OF_THE_MESSAGE = List.of(
            "Range",
            "If-Match",
            "If-Unmodified-Since",
            "If-None-Match",
            "If-Modified-Since",
            "If-Range",
            "Cache-Control",
            "CDN-Loop",
            "X-Forwarded-For");

    /** Of requests that are never answered from what is kept. */
    private static final List<String> OF_A_BODY =
            List.of("Authorization", "Content-Type", "Content-Length", "Content-Encoding");

    private KeyRules() {}

    /** Only what counts is in the key, so that one stored response answers all requests with it. */
    public static CacheKey key(String distribution, KeyParameters parameters, ViewerRequest request) {
        var encoding = encoding(parameters, request);
        if (parameters.headers().isNone() && parameters.cookies().isNone()) {
            return new CacheKey(distribution, uri(parameters, request), encoding);
        }
        var rest = new StringBuilder();
        for (var name : parameters.headers().names()) {
            part(rest, request.headers().has(name) ? "=" + request.headers().joined(name) : "");
        }
        part(rest, cookies(parameters.cookies()::takes, request.headers()));
        part(rest, encoding);
        return new CacheKey(distribution, uri(parameters, request), rest.toString());
    }

    private static String uri(KeyParameters parameters, ViewerRequest request) {
        if (request.query().isEmpty() || parameters.query().isNone()) {
            return request.path();
        }
        var query = query(parameters.query()::takes, request.query());
        return query.isEmpty() ? request.path() : request.path() + "?" + query;
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
        var key = behaviour.key();
        var more = behaviour.forwarded();
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(OF_THE_MESSAGE);
        names.addAll(key.headers().names());
        if (!retrieves(request)) {
            names.addAll(OF_A_BODY);
        }
        var headers = new ArrayList<Headers.Field>();
        for (var field : request.headers().fields()) {
            var name = field.name().toLowerCase(Locale.ROOT);
            if (!isMadeAnew(key, name)
                    && (names.contains(name) || more.headers().takes(name))) {
                headers.add(field);
            }
        }
        var cookies =
                cookies(name -> key.cookies().takes(name) || more.cookies().takes(name), request.headers());
        if (!cookies.isEmpty()) {
            headers.add(new Headers.Field("Cookie", cookies));
        }
        var encoding = encoding(key, request);
        if (!encoding.isEmpty()) {
            headers.add(new Headers.Field("Accept-Encoding", encoding));
        }
        var query = query(name -> key.query().takes(name) || more.query().takes(name), request.query());
        return new ViewerRequest(request.method(), request.path(), query, new Headers(headers));
    }

    private static boolean isMadeAnew(KeyParameters key, String name) {
        return name.equals("cookie") || (name.equals("accept-encoding") && (key.gzip() || key.brotli()));
    }

    private static boolean retrieves(ViewerRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private static String encoding(KeyParameters parameters, ViewerRequest request) {
        return !parameters.gzip() && !parameters.brotli()
                ? ""
                : AcceptEncoding.normalized(request.headers(), parameters.gzip(), parameters.brotli());
    }

    /** In the order they came: CloudFront too keeps requests apart that differ in it. */
    private static String query(Predicate<String> counts, String query) {
        return query.isEmpty()
                ? query
                : Arrays.stream(query.split("&"))
                        .filter(pair -> !pair.isEmpty() && counts.test(name(pair)))
                        .collect(Collectors.joining("&"));
    }

    private static String cookies(Predicate<String> counts, Headers headers) {
        return headers.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase("Cookie"))
                .flatMap(field -> Arrays.stream(field.value().split(";")))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty() && counts.test(name(pair)))
                .collect(Collectors.joining("; "));
    }

    private static String name(String pair) {
        var equals = pair.indexOf('=');
        return equals < 0 ? pair : pair.substring(0, equals);
    }
}
