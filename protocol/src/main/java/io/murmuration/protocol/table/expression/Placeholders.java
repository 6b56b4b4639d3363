package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.ItemSize;
import io.murmuration.protocol.table.Utf8;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names and values of one request ({@code ExpressionAttributeNames}, {@code ExpressionAttributeValues}), and which of them its expressions
 * have used so far. Of one thread.
 */
public final class Placeholders {
    private static final String NAMES = "ExpressionAttributeNames";
    private static final String VALUES = "ExpressionAttributeValues";
    private static final int KEY_BYTES_MAX = 255;
    /** "The maximum length of all substitution variables in an expression is 2 MB" (developer guide, "Constraints"). */
    private static final long BYTES_MAX = 2L * 1024 * 1024;

    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Set<String> used = new HashSet<>();

    private Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
        this.names = names;
        this.values = values;
    }

    /** Without names and values. */
    public static Placeholders none() {
        return new Placeholders(Map.of(), Map.of());
    }

    /**
     * Refuses empty maps, keys that are no placeholders, and more than 2 MB of names and values together. The maps are kept, not copied; their order is that of messages.
     *
     * @param names from {@code #placeholder} to attribute name; null if the request has none
     * @param values from {@code :placeholder} to value; null if the request has none
     */
    public static Placeholders of(@Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
        requireKeys(NAMES, '#', names);
        requireKeys(VALUES, ':', values);
        var placeholders = new Placeholders(names == null ? Map.of() : names, values == null ? Map.of() : values);
        placeholders.requireSize();
        return placeholders;
    }

    private void requireSize() {
        long bytes = ItemSize.of(values);
        for (var name : names.entrySet()) {
            bytes += Utf8.length(name.getKey()) + Utf8.length(name.getValue());
        }
        if (bytes > BYTES_MAX) {
            throw ServiceException.validation(
                    NAMES + " and " + VALUES + " have exceeded the maximum allowed size of 2 MB; size: " + bytes);
        }
    }

    private static void requireKeys(String parameter, char sign, @Nullable Map<String, ?> map) {
        if (map == null) {
            return;
        }
        if (map.isEmpty()) {
            throw ServiceException.validation(parameter + " must not be empty");
        }
        for (var key : map.keySet()) {
            requireKey(parameter, sign, key);
        }
    }

    private static void requireKey(String parameter, char sign, String key) {
        int bytes = Utf8.length(key);
        if (bytes > KEY_BYTES_MAX) {
            throw ServiceException.validation(parameter
                    + " contains invalid key: The expression attribute map contains a key that is too long; size of key: "
                    + bytes);
        }
        boolean valid = key.length() > 1 && key.charAt(0) == sign;
        for (int i = 1; i < key.length(); i++) {
            valid = valid && Lexer.isNamePart(key.charAt(i));
        }
        if (!valid) {
            throw ServiceException.validation(parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
        }
    }

    /**
     * Refuses names or values in a request that has no expression to use them. To be called before the maps' contents are looked at.
     *
     * @param expressions the parameters that could use values, in DynamoDB's order; empty if the operation takes no values
     */
    public static void refuseWithoutExpressions(boolean hasNames, boolean hasValues, List<String> expressions) {
        if (hasNames) {
            throw ServiceException.validation(NAMES + " can only be specified when using expressions");
        }
        if (hasValues) {
            throw ServiceException.validation(VALUES + " can only be specified when using expressions: "
                    + String.join(" and ", expressions) + (expressions.size() == 1 ? " is null" : " are null"));
        }
    }

    /** Refuses names, then values, that no expression compiled with these placeholders has used. */
    public void requireAllUsed() {
        requireUsed(NAMES, names.keySet());
        requireUsed(VALUES, values.keySet());
    }

    private void requireUsed(String parameter, Collection<String> keys) {
        if (used.containsAll(keys)) {
            return;
        }
        var unused = keys.stream().filter(key -> !used.contains(key)).toList();
        throw ServiceException.validation(
                "Value provided in " + parameter + " unused in expressions: keys: {" + String.join(", ", unused) + "}");
    }

    String name(String kind, String placeholder) {
        var name = names.get(placeholder);
        if (name == null) {
            throw Refusals.invalid(
                    kind,
                    "An expression attribute name used in the document path is not defined; attribute name: "
                            + placeholder);
        }
        used.add(placeholder);
        return name;
    }

    AttributeValue value(String kind, String placeholder) {
        var value = values.get(placeholder);
        if (value == null) {
            throw Refusals.invalid(
                    kind,
                    "An expression attribute value used in expression is not defined; attribute value: " + placeholder);
        }
        used.add(placeholder);
        return value;
    }
}
