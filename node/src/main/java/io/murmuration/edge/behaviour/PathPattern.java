package io.murmuration.edge.behaviour;

import java.util.regex.Pattern;

/**
 * A path pattern as CloudFront has it: {@code *} stands for any number of characters, slashes too, {@code ?} for exactly one; case counts, and the
 * leading slash may be left out. Queries are not looked at.
 */
public record PathPattern(String text) {
    private static final int LENGTH_MAX = 255;
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_\\-.*$/~\"'@:+&?]+");

    /** What everything falls under that no other pattern matches. */
    public static final PathPattern ALL = new PathPattern("*");

    public PathPattern {
        if (text.length() > LENGTH_MAX || !ALLOWED.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "A path pattern has 1 to 255 of the characters A-Z a-z 0-9 _ - . * $ / ~ \" ' @ : + & ?");
        }
    }

    /** Whether the path, from its first slash on, falls under this pattern. */
    public boolean matches(String path) {
        return matches(text.startsWith("/") || text.startsWith("*") ? text : "/" + text, path);
    }

    /** Goes back to the last star only, so that no pattern costs more than its length times the path's. */
    private static boolean matches(String pattern, String path) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int next = 0;
        while (at < path.length()) {
            var wanted = next < pattern.length() ? pattern.charAt(next) : '\0';
            if (wanted == '*') {
                star = next++;
                resume = at;
            } else if (next < pattern.length() && (wanted == '?' || wanted == path.charAt(at))) {
                next++;
                at++;
            } else if (star >= 0) {
                next = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (next < pattern.length() && pattern.charAt(next) == '*') {
            next++;
        }
        return next == pattern.length();
    }
}
