package io.murmuration.protocol.table.expression;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What can be refused once the text is parsed, without names and values. The order in which problems are found is DynamoDB's: functions over
 * the whole expression, then paths, then sections.
 */
final class SyntaxChecks {
    private static final Set<String> TESTS =
            Set.of("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains");
    private static final Set<String> UPDATE_FUNCTIONS = Set.of("if_not_exists", "list_append");

    private final String kind;

    SyntaxChecks(String kind) {
        this.kind = kind;
    }

    void condition(Syntax.Condition condition) {
        functions(condition);
        eachPath(condition, this::path);
    }

    void update(List<Syntax.Change> changes, List<String> sections) {
        for (var change : changes) {
            if (change instanceof Syntax.Set set) {
                updateFunctions(set.value(), false);
            }
        }
        for (var change : changes) {
            path(change.path());
            if (change instanceof Syntax.Set set) {
                eachPath(set.value(), this::path);
            }
        }
        var seen = new HashSet<String>();
        for (var section : sections) {
            if (!seen.add(section)) {
                throw Refusals.invalid(
                        kind, "The \"" + section + "\" section can only be used once in an update expression;");
            }
        }
    }

    void paths(List<Syntax.Path> paths) {
        paths.forEach(this::path);
    }

    private void path(Syntax.Path path) {
        for (var part : path.parts()) {
            if (part instanceof Syntax.FixedPart fixed
                    && fixed.step() instanceof DocumentPath.Name name
                    && ReservedWords.contains(name.value())) {
                throw Refusals.invalid(kind, "Attribute name is a reserved keyword; reserved keyword: " + name.value());
            }
        }
        if (path.parts().size() > DocumentPath.STEPS_MAX) {
            throw Refusals.invalid(
                    kind,
                    "The document path has too many nesting levels; nesting levels: "
                            + path.parts().size());
        }
    }

    private void functions(Syntax.Condition condition) {
        if (condition instanceof Syntax.Test test) {
            var call = test.call();
            requireFunction(call);
            if (!TESTS.contains(call.function())) {
                throw Refusals.functionNotAllowed(kind, call.function());
            }
            call.operands().forEach(this::onlySize);
        } else {
            parts(condition).forEach(this::functions);
            operands(condition).forEach(this::onlySize);
        }
    }

    /** As an operand of a condition, {@code size} is the only function. */
    private void onlySize(Syntax.Operand operand) {
        if (operand instanceof Syntax.Call call) {
            requireFunction(call);
            if (!call.function().equals("size")) {
                throw Refusals.functionNotAllowed(kind, call.function());
            }
            call.operands().forEach(this::onlySize);
        }
    }

    /** Appended lists cannot be appended again; that is the original's rule. */
    private void updateFunctions(Syntax.Operand operand, boolean inListAppend) {
        switch (operand) {
            case Syntax.Call call -> {
                requireFunction(call);
                boolean append = call.function().equals("list_append");
                if (!UPDATE_FUNCTIONS.contains(call.function()) || (append && inListAppend)) {
                    throw Refusals.functionNotAllowed(kind, call.function());
                }
                call.operands().forEach(inner -> updateFunctions(inner, inListAppend || append));
            }
            case Syntax.Arithmetic sum -> {
                updateFunctions(sum.left(), inListAppend);
                updateFunctions(sum.right(), inListAppend);
            }
            case Syntax.Path path -> {}
            case Syntax.Value value -> {}
        }
    }

    private void requireFunction(Syntax.Call call) {
        var name = call.function();
        if (!name.equals("size") && !TESTS.contains(name) && !UPDATE_FUNCTIONS.contains(name)) {
            throw Refusals.invalid(kind, "Invalid function name; function: " + name);
        }
    }

    private static void eachPath(Syntax.Condition condition, Consumer<Syntax.Path> action) {
        parts(condition).forEach(part -> eachPath(part, action));
        operands(condition).forEach(operand -> eachPath(operand, action));
    }

    private static void eachPath(Syntax.Operand operand, Consumer<Syntax.Path> action) {
        switch (operand) {
            case Syntax.Path path -> action.accept(path);
            case Syntax.Call call -> call.operands().forEach(inner -> eachPath(inner, action));
            case Syntax.Arithmetic sum -> {
                eachPath(sum.left(), action);
                eachPath(sum.right(), action);
            }
            case Syntax.Value value -> {}
        }
    }

    /** The conditions that a condition is made of. */
    private static List<Syntax.Condition> parts(Syntax.Condition condition) {
        return switch (condition) {
            case Syntax.And and -> and.conditions();
            case Syntax.Or or -> or.conditions();
            case Syntax.Not not -> List.of(not.condition());
            case Syntax.Comparison comparison -> List.of();
            case Syntax.Between between -> List.of();
            case Syntax.In in -> List.of();
            case Syntax.Test test -> List.of();
        };
    }

    /** The operands that a condition has itself, in the order of the text. */
    private static List<Syntax.Operand> operands(Syntax.Condition condition) {
        return switch (condition) {
            case Syntax.Comparison comparison -> List.of(comparison.left(), comparison.right());
            case Syntax.Between between -> List.of(between.value(), between.lower(), between.upper());
            case Syntax.In in ->
                Stream.concat(Stream.of(in.value()), in.candidates().stream()).toList();
            case Syntax.Test test -> List.of(test.call());
            case Syntax.And and -> List.of();
            case Syntax.Or or -> List.of();
            case Syntax.Not not -> List.of();
        };
    }
}
