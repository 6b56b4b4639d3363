package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binds conditions and checks what depends on names and values. It walks in the order of the text, operands before what is done with them: the
 * first problem met is the one DynamoDB reports.
 */
final class ConditionBinder {
    private static final int CANDIDATES_MAX = 100;
    private static final List<String> TYPE_NAMES = List.of("B", "NULL", "SS", "BOOL", "L", "BS", "N", "NS", "S", "M");
    private static final Set<String> CONTAINERS = Set.of("S", "B", "SS", "NS", "BS", "L");

    private final Binder binder;
    private final String kind;

    ConditionBinder(Binder binder) {
        this.binder = binder;
        this.kind = binder.kind();
    }

    Predicate bind(Syntax.Condition condition) {
        return switch (condition) {
            case Syntax.And and -> new Predicate.And(bindAll(and.conditions()));
            case Syntax.Or or -> new Predicate.Or(bindAll(or.conditions()));
            case Syntax.Not not -> new Predicate.Not(bind(not.condition()));
            case Syntax.Comparison comparison -> comparison(comparison);
            case Syntax.Between between -> between(between);
            case Syntax.In in -> in(in);
            case Syntax.Test test -> test(test.call());
        };
    }

    private List<Predicate> bindAll(List<Syntax.Condition> conditions) {
        var bound = new ArrayList<Predicate>(conditions.size());
        for (var condition : conditions) {
            bound.add(bind(condition));
        }
        return bound;
    }

    private Operand operand(Syntax.Operand operand) {
        return switch (operand) {
            case Syntax.Path path -> new Operand.At(binder.path(path));
            case Syntax.Value value -> new Operand.Constant(binder.value(value));
            case Syntax.Call call -> size(call);
            case Syntax.Arithmetic sum -> throw new IllegalStateException("arithmetic in a condition: " + sum);
        };
    }

    private List<Operand> operands(List<Syntax.Operand> operands) {
        var bound = new ArrayList<Operand>(operands.size());
        for (var operand : operands) {
            bound.add(operand(operand));
        }
        return bound;
    }

    private Operand size(Syntax.Call call) {
        var operands = operands(call.operands());
        requireCount(call, operands, 1);
        var of = operands.getFirst();
        var type = of.fixedType();
        if (type != null && !Operand.Size.TYPES.contains(type)) {
            throw Refusals.operandType(kind, "size", type);
        }
        return new Operand.Size(of);
    }

    private Predicate comparison(Syntax.Comparison comparison) {
        var left = operand(comparison.left());
        var right = operand(comparison.right());
        var sign = comparison.comparator().toString();
        if (comparison.comparator().isOrdering()) {
            requireOrder(sign, left);
            requireOrder(sign, right);
        }
        requireDistinct(sign, left, List.of(right));
        return new Predicate.Comparison(comparison.comparator(), left, right);
    }

    private Predicate between(Syntax.Between between) {
        var value = operand(between.value());
        var lower = operand(between.lower());
        var upper = operand(between.upper());
        requireOrder("BETWEEN", value);
        requireOrder("BETWEEN", lower);
        requireOrder("BETWEEN", upper);
        requireDistinct("BETWEEN", value, List.of(lower, upper));
        if (lower instanceof Operand.Constant low && upper instanceof Operand.Constant high) {
            requireBounds(low.value(), high.value());
        }
        return new Predicate.Between(value, lower, upper);
    }

    private void requireBounds(AttributeValue lower, AttributeValue upper) {
        String problem;
        if (!ValueOrder.comparable(lower, upper)) {
            problem = "requires same data type for lower and upper bounds";
        } else if (ValueOrder.compare(lower, upper) > 0) {
            problem = "requires upper bound to be greater than or equal to lower bound";
        } else {
            return;
        }
        throw Refusals.invalid(
                kind,
                "The BETWEEN operator " + problem + "; lower bound operand: AttributeValue: " + printed(lower)
                        + ", upper bound operand: AttributeValue: " + printed(upper));
    }

    private static String printed(AttributeValue scalar) {
        return switch (scalar) {
            case AttributeValue.S text -> "{S:" + text.value() + "}";
            case AttributeValue.N number -> "{N:" + number.value() + "}";
            case AttributeValue.B bytes -> "{B:" + bytes.value() + "}";
            default -> scalar.toString();
        };
    }

    private Predicate in(Syntax.In in) {
        var value = operand(in.value());
        var candidates = operands(in.candidates());
        if (candidates.size() > CANDIDATES_MAX) {
            throw Refusals.invalid(
                    kind,
                    "The IN operator is provided with too many operands; number of operands: " + candidates.size());
        }
        requireDistinct("IN", value, candidates);
        return new Predicate.In(value, candidates);
    }

    private Predicate test(Syntax.Call call) {
        var operands = operands(call.operands());
        var function = call.function();
        return switch (function) {
            case "attribute_exists" -> new Predicate.Exists(onlyPath(call, operands), true);
            case "attribute_not_exists" -> new Predicate.Exists(onlyPath(call, operands), false);
            case "attribute_type" -> attributeType(call, operands);
            case "begins_with" -> {
                requireCount(call, operands, 2);
                operands.forEach(operand -> requireType(function, operand, Set.of("S", "B")));
                requireDistinct(function, operands.getFirst(), operands.subList(1, 2));
                yield new Predicate.BeginsWith(operands.getFirst(), operands.getLast());
            }
            case "contains" -> {
                requireCount(call, operands, 2);
                requireType(function, operands.getFirst(), CONTAINERS);
                requireDistinct(function, operands.getFirst(), operands.subList(1, 2));
                yield new Predicate.Contains(operands.getFirst(), operands.getLast());
            }
            default -> throw new IllegalStateException("no condition: " + call);
        };
    }

    private DocumentPath onlyPath(Syntax.Call call, List<Operand> operands) {
        requireCount(call, operands, 1);
        if (operands.getFirst() instanceof Operand.At at) {
            return at.path();
        }
        throw Refusals.pathRequired(kind, call.function());
    }

    private Predicate attributeType(Syntax.Call call, List<Operand> operands) {
        requireCount(call, operands, 2);
        requireDistinct(call.function(), operands.getFirst(), operands.subList(1, 2));
        var type = operands.getLast();
        if (!(type instanceof Operand.Constant constant && constant.value() instanceof AttributeValue.S named)) {
            var wrong = type.fixedType();
            throw Refusals.operandType(kind, call.function(), wrong == null ? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}" : wrong);
        }
        var name = named.value();
        if (!TYPE_NAMES.contains(name)) {
            throw Refusals.invalid(
                    kind,
                    "Invalid attribute type name found; type: " + name + ", valid types: {"
                            + String.join(",", TYPE_NAMES) + "}");
        }
        return new Predicate.HasType(operands.getFirst(), name);
    }

    private void requireCount(Syntax.Call call, List<Operand> operands, int expected) {
        if (operands.size() != expected) {
            throw Refusals.operandCount(kind, call.function(), operands.size());
        }
    }

    private void requireOrder(String operator, Operand operand) {
        requireType(operator, operand, Set.of("S", "N", "B"));
    }

    private void requireType(String operator, Operand operand, Set<String> types) {
        @Nullable String type = operand.fixedType();
        if (type != null && !types.contains(type)) {
            throw Refusals.operandType(kind, operator, type);
        }
    }

    /** Only paths are looked at: a value may be compared with itself. */
    private void requireDistinct(String operator, Operand first, List<Operand> others) {
        if (first instanceof Operand.At at && others.contains(first)) {
            throw Refusals.notDistinct(kind, operator, at.path());
        }
    }
}
