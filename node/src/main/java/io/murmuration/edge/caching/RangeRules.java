package io.murmuration.edge.caching;

import java.util.regex.Pattern;

/** Which part of a stored response a request wants (RFC 9110, 14). */
public final class RangeRules {
    private static final Pattern SINGLE = Pattern.compile("bytes\\s*=\\s*([0-9]{0,18})-([0-9]{0,18})");

    private RangeRules() {}

    /** What of it. */
    public sealed interface Part {
        /** All: it asks for no part, or for one that this cache does not cut. */
        record Whole() implements Part {}

        /** Bytes {@code [from, to)}. */
        record Slice(long from, long to) implements Part {}

        /** Nothing that there is. */
        record Unsatisfiable() implements Part {}
    }

    /** Of a request that the stored response answers. Several ranges at once are answered by the whole, as a server may (14.2). */
    public static Part part(ViewerRequest request, StoredHead stored, long length) {
        var range = request.headers().first("Range");
        if (range.isEmpty()
                || !request.method().equals("GET")
                || stored.head().status() != 200
                || !sameAsBefore(request, stored)) {
            return new Part.Whole();
        }
        var matcher = SINGLE.matcher(range.get().strip());
        if (!matcher.matches()) {
            return new Part.Whole();
        }
        var first = matcher.group(1);
        var last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? new Part.Whole() : suffix(Long.parseLong(last), length);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? length : Math.min(length, Long.parseLong(last) + 1);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return new Part.Whole();
        }
        return from >= length ? new Part.Unsatisfiable() : new Part.Slice(from, to);
    }

    private static Part suffix(long bytes, long length) {
        return bytes == 0 || length == 0
                ? new Part.Unsatisfiable()
                : new Part.Slice(Math.max(0, length - bytes), length);
    }

    /** {@code If-Range} compares strongly (13.1.5): otherwise the whole is sent. */
    private static boolean sameAsBefore(ViewerRequest request, StoredHead stored) {
        var had = request.headers().first("If-Range");
        if (had.isEmpty()) {
            return true;
        }
        var headers = stored.head().headers();
        return had.get().startsWith("\"")
                ? headers.first("ETag").equals(had)
                : !had.get().startsWith("W/") && headers.first("Last-Modified").equals(had);
    }

    /** The head of a 206, or of a 416. */
    public static ResponseHead head(ResponseHead whole, Part part, long length) {
        return switch (part) {
            case Part.Whole all -> whole;
            case Part.Slice slice ->
                new ResponseHead(
                        206,
                        whole.headers()
                                .with("Content-Length", Long.toString(slice.to() - slice.from()))
                                .with(
                                        "Content-Range",
                                        "bytes " + slice.from() + "-" + (slice.to() - 1) + "/" + length));
            case Part.Unsatisfiable none ->
                new ResponseHead(
                        416, whole.headers().with("Content-Length", "0").with("Content-Range", "bytes */" + length));
        };
    }
}
