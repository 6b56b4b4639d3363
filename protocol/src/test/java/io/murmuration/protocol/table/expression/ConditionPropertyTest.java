package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.s;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.AttributeValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random conditions are written as text and, beside it, as plain functions; both must judge random items alike. */
class ConditionPropertyTest {
    private record Meaning(String text, Predicate<Map<String, AttributeValue>> holds) {}

    private record Side(
            String text, Function<Map<String, AttributeValue>, @Nullable AttributeValue> value, boolean path) {}

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_condition_means_what_it_says(int seed) {
        var writer = new Writer(new Random(seed));
        for (int i = 0; i < 20; i++) {
            writer.values.clear();
            var meaning = writer.condition(3);
            var placeholders = Placeholders.of(null, writer.values.isEmpty() ? null : writer.values);
            var condition = Expressions.condition(Expressions.CONDITION, meaning.text(), placeholders);
            for (int j = 0; j < 10; j++) {
                var item = writer.random.item();

                assertThat(condition.holds(item))
                        .as("seed %d: %s with %s on %s", seed, meaning.text(), writer.values, item)
                        .isEqualTo(meaning.holds().test(item));
            }
        }
    }

    private static final class Writer {
        final Map<String, AttributeValue> values = new LinkedHashMap<>();
        final RandomValues random;
        private final Random dice;

        Writer(Random dice) {
            this.dice = dice;
            this.random = new RandomValues(dice);
        }

        Meaning condition(int depth) {
            if (depth == 0) {
                return leaf();
            }
            return switch (dice.nextInt(6)) {
                case 0 -> {
                    var inner = condition(depth - 1);
                    yield new Meaning(
                            "NOT (" + inner.text() + ")", inner.holds().negate());
                }
                case 1 -> {
                    var left = leaf();
                    var right = leaf();
                    yield new Meaning(
                            left.text() + " AND NOT " + right.text(),
                            left.holds().and(right.holds().negate()));
                }
                case 2 -> {
                    // without parentheses: AND binds its neighbours before OR does
                    var left = leaf();
                    var middle = leaf();
                    var right = leaf();
                    yield new Meaning(
                            left.text() + " or " + middle.text() + " and " + right.text(),
                            left.holds().or(middle.holds().and(right.holds())));
                }
                case 3 -> {
                    var left = condition(depth - 1);
                    var right = condition(depth - 1);
                    yield new Meaning(
                            "(" + left.text() + ") OR (" + right.text() + ")",
                            left.holds().or(right.holds()));
                }
                case 4 -> {
                    var left = condition(depth - 1);
                    var right = condition(depth - 1);
                    yield new Meaning(
                            "(" + left.text() + ") AND (" + right.text() + ")",
                            left.holds().and(right.holds()));
                }
                default -> leaf();
            };
        }

        private Meaning leaf() {
            return switch (dice.nextInt(8)) {
                case 0, 1 -> equality();
                case 2, 3 -> ordering();
                case 4 -> between();
                case 5 -> membership();
                default -> function();
            };
        }

        private Meaning equality() {
            var left = side(true);
            var right = other(left, true);
            boolean negated = dice.nextBoolean();
            return new Meaning(
                    left.text() + (negated ? " <> " : " = ") + right.text(),
                    item -> equal(left, right, item) != negated);
        }

        private Meaning ordering() {
            var left = side(false);
            var right = other(left, false);
            var sign = List.of("<", "<=", ">", ">=").get(dice.nextInt(4));
            return new Meaning(left.text() + sign + right.text(), item -> {
                var order = order(left.value().apply(item), right.value().apply(item));
                return order != null
                        && switch (sign) {
                            case "<" -> order < 0;
                            case "<=" -> order <= 0;
                            case ">" -> order > 0;
                            default -> order >= 0;
                        };
            });
        }

        private Meaning between() {
            var value = side(false);
            var lower = path();
            while (lower.text().equals(value.text())) {
                lower = path();
            }
            var low = lower;
            var high = other(value, false);
            return new Meaning(value.text() + " BETWEEN " + low.text() + " AND " + high.text(), item -> {
                var above = order(low.value().apply(item), value.value().apply(item));
                var below = order(value.value().apply(item), high.value().apply(item));
                return above != null && below != null && above <= 0 && below <= 0;
            });
        }

        private Meaning membership() {
            var value = side(true);
            var one = other(value, true);
            var two = other(value, true);
            return new Meaning(
                    value.text() + " IN (" + one.text() + ", " + two.text() + ")",
                    item -> equal(value, one, item) || equal(value, two, item));
        }

