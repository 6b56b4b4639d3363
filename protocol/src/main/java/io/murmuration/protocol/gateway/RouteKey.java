package io.murmuration.protocol.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The requests that a route takes: {@code $default}, or a method and a path whose segments are texts, {@code {variables}} and at the end perhaps a
 * {@code {greedy+}} one, which takes one segment or more.
 *
 * @param text as its owner wrote it
 * @param method {@link #ANY} for all methods; empty for the default route
 * @param segments empty for the default route and for {@code /}
 */
public record RouteKey(String text, String method, List<Segment> segments) {
    public static final String DEFAULT = "$default";
    public static final String ANY = "ANY";

    private static final Set<String> METHODS = Set.of(ANY, "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern KEY = Pattern.compile("([A-Z]+) (/\\S*)");
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z0-9._:-]+)(\\+?)}");
    private static final int CHARS_MAX = 512;
    private static final String FORMAT = "The provided route key is not formatted properly for HTTP protocol. "
            + "Format should be \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"";

    public RouteKey {
        segments = List.copyOf(segments);
    }

    /** One part of a path between slashes. */
    public sealed interface Segment {}

    public record Text(String text) implements Segment {}

    public record Variable(String name) implements Segment {}

    public record Greedy(String name) implements Segment {}

    /** @throws io.murmuration.protocol.ServiceException in API Gateway's words if it is none */
    public static RouteKey parse(String text) {
        if (text.equals(DEFAULT)) {
            return new RouteKey(text, "", List.of());
        }
        var parts = KEY.matcher(text);
        if (text.length() > CHARS_MAX
                || !parts.matches()
                || !METHODS.contains(parts.group(1))
                || parts.group(2).contains("//")) {
            throw GatewayErrors.invalid(FORMAT);
        }
        return new RouteKey(text, parts.group(1), segments(parts.group(2)));
    }

    public boolean isDefault() {
        return method.isEmpty();
    }

    /** The path as its owner wrote it; the whole key for the default route. */
    public String path() {
        return isDefault() ? text : text.substring(method.length() + 1);
    }

    /** The same for two keys that take the same requests: names of variables do not matter. */
    public String shape() {
        var shape = new StringBuilder(isDefault() ? DEFAULT : method);
        for (var segment : segments) {
            shape.append('/')
                    .append(
                            switch (segment) {
                                case Text fixed -> fixed.text();
                                case Variable variable -> "{}";
                                case Greedy greedy -> "{+}";
                            });
        }
        return shape.toString();
    }

    private static List<Segment> segments(String path) {
        var segments = new ArrayList<Segment>();
        if (path.equals("/")) {
            return segments;
        }
        var names = new HashSet<String>();
        var parts = path.substring(1).split("/", -1);
        for (int at = 0; at < parts.length; at++) {
            var variable = VARIABLE.matcher(parts[at]);
            if (!variable.matches()) {
                if (parts[at].indexOf('{') >= 0 || parts[at].indexOf('}') >= 0) {
                    throw GatewayErrors.invalid(FORMAT);
                }
                segments.add(new Text(parts[at]));
                continue;
            }
            var name = variable.group(1);
            boolean greedy = !variable.group(2).isEmpty();
            if (greedy && at < parts.length - 1) {
                throw GatewayErrors.invalid("The greedy path variable must be at the end of the resource path.");
            }
            if (!names.add(name)) {
                throw GatewayErrors.invalid("The path variable " + name + " occurs more than once.");
            }
            segments.add(greedy ? new Greedy(name) : new Variable(name));
        }
        return segments;
    }
}
