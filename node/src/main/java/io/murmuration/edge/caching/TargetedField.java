package io.murmuration.edge.caching;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A targeted cache control field (RFC 9213), a dictionary of structured fields (RFC 8941, 3.2): stricter than {@code Cache-Control}, since a field with
 * one error anywhere counts as absent.
 *
 * <p>Inner lists count as an error: no directive has one.
 */
final class TargetedField {
    private static final String KEY = "[a-z*][a-z0-9_\\-.*]*+";
    private static final String ITEM = "(?<integer>-?[0-9]{1,15}+(?!\\.))|-?[0-9]{1,12}\\.[0-9]{1,3}|\\?(?<truth>[01])"
            + "|\"(?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\\\\\"])*+\"|[A-Za-z*][!#$%&'*+\\-.^_`|~0-9A-Za-z:/]*+|:[A-Za-z0-9+/=]*+:";
    private static final String PARAMETERS =
            "(?:; *" + KEY + "(?:=(?:" + ITEM.replaceAll("\\?<[a-z]+>", "?:") + "))?)*+";
    private static final Pattern MEMBER = Pattern.compile("(?<key>" + KEY + ")(?:=(?:" + ITEM + "))?" + PARAMETERS);
    private static final Pattern COMMA = Pattern.compile("[ \t]*,[ \t]*");

    /** Directives whose argument is a number of seconds; all others are true or absent. */
    private static final Set<String> SECONDS =
            Set.of("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error");

    private TargetedField() {}

    /** The directives by name; empty if the field is empty or broken. */
    static Map<String, String> parse(String field) {
        var text = field.strip();
        var directives = new LinkedHashMap<String, String>();
        var member = MEMBER.matcher(text);
        var comma = COMMA.matcher(text);
        int at = 0;
        while (member.region(at, text.length()).lookingAt()) {
            var value = value(member);
            directives.remove(member.group("key"));
            if (value != null) {
                directives.put(member.group("key"), value);
            }
            if (member.end() == text.length()) {
                // A field whose directives are all unknown, wrong or false is still there: it overrides Cache-Control
                // (RFC 9213, 3.1).
                directives.putIfAbsent("", "");
                return directives;
            }
            if (!comma.region(member.end(), text.length()).lookingAt()) {
                return Map.of();
            }
            at = comma.end();
        }
        return Map.of();
    }

    /** Null if the directive is false, or if its argument is of a type it cannot have, which "SHOULD NOT" be consumed (RFC 9213, 2.1). */
    private static @Nullable String value(Matcher member) {
        var integer = member.group("integer");
        if (SECONDS.contains(member.group("key"))) {
            return integer == null || integer.startsWith("-") ? null : integer;
        }
        var bare =
                member.end("key") == member.end() || member.group().charAt(member.end("key") - member.start()) == ';';
        return bare || "1".equals(member.group("truth")) ? "" : null;
    }
}