        private Meaning function() {
            var path = path();
            var other = other(path, true);
            return switch (dice.nextInt(5)) {
                case 0 ->
                    new Meaning(
                            "attribute_exists(" + path.text() + ")",
                            item -> path.value().apply(item) != null);
                case 1 ->
                    new Meaning(
                            "attribute_not_exists(" + path.text() + ")",
                            item -> path.value().apply(item) == null);
                case 2 -> {
                    var type = List.of("S", "N", "L", "M", "SS", "BOOL").get(dice.nextInt(6));
                    yield new Meaning(
                            "attribute_type(" + path.text() + ", "
                                    + constant(s(type)).text() + ")",
                            item -> {
                                var found = path.value().apply(item);
                                return found != null && found.type().equals(type);
                            });
                }
                case 3 -> {
                    var prefix = constant(s(random.text()));
                    yield new Meaning("begins_with(" + path.text() + ", " + prefix.text() + ")", item -> {
                        var found = path.value().apply(item);
                        var start = (AttributeValue.S) prefix.value().apply(item);
                        return found instanceof AttributeValue.S text
                                && start != null
                                && text.value().indexOf(start.value()) == 0;
                    });
                }
                default ->
                    new Meaning(
                            "contains(" + path.text() + ", " + other.text() + ")",
                            item -> contains(
                                    path.value().apply(item), other.value().apply(item)));
            };
        }

        private Side side(boolean anyType) {
            return switch (dice.nextInt(4)) {
                case 0 -> constant(anyType ? random.value(1) : random.scalar());
                case 1 -> size();
                default -> path();
            };
        }

        /** Not the same path again, which is refused. */
        private Side other(Side first, boolean anyType) {
            var other = side(anyType);
            while (other.path() && other.text().equals(first.text())) {
                other = side(anyType);
            }
            return other;
        }

        private Side path() {
            var path = random.path();
            return new Side(path.text(), item -> walk(path, item), true);
        }

        private Side size() {
            var path = random.path();
            return new Side("size(" + path.text() + ")", item -> sizeOf(walk(path, item)), false);
        }

        private Side constant(AttributeValue value) {
            var name = ":v" + values.size();
            values.put(name, value);
            return new Side(name, item -> value, false);
        }
    }

    private static @Nullable AttributeValue walk(DocumentPath path, Map<String, AttributeValue> item) {
        AttributeValue here = new AttributeValue.M(item);
        for (var step : path.steps()) {
            if (step instanceof DocumentPath.Name name && here instanceof AttributeValue.M map) {
                here = map.values().get(name.value());
            } else if (step instanceof DocumentPath.Index index
                    && here instanceof AttributeValue.L list
                    && index.value() < list.values().size()) {
                here = list.values().get(index.value());
            } else {
                return null;
            }
        }
        return here;
    }

    private static @Nullable AttributeValue sizeOf(@Nullable AttributeValue value) {
        if (value == null) {
            return null;
        }
        return switch (value) {
            case AttributeValue.S text -> n(text.value().length());
            case AttributeValue.B bytes -> n(bytes.value().length());
            case AttributeValue.L list -> n(list.values().size());
            case AttributeValue.M map -> n(map.values().size());
            case AttributeValue.SS set -> n(set.values().size());
            case AttributeValue.NS set -> n(set.values().size());
            case AttributeValue.BS set -> n(set.values().size());
            default -> null;
        };
    }

    private static boolean equal(Side left, Side right, Map<String, AttributeValue> item) {
        var a = left.value().apply(item);
        var b = right.value().apply(item);
        return a != null && b != null && a.equals(b);
    }

    private static @Nullable Integer order(@Nullable AttributeValue left, @Nullable AttributeValue right) {
        if (left == null || right == null || !left.type().equals(right.type())) {
            return null;
        }
        return switch (left) {
            case AttributeValue.N number -> decimal(number).compareTo(decimal(right));
            case AttributeValue.S text -> Arrays.compareUnsigned(bytes(text), bytes(right));
            case AttributeValue.B binary -> Arrays.compareUnsigned(bytes(binary), bytes(right));
            default -> null;
        };
    }

    private static BigDecimal decimal(AttributeValue number) {
        return new BigDecimal(((AttributeValue.N) number).value().toString());
    }

    private static byte[] bytes(AttributeValue scalar) {
        return scalar instanceof AttributeValue.S text
                ? text.value().getBytes(StandardCharsets.UTF_8)
                : ((AttributeValue.B) scalar).value().bytes();
    }

    private static boolean contains(@Nullable AttributeValue whole, @Nullable AttributeValue part) {
        if (whole == null || part == null) {
            return false;
        }
        return switch (whole) {
            case AttributeValue.S text ->
                part instanceof AttributeValue.S piece && text.value().indexOf(piece.value()) >= 0;
            case AttributeValue.B binary ->
                part instanceof AttributeValue.B && latin(bytes(binary)).contains(latin(bytes(part)));
            case AttributeValue.SS set ->
                set.values().stream().anyMatch(member -> s(member).equals(part));
            case AttributeValue.NS set ->
                set.values().stream().anyMatch(member -> new AttributeValue.N(member).equals(part));
            case AttributeValue.BS set ->
                set.values().stream().anyMatch(member -> new AttributeValue.B(member).equals(part));
            case AttributeValue.L list -> list.values().stream().anyMatch(part::equals);
            default -> false;
        };
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
