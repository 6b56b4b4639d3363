package io.murmuration.object;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes a header {@code Range} asks for. Source: RFC 9110, 14.1.2 and 14.2. Only one range is served at a time, as by S3; a header that asks for
 * more, or cannot be understood, is ignored, which section 14.2 allows.
 */
public final class RangeRules {
    private static final Pattern ONE_RANGE = Pattern.compile("bytes\\s*=\\s*(\\d*)-(\\d*)\\s*");

    /** What is to be sent. */
    public sealed interface Selection {}

    /** The whole object, with 200. */
    public record Whole() implements Selection {}

    /** The bytes {@code [from, to)}, with 206. */
    public record Slice(long from, long to) implements Selection {
        /** Of a reply's header {@code Content-Range}, whose last byte counts. */
        public String contentRange(long size) {
            return "bytes " + from + "-" + (to - 1) + "/" + size;
        }
    }

    /** Nothing, with 416. */
    public record Unsatisfiable() implements Selection {}

    private RangeRules() {}

    /** @param size of the object in bytes */
    static Selection select(@Nullable String range, long size) {
        var match = range == null ? null : ONE_RANGE.matcher(range);
        if (match == null
                || !match.matches()
                || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
            return new Whole();
        }
        return match.group(1).isEmpty() ? last(number(match, 2), size) : between(match, size);
    }

    private static Selection last(long count, long size) {
        return count == 0 || size == 0 ? new Unsatisfiable() : new Slice(Math.max(0, size - count), size);
    }

    private static Selection between(Matcher match, long size) {
        long first = number(match, 1);
        long last = match.group(2).isEmpty() ? Long.MAX_VALUE : number(match, 2);
        if (last < first) {
            return new Whole();
        }
        return first >= size ? new Unsatisfiable() : new Slice(first, last >= size ? size : last + 1);
    }

    /** What is too large for a long is beyond every object. */
    private static long number(Matcher match, int group) {
        try {
            return Long.parseLong(match.group(group));
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
