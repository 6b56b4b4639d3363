package io.murmuration.edge.caching;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which of several responses under one key a request means (RFC 9111, 4.1). */
public final class VaryRules {
    private VaryRules() {}

    /** The names in {@code Vary}, sorted, in lower case. */
    public static List<String> names(ResponseHead head) {
        return List.copyOf(new TreeSet<>(head.headers().tokens("Vary")));
    }

    /** "A stored response with a Vary header field value containing a member '*' always fails to match." */
    static boolean variesByMore(ResponseHead head) {
        return names(head).contains("*");
    }

    /** The request's headers that the response was chosen by. */
    public static Headers selecting(ViewerRequest request, ResponseHead head) {
        return request.headers().only(names(head));
    }

    /** The values of these headers as one text, the same for requests that match: white space between members does not count. */
    public static String variant(List<String> names, Headers headers) {
        return names.stream()
                .map(name -> name + ":" + (headers.has(name) ? "=" + normalized(headers.joined(name)) : ""))
                .collect(Collectors.joining("\n"));
    }

    private static String normalized(String value) {
        return value.strip().replaceAll("[ \t]*,[ \t]*", ",");
    }

    /** Whether the response was chosen by headers that the request has too. */
    public static boolean matches(ViewerRequest request, StoredHead stored) {
        var names = names(stored.head());
        return !names.contains("*") && variant(names, request.headers()).equals(variant(names, stored.selecting()));
    }

    /** The most recent by its date that matches. */
    public static <T extends Stored> Optional<T> select(ViewerRequest request, List<T> responses) {
        return responses.stream()
                .filter(response -> matches(request, response.stored()))
                .max(Comparator.comparingLong(response -> response.stored().dateMillis()));
    }

    /** Something that has a stored head. */
    public interface Stored {
        StoredHead stored();
    }

    /** Whether two responses answer the same requests, so that the newer takes the older's place. */
    public static boolean sameVariant(StoredHead one, StoredHead other) {
        var names = names(one.head());
        return names.equals(names(other.head()))
                && variant(names, one.selecting()).equals(variant(names, other.selecting()));
    }
}
