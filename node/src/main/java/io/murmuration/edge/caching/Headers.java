package io.murmuration.edge.caching;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Header fields in the order they came; names compare without case (RFC 9110, 5.1). How many there may be is bounded by whoever reads them. */
public record Headers(List<Field> fields) {
    /** No field at all. */
    public static final Headers NONE = new Headers(List.of());

    /** A field, two texts, and their like in the HTTP library. */
    private static final int FIELD_BYTES = 128;

    public Headers {
        fields = List.copyOf(fields);
    }

    /** One line. */
    public record Field(String name, String value) {}

    /** Names and values in turn. */
    public static Headers of(String... namesAndValues) {
        var fields = new ArrayList<Field>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(fields);
    }

    /** The first line of that name. */
    public Optional<String> first(String name) {
        for (var field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    public boolean has(String name) {
        for (var field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** All lines of that name, joined by commas in their order (RFC 9110, 5.2); empty if there is none. */
    public String joined(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .collect(Collectors.joining(", "));
    }

    /** The members of a list without quoted strings, in lower case. */
    public List<String> tokens(String name) {
        return Arrays.stream(joined(name).split(","))
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    public Headers without(Collection<String> names) {
        var dropped = caseless(names);
        return new Headers(
                fields.stream().filter(field -> !dropped.contains(field.name())).toList());
    }

    /** Only the fields of these names. */
    public Headers only(Collection<String> names) {
        var kept = caseless(names);
        return new Headers(
                fields.stream().filter(field -> kept.contains(field.name())).toList());
    }

    /** With this value instead of all that had the name. */
    public Headers with(String name, String value) {
        return without(Set.of(name)).and(name, value);
    }

    /** With this as the last member of a list, in one line. */
    public Headers appended(String name, String member) {
        if (!has(name)) {
            return and(name, member);
        }
        var before = joined(name);
        return with(name, before.isEmpty() ? member : before + ", " + member);
    }

    /** With one line more. */
    public Headers and(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Headers(more);
    }

    /** What they take of memory, where they are kept as they came and as they are sent: about {@value #FIELD_BYTES} bytes for each, and its letters twice. */
    public int sizeBytes() {
        return fields.stream()
                .mapToInt(field -> FIELD_BYTES
                        + 2 * (field.name().length() + field.value().getBytes(StandardCharsets.UTF_8).length))
                .sum();
    }

    private static Set<String> caseless(Collection<String> names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(names);
        return set;
    }
}
