package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in an item, such as {@code a.b[2]}: an attribute's name, then names of map entries and indexes of list elements.
 *
 * @param steps never empty, at most {@value #STEPS_MAX}, the first one a {@link Name}
 */
public record DocumentPath(List<Step> steps) {
    /** DynamoDB's limit on nesting. */
    public static final int STEPS_MAX = 32;

    /** One step down. */
    public sealed interface Step {}

    /** Into a map, or the attribute of an item. */
    public record Name(String value) implements Step {
        @Override
        public String toString() {
            return value;
        }
    }

    /** Into a list, from 0. */
    public record Index(int value) implements Step {
        @Override
        public String toString() {
            return "[" + value + "]";
        }
    }

    public DocumentPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !(steps.getFirst() instanceof Name)) {
            throw new IllegalArgumentException("a path starts with an attribute's name: " + steps);
        }
    }

    /** The name of the attribute that the path starts with. */
    public String attribute() {
        return ((Name) steps.getFirst()).value();
    }

    /** Whether the path leads into the attribute instead of to it. */
    public boolean isNested() {
        return steps.size() > 1;
    }

    /** What is there, or null if there is nothing. */
    public @Nullable AttributeValue in(Map<String, AttributeValue> item) {
        var found = item.get(attribute());
        for (int i = 1; i < steps.size() && found != null; i++) {
            found = below(found, steps.get(i));
        }
        return found;
    }

    private static @Nullable AttributeValue below(AttributeValue container, Step step) {
        return switch (step) {
            case Name name ->
                container instanceof AttributeValue.M map ? map.values().get(name.value()) : null;
            case Index index ->
                container instanceof AttributeValue.L list
                                && index.value() < list.values().size()
                        ? list.values().get(index.value())
                        : null;
        };
    }

    /** As it is written in an expression, if every name can be written without a placeholder. */
    public String text() {
        var text = new StringBuilder(attribute());
        for (var step : steps.subList(1, steps.size())) {
            if (step instanceof Name) {
                text.append('.');
            }
            text.append(step);
        }
        return text.toString();
    }

    /** As DynamoDB's messages print it: {@code [a, b, [2]]}. */
    @Override
    public String toString() {
        return steps.toString();
    }
}
