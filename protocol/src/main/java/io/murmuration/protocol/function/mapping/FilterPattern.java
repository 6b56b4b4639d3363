package io.murmuration.protocol.function.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter in the language of EventBridge, as Lambda's event source mappings use it: an object of the same shape as the record, with a list of allowed
 * values or comparisons at each leaf. All of its fields must match; of a leaf's list one. A value that is a list matches if one of its elements does.
 * {@code $or} is a list of such objects, of which one must match.
 */
public final class FilterPattern {
    private static final String OR = "$or";

    private final List<Condition> conditions;

    private FilterPattern(List<Condition> conditions) {
        this.conditions = conditions;
    }

    private interface Condition {
        boolean holds(Map<?, ?> object);
    }

    /** @throws IllegalArgumentException if it is none; it says why */
    public static FilterPattern parse(String json) {
        if (JsonValues.parse(json.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> pattern) {
            return of(pattern);
        }
        throw new IllegalArgumentException("a pattern is an object");
    }

    /**
     * @param json of one record
     * @throws IllegalArgumentException if it is no JSON
     */
    public static boolean matchesAny(List<FilterPattern> patterns, byte[] json) {
        return patterns.isEmpty()
                || (JsonValues.parse(json) instanceof Map<?, ?> record
                        && patterns.stream().anyMatch(pattern -> pattern.matches(record)));
    }

    private boolean matches(Map<?, ?> object) {
        return conditions.stream().allMatch(condition -> condition.holds(object));
    }

    private static FilterPattern of(Map<?, ?> pattern) {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("an empty object matches nothing in particular");
        }
        var conditions = new ArrayList<Condition>();
        pattern.forEach((name, value) -> conditions.add(condition(String.valueOf(name), value)));
        return new FilterPattern(conditions);
    }

    private static Condition condition(String name, @Nullable Object value) {
        if (name.equals(OR)) {
            return either(value);
        }
        if (value instanceof Map<?, ?> object) {
            var nested = of(object);
            return record -> matches(nested, record.get(name));
        }
        if (value instanceof List<?> allowed && !allowed.isEmpty()) {
            var comparisons = allowed.stream().map(FilterComparison::of).toList();
            return record -> comparisons.stream()
                    .anyMatch(comparison -> comparison.holds(record.containsKey(name), record.get(name)));
        }
        throw new IllegalArgumentException("a leaf is a list of what is allowed: " + name);
    }

    private static boolean matches(FilterPattern nested, @Nullable Object value) {
        if (value instanceof List<?> elements) {
            return elements.stream().anyMatch(element -> matches(nested, element));
        }
        // what is absent may be what is wanted
        return nested.matches(value instanceof Map<?, ?> object ? object : Map.of());
    }

    private static Condition either(@Nullable Object value) {
        if (!(value instanceof List<?> list) || list.size() < 2) {
            throw new IllegalArgumentException(OR + " is a list of at least two objects");
        }
        var alternatives = new ArrayList<FilterPattern>();
        for (var each : list) {
            if (!(each instanceof Map<?, ?> object)) {
                throw new IllegalArgumentException(OR + " is a list of objects");
            }
            alternatives.add(of(object));
        }
        return record -> alternatives.stream().anyMatch(alternative -> alternative.matches(record));
    }
}
