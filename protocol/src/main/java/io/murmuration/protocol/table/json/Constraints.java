package io.murmuration.protocol.table.json;

import io.murmuration.protocol.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of DynamoDB's model, all of which are reported together, ten at most. A value that is absent fulfils every constraint but
 * {@link #notNull}.
 */
final class Constraints {
    static final String NAME_PATTERN = "[a-zA-Z0-9_.-]+";
    static final int NAME_CHARS_MIN = 3;
    static final int NAME_CHARS_MAX = 255;

    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);
    private static final int VIOLATIONS_MAX = 10;

    private final List<String> violations = new ArrayList<>();

    /** Throws what was found, if anything. */
    void check() {
        if (!violations.isEmpty()) {
            var plural = violations.size() == 1 ? "" : "s";
            throw ServiceException.validation(
                    violations.size() + " validation error" + plural + " detected: " + String.join("; ", violations));
        }
    }

    void notNull(String path, @Nullable Object value) {
        if (value == null) {
            violate("null", path, "Member must not be null");
        }
    }

    /** @param allowed in DynamoDB's own order, which is in the message */
    void oneOf(String path, @Nullable String value, String... allowed) {
        if (value != null && !List.of(allowed).contains(value)) {
            violate(quoted(value), path, "Member must satisfy enum value set: " + List.of(allowed));
        }
    }

    void atLeast(String path, @Nullable Long value, long min) {
        if (value != null && value < min) {
            violate(quoted(value), path, "Member must have value greater than or equal to " + min);
        }
    }

    void atMost(String path, @Nullable Long value, long max) {
        if (value != null && value > max) {
            violate(quoted(value), path, "Member must have value less than or equal to " + max);
        }
    }

    void lengthAtLeast(String path, @Nullable Object value, int length, int min) {
        if (value != null && length < min) {
            violate(quoted(value), path, "Member must have length greater than or equal to " + min);
        }
    }

    void lengthAtMost(String path, @Nullable Object value, int length, int max) {
        if (value != null && length > max) {
            violate(quoted(value), path, "Member must have length less than or equal to " + max);
        }
    }

    void length(String path, @Nullable String value, int min, int max) {
        lengthAtLeast(path, value, lengthOf(value), min);
        lengthAtMost(path, value, lengthOf(value), max);
    }

    /** The name of a table or index. An empty one is reported alone: DynamoDB looks no further. */
    void name(String path, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (value.isEmpty()) {
            violations.clear();
            lengthAtLeast(path, value, 0, 1);
            check();
        }
        if (!NAME.matcher(value).matches()) {
            violate(quoted(value), path, "Member must satisfy regular expression pattern: " + NAME_PATTERN);
        }
        length(path, value, NAME_CHARS_MIN, NAME_CHARS_MAX);
    }

    /** The names of tables that are the keys of the map at {@code path}. */
    void names(String path, Set<String> names, Object map) {
        if (names.stream().anyMatch(name -> !isName(name))) {
            violate(
                    quoted(map),
                    path,
                    "Map keys must satisfy constraint: [Member must have length less than or equal to " + NAME_CHARS_MAX
                            + ", Member must have length greater than or equal to " + NAME_CHARS_MIN
                            + ", Member must satisfy regular expression pattern: " + NAME_PATTERN + "]");
        }
    }

    static boolean isName(String name) {
        return name.length() >= NAME_CHARS_MIN
                && name.length() <= NAME_CHARS_MAX
                && NAME.matcher(name).matches();
    }

    /** For the newer checks, which leave the value out. */
    void violateWithoutValue(String path, String constraint) {
        add("Value at '" + path + "' failed to satisfy constraint: " + constraint);
    }

    void violate(String value, String path, String constraint) {
        add("Value " + value + " at '" + path + "' failed to satisfy constraint: " + constraint);
    }

    private void add(String violation) {
        if (violations.size() < VIOLATIONS_MAX) {
            violations.add(violation);
        }
    }

    static String quoted(Object value) {
        return "'" + value + "'";
    }

    private static int lengthOf(@Nullable String value) {
        return value == null ? 0 : value.length();
    }
}
