package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds update expressions and checks what depends on names and values, in DynamoDB's order: that all are defined, that the paths keep clear of
 * each other, the values of {@code ADD} and {@code DELETE}, then those of {@code SET}.
 */
final class UpdateBinder {
    private final Binder binder;
    private final String kind;

    UpdateBinder(Binder binder) {
        this.binder = binder;
        this.kind = binder.kind();
    }

    UpdateExpression bind(List<Syntax.Change> changes) {
        var targets = new ArrayList<DocumentPath>(changes.size());
        for (var change : changes) {
            targets.add(binder.path(change.path()));
            requireDefined(change);
        }
        var touched = Projection.of(kind, targets);
        changes.forEach(this::requireSetOrNumber);
        var bound = new ArrayList<Change>(changes.size());
        var reads = new LinkedHashSet<DocumentPath>();
        boolean creates = false;
        for (var change : changes) {
            var next = change(change);
            if (next instanceof Change.Set set) {
                set.value().paths(reads);
            }
            creates |= next instanceof Change.Set || next instanceof Change.Add;
            bound.add(next);
        }
        return new UpdateExpression(touched, List.copyOf(reads), PathTree.of(kind, targets, bound), creates);
    }

    private void requireDefined(Syntax.Change change) {
        switch (change) {
            case Syntax.Set set -> requireDefined(set.value());
            case Syntax.Add add -> binder.value(add.value());
            case Syntax.Delete delete -> binder.value(delete.value());
            case Syntax.Remove remove -> {}
        }
    }

    private void requireDefined(Syntax.Operand operand) {
        switch (operand) {
            case Syntax.Path path -> binder.path(path);
            case Syntax.Value value -> binder.value(value);
            case Syntax.Call call -> call.operands().forEach(this::requireDefined);
            case Syntax.Arithmetic sum -> {
                requireDefined(sum.left());
                requireDefined(sum.right());
            }
        }
    }

    private void requireSetOrNumber(Syntax.Change change) {
        switch (change) {
            case Syntax.Add add -> requireSetOrNumber("ADD", binder.value(add.value()), true);
            case Syntax.Delete delete -> requireSetOrNumber("DELETE", binder.value(delete.value()), false);
            case Syntax.Set set -> {}
            case Syntax.Remove remove -> {}
        }
    }

    /** These two name operator and type in other words than everything else does. */
    private void requireSetOrNumber(String operator, AttributeValue value, boolean orNumber) {
        var wrong =
                switch (value) {
                    case AttributeValue.SS set -> null;
                    case AttributeValue.NS set -> null;
                    case AttributeValue.BS set -> null;
                    case AttributeValue.N number -> orNumber ? null : "NUMBER";
                    case AttributeValue.S text -> "STRING";
                    case AttributeValue.B bytes -> "BINARY";
                    case AttributeValue.Bool bool -> "BOOLEAN";
                    case AttributeValue.Null nothing -> "NULL";
                    case AttributeValue.L list -> "LIST";
                    case AttributeValue.M map -> "MAP";
                };
        if (wrong != null) {
            throw Refusals.invalid(
                    kind,
                    "Incorrect operand type for operator or function; operator: " + operator + ", operand type: "
                            + wrong);
        }
    }

    private Change change(Syntax.Change change) {
        return switch (change) {
            case Syntax.Set set -> new Change.Set(value(set.value()));
            case Syntax.Remove remove -> new Change.Remove();
            case Syntax.Add add -> new Change.Add(binder.value(add.value()));
            case Syntax.Delete delete -> new Change.Delete(binder.value(delete.value()));
        };
    }

    private SetValue value(Syntax.Operand operand) {
        return switch (operand) {
            case Syntax.Path path -> new SetValue.At(binder.path(path));
            case Syntax.Value value -> new SetValue.Constant(binder.value(value));
            case Syntax.Call call -> call(call);
            case Syntax.Arithmetic sum -> {
                var left = value(sum.left());
                var right = value(sum.right());
                requireType(sum.sign().toString(), left, "N");
                requireType(sum.sign().toString(), right, "N");
                yield new SetValue.Arithmetic(left, sum.sign(), right);
            }
        };
    }

    private SetValue call(Syntax.Call call) {
        var operands = new ArrayList<SetValue>(call.operands().size());
        for (var operand : call.operands()) {
            operands.add(value(operand));
        }
        if (operands.size() != 2) {
            throw Refusals.operandCount(kind, call.function(), operands.size());
        }
        if (call.function().equals("list_append")) {
            requireType("list_append", operands.getFirst(), "L");
            requireType("list_append", operands.getLast(), "L");
            return new SetValue.ListAppend(operands.getFirst(), operands.getLast());
        }
        if (operands.getFirst() instanceof SetValue.At at) {
            return new SetValue.IfNotExists(at.path(), operands.getLast());
        }
        throw Refusals.pathRequired(kind, call.function());
    }

    private void requireType(String operator, SetValue operand, String expected) {
        @Nullable
        String type =
                switch (operand) {
                    case SetValue.Constant constant -> constant.value().type();
                    case SetValue.ListAppend list -> "L";
                    case SetValue.Arithmetic sum -> "N";
                    case SetValue.At path -> null;
                    case SetValue.IfNotExists either -> null;
                };
        if (type != null && !type.equals(expected)) {
            throw Refusals.operandType(kind, operator, type);
        }
    }
}
