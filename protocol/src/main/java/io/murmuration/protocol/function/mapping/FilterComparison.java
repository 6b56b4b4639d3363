package io.murmuration.protocol.function.mapping;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One of the alternatives at a leaf of a {@link FilterPattern}. */
interface FilterComparison {
    /** @param value null if it is absent, or null itself */
    boolean holds(boolean present, @Nullable Object value);

    static FilterComparison of(@Nullable Object allowed) {
        if (!(allowed instanceof Map<?, ?> comparison)) {
            return ofElements(value -> same(allowed, value));
        }
        if (comparison.size() != 1) {
            throw new IllegalArgumentException("a comparison has one operator");
        }
        var operator = String.valueOf(comparison.keySet().iterator().next());
        var operand = comparison.values().iterator().next();
        return switch (operator) {
            case "exists" -> exists(operand);
            case "prefix" -> ofTexts(operand, String::startsWith);
            case "suffix" -> ofTexts(operand, String::endsWith);
            case "equals-ignore-case" -> ofTexts(operand, FilterComparison::sameIgnoringCase);
            case "anything-but" -> anythingBut(operand);
            case "numeric" -> numeric(operand);
            default -> throw new IllegalArgumentException("an operator that is not known: " + operator);
        };
    }

    /** Of a list, one element has to fulfil it. */
    private static FilterComparison ofElements(Predicate<@Nullable Object> fulfils) {
        return (present, value) -> present && any(value, fulfils);
    }

    private static boolean any(@Nullable Object value, Predicate<@Nullable Object> fulfils) {
        return value instanceof List<?> elements
                ? elements.stream().anyMatch(element -> any(element, fulfils))
                : fulfils.test(value);
    }

    private static boolean same(@Nullable Object allowed, @Nullable Object value) {
        if (allowed instanceof BigDecimal number && value instanceof BigDecimal other) {
            return number.compareTo(other) == 0;
        }
        return !(allowed instanceof List) && Objects.equals(allowed, value);
    }

    private static boolean sameIgnoringCase(String value, String operand) {
        return value.toLowerCase(Locale.ROOT).equals(operand.toLowerCase(Locale.ROOT));
    }

    private static FilterComparison exists(@Nullable Object operand) {
        if (!(operand instanceof Boolean wanted)) {
            throw new IllegalArgumentException("exists is true or false");
        }
        return (present, value) -> present == wanted;
    }

    /** Of two texts: the value's and the operand. */
    interface TextTest {
        boolean test(String value, String operand);
    }

    private static FilterComparison ofTexts(@Nullable Object operand, TextTest test) {
        if (!(operand instanceof String text)) {
            throw new IllegalArgumentException("this operator compares texts");
        }
        return ofElements(value -> value instanceof String other && test.test(other, text));
    }

    private static FilterComparison anythingBut(@Nullable Object operand) {
        if (operand instanceof Map<?, ?>) {
            var excluded = of(operand);
            return ofElements(value -> !excluded.holds(true, value));
        }
        var excluded = operand instanceof List<?> list ? List.copyOf(list) : List.of(Objects.requireNonNull(operand));
        return ofElements(value -> excluded.stream().noneMatch(each -> same(each, value)));
    }

    private static FilterComparison numeric(@Nullable Object operand) {
        if (!(operand instanceof List<?> list) || list.isEmpty() || list.size() % 2 != 0) {
            throw new IllegalArgumentException("numeric is a list of operators, each with a number");
        }
        var tests = new ArrayList<Predicate<BigDecimal>>();
        for (var at = 0; at < list.size(); at += 2) {
            if (!(list.get(at + 1) instanceof BigDecimal bound)) {
                throw new IllegalArgumentException("numeric compares numbers");
            }
            tests.add(numeric(String.valueOf(list.get(at)), bound));
        }
        return ofElements(
                value -> value instanceof BigDecimal number && tests.stream().allMatch(test -> test.test(number)));
    }

    private static Predicate<BigDecimal> numeric(String operator, BigDecimal bound) {
        return switch (operator) {
            case "=" -> number -> number.compareTo(bound) == 0;
            case "<" -> number -> number.compareTo(bound) < 0;
            case "<=" -> number -> number.compareTo(bound) <= 0;
            case ">" -> number -> number.compareTo(bound) > 0;
            case ">=" -> number -> number.compareTo(bound) >= 0;
            default -> throw new IllegalArgumentException("an operator that is not known: " + operator);
        };
    }
}
