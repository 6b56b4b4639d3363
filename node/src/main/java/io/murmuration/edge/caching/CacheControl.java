package io.murmuration.edge.caching;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Cache directives, of a request or a response (RFC 9111, 5.2).
 *
 * @param directives by name in lower case; the value is empty where there is none. Of a directive that came twice the first counts (4.2.1).
 */
record CacheControl(Map<String, String> directives) {
    /** What a number of seconds that no cache can represent counts as (RFC 9111, 1.2.2). */
    static final long SECONDS_MAX = 2_147_483_648L;

    static final CacheControl NONE = new CacheControl(Map.of());

    private static final Pattern DIRECTIVE =
            Pattern.compile("[\\s,]*([^\\s,=;\"]+)(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*)))?[^,]*");

    CacheControl {
        directives = Map.copyOf(directives);
    }

    /** Of the field {@code Cache-Control}. */
    static CacheControl of(Headers headers) {
        return headers.has("Cache-Control") ? parse(headers.joined("Cache-Control")) : NONE;
    }

    /**
     * What a response tells this cache: {@code CDN-Cache-Control} if it is there and valid, and then {@code Cache-Control} and {@code Expires} count
     * for nothing (RFC 9213, 2.2).
     */
    static CacheControl forEdge(Headers headers) {
        return targeted(headers) ? new CacheControl(target(headers)) : of(headers);
    }

    /** Whether the response has directives for content delivery networks alone. */
    static boolean targeted(Headers headers) {
        return !target(headers).isEmpty();
    }

    private static Map<String, String> target(Headers headers) {
        return headers.has("CDN-Cache-Control") ? TargetedField.parse(headers.joined("CDN-Cache-Control")) : Map.of();
    }

    private static CacheControl parse(String text) {
        var directives = new LinkedHashMap<String, String>();
        var matcher = DIRECTIVE.matcher(text);
        while (matcher.lookingAt()) {
            var quoted = matcher.group(2);
            var token = matcher.group(3);
            var value = quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : token != null ? token : "";
            directives.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
            matcher.region(matcher.end(), text.length());
        }
        return new CacheControl(directives);
    }

    boolean has(String directive) {
        return directives.containsKey(directive);
    }

    /** {@code no-store}, which {@code must-understand} outweighs where a status is understood (RFC 9111, 5.2.2.3). */
    boolean forbidsStoring() {
        return has("no-store") && !has("must-understand");
    }

    /** The directive's seconds in [0, {@link #SECONDS_MAX}]; empty if it is not there. What is no number counts as 0, so as stale (RFC 9111, 4.2.1). */
    OptionalLong seconds(String directive) {
        var text = directives.get(directive);
        return text == null ? OptionalLong.empty() : OptionalLong.of(seconds(text, 0));
    }

    /** The same, or what a broken number counts as. */
    static long seconds(String text, long broken) {
        if (text.isEmpty() || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return broken;
        }
        return text.length() > 10 ? SECONDS_MAX : Math.min(Long.parseLong(text), SECONDS_MAX);
    }
}
