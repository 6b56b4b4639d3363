package io.murmuration.protocol.function;

import io.murmuration.protocol.ServiceException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Broken constraints of Lambda's model, which are reported together. */
public final class Violations {
    private final List<String> found = new ArrayList<>();

    public void check() {
        if (!found.isEmpty()) {
            var plural = found.size() == 1 ? "" : "s";
            throw ServiceException.validation(
                    found.size() + " validation error" + plural + " detected: " + String.join("; ", found));
        }
    }

    public void add(@Nullable Object value, String path, String constraint) {
        var shown = value == null ? "null" : "'" + value + "'";
        found.add("Value " + shown + " at '" + path + "' failed to satisfy constraint: " + constraint);
    }

    public void notNull(@Nullable Object value, String path) {
        if (value == null) {
            add(null, path, "Member must not be null");
        }
    }

    public void within(@Nullable Long value, String path, long min, long max) {
        if (value != null && value < min) {
            add(value, path, "Member must have value greater than or equal to " + min);
        }
        if (value != null && value > max) {
            add(value, path, "Member must have value less than or equal to " + max);
        }
    }

    public void lengthAtMost(@Nullable String value, String path, int max) {
        if (value != null && value.length() > max) {
            add(value, path, "Member must have length less than or equal to " + max);
        }
    }

    public void matches(@Nullable String value, String path, String pattern) {
        if (value != null && !value.matches(pattern)) {
            add(value, path, "Member must satisfy regular expression pattern: " + pattern);
        }
    }

    public void oneOf(@Nullable String value, String path, List<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            add(value, path, "Member must satisfy enum value set: " + allowed);
        }
    }
}
