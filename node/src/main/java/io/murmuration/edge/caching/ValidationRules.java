package io.murmuration.edge.caching;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asking whether a stored response still holds, and answering viewers who ask (RFC 9111, 4.3). Times are epoch milliseconds. */
public final class ValidationRules {
    /** Of a viewer's request: they concern what the viewer has, and the cache asks for what it has itself. */
    private static final List<String> CONDITIONS = List.of("If-None-Match", "If-Modified-Since", "If-Range");

    /** They describe the body that the cache keeps, which a 304 does not bring. */
    private static final List<String> OF_THE_BODY = List.of("Content-Length", "Content-Encoding", "Content-Range");

    private static final List<String> NOT_IN_304 = List.of(
            "Content-Length", "Content-Encoding", "Content-Range", "Content-Type", "Content-Language", "Accept-Ranges");

    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?(\"[^\"]*+\")");

    private ValidationRules() {}

    /** The headers that ask the origin about this response (4.3.1); none if it has no validator. */
    static Headers conditions(StoredHead stored) {
        var headers = stored.head().headers();
        var conditions = headers.first("ETag")
                .map(tag -> Headers.NONE.and("If-None-Match", tag))
                .orElse(Headers.NONE);
        return headers.first("Last-Modified")
                .map(date -> conditions.and("If-Modified-Since", date))
                .orElse(conditions);
    }

    /** The viewer's request as the cache makes it its own: for the whole, and under the cache's conditions. */
    public static ViewerRequest asked(ViewerRequest request, Headers conditions) {
        var headers = request.headers().without(CONDITIONS).without(List.of("Range"));
        for (var condition : conditions.fields()) {
            headers = headers.and(condition.name(), condition.value());
        }
        return request.with(headers);
    }

    /**
     * The stored response after the origin said that it still holds (3.2, 4.3.4), or empty if it spoke of another one: then it has to be fetched.
     */
    public static Optional<StoredHead> freshened(
            StoredHead stored, ResponseHead notModified, long requestMillis, long responseMillis) {
        var tag = notModified.headers().first("ETag");
        if (tag.isPresent()
                && !tag.map(ValidationRules::opaque)
                        .equals(stored.head().headers().first("ETag").map(ValidationRules::opaque))) {
            return Optional.empty();
        }
        var update = StoreRules.received(notModified, responseMillis).headers().without(OF_THE_BODY);
        var names = update.fields().stream().map(Headers.Field::name).toList();
        // An age is that of the answer it came with: an old one must not outlive the validation.
        var merged = stored.head().headers().without(names).without(List.of("Age"));
        for (var field : update.fields()) {
            merged = merged.and(field.name(), field.value());
        }
        return Optional.of(
                new StoredHead(stored.head().with(merged), stored.selecting(), requestMillis, responseMillis));
    }

    /** Whether a viewer has the response already (4.3.2): then it gets a 304 instead. Conditions apply to a 200 only (RFC 9110, 13.2.1). */
    public static boolean viewerHasIt(ViewerRequest request, StoredHead stored) {
        if (!CacheRules.isRetrieval(request) || stored.head().status() != 200) {
            return false;
        }
        if (request.headers().has("If-None-Match")) {
            return matches(
                    request.headers().joined("If-None-Match"), stored.head().headers());
        }
        return request.headers()
                .first("If-Modified-Since")
                .map(date -> HttpDates.parse(date, stored.responseMillis()))
                .filter(since -> since.isPresent() && modifiedMillis(stored) <= since.getAsLong())
                .isPresent();
    }

    /** By weak comparison (RFC 9110, 13.1.2). */
    private static boolean matches(String tags, Headers headers) {
        var own = headers.first("ETag").map(ValidationRules::opaque);
        return tags.strip().equals("*")
                || ENTITY_TAG.matcher(tags).results().anyMatch(tag -> own.filter(tag.group(1)::equals)
                        .isPresent());
    }

    private static String opaque(String tag) {
        return tag.strip().startsWith("W/") ? tag.strip().substring(2) : tag.strip();
    }

    private static long modifiedMillis(StoredHead stored) {
        return stored.head()
                .headers()
                .first("Last-Modified")
                .map(date -> HttpDates.parse(date, stored.responseMillis()).orElse(stored.dateMillis()))
                .orElse(stored.dateMillis());
    }

    /** The head of a 304 for this response (RFC 9110, 15.4.5). */
    public static ResponseHead notModified(ResponseHead head) {
        return new ResponseHead(304, head.headers().without(NOT_IN_304));
    }
}
