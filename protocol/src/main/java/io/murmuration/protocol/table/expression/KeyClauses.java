package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.expression.SortRange.Bound;
import io.murmuration.protocol.table.expression.SortRange.Bounded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition as a key condition: comparisons of key attributes with values, joined by {@code AND}. The grammar allows far more; what is
 * too much is refused clause by clause, in the order of the text.
 */
final class KeyClauses {
    /**
     * @param equality whether it admits a single key
     * @param values those it was made of, one or two
     */
    record Clause(boolean equality, SortRange range, List<AttributeValue> values) {}

    private final Map<String, Clause> clauses = new LinkedHashMap<>();

    private KeyClauses() {}

    /** By attribute, in the order of the text. */
    static Map<String, Clause> of(Predicate predicate) {
        var reader = new KeyClauses();
        reader.read(predicate);
        return reader.clauses;
    }

    private void read(Predicate predicate) {
        switch (predicate) {
            case Predicate.And and -> and.all().forEach(this::read);
            case Predicate.Comparison comparison -> comparison(comparison);
            case Predicate.Between between -> between(between);
            case Predicate.BeginsWith prefix -> prefix(prefix);
            case Predicate.Or or -> throw invalidOperator("OR");
            case Predicate.Not not -> throw invalidOperator("NOT");
            case Predicate.In in -> throw invalidOperator("IN");
            case Predicate.Contains contains -> throw invalidOperator("contains");
            case Predicate.HasType type -> throw invalidOperator("attribute_type");
            case Predicate.Exists exists ->
                throw invalidOperator(exists.expected() ? "attribute_exists" : "attribute_not_exists");
        }
    }

    private void comparison(Predicate.Comparison comparison) {
        var comparator = comparison.comparator();
        if (comparator == Comparator.NOT_EQUAL) {
            throw invalidOperator("<>");
        }
        var sides = new Sides(List.of(comparison.left(), comparison.right()));
        var value = sides.values.getFirst();
        var written = comparison.left() instanceof Operand.At ? comparator : comparator.mirrored();
        var range =
                switch (written) {
                    case LESS -> new Bounded(null, new Bound(value, false));
                    case LESS_OR_EQUAL -> new Bounded(null, new Bound(value, true));
                    case GREATER -> new Bounded(new Bound(value, false), null);
                    case GREATER_OR_EQUAL -> new Bounded(new Bound(value, true), null);
                    case EQUAL, NOT_EQUAL -> new Bounded(new Bound(value, true), new Bound(value, true));
                };
        add(sides.attribute(), new Clause(written == Comparator.EQUAL, range, sides.values));
    }

    private void between(Predicate.Between between) {
        requireKeyFirst("BETWEEN", between.value());
        var sides = new Sides(List.of(between.value(), between.lower(), between.upper()));
        var range = new Bounded(new Bound(sides.values.getFirst(), true), new Bound(sides.values.getLast(), true));
        add(sides.attribute(), new Clause(false, range, sides.values));
    }

    private void prefix(Predicate.BeginsWith prefix) {
        requireKeyFirst("begins_with", prefix.operand());
        var sides = new Sides(List.of(prefix.operand(), prefix.prefix()));
        add(sides.attribute(), new Clause(false, new SortRange.Prefix(sides.values.getFirst()), sides.values));
    }

    private void add(String attribute, Clause clause) {
        if (clauses.putIfAbsent(attribute, clause) != null) {
            throw Refusals.invalid(
                    Expressions.KEY_CONDITION, "KeyConditionExpressions must only contain one condition per key");
        }
    }

    private static void requireKeyFirst(String operator, Operand first) {
        if (first instanceof Operand.Constant) {
            throw ServiceException.validation("Invalid condition in KeyConditionExpression: " + operator
                    + " operator must have the key attribute as its first operand");
        }
    }

    private static ServiceException invalidOperator(String operator) {
        return ServiceException.validation("Invalid operator used in KeyConditionExpression: " + operator);
    }

    /** The operands of one clause: one attribute, the rest values. */
    private static final class Sides {
        private @Nullable String attribute;
        private final List<AttributeValue> values = new ArrayList<>();

        Sides(List<Operand> operands) {
            for (var operand : operands) {
                switch (operand) {
                    case Operand.Constant constant -> values.add(constant.value());
                    case Operand.At at -> key(at.path());
                    case Operand.Size size ->
                        throw ServiceException.validation("KeyConditionExpressions cannot contain nested operations");
                }
            }
            attribute();
        }

        private void key(DocumentPath path) {
            if (attribute != null) {
                throw ServiceException.validation(
                        "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
            }
            if (path.isNested()) {
                throw ServiceException.validation(
                        "KeyConditionExpressions cannot have conditions on nested attributes");
            }
            attribute = path.attribute();
        }

        String attribute() {
            if (attribute == null) {
                throw ServiceException.validation(
                        "Invalid condition in KeyConditionExpression: No key attribute specified");
            }
            return attribute;
        }
    }
}
