package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses condition, filter and key condition expressions, which share one grammar.
 *
 * <pre>
 * or         := and ("OR" and)*
 * and        := not ("AND" not)*
 * not        := "NOT" not | primary
 * primary    := ("(" or ")" | operand) rest?
 * rest       := comparator group | "BETWEEN" group "AND" group | "IN" "(" group ("," group)* ")"
 * </pre>
 *
 * A parenthesis may open a condition or an operand, which shows only after it; so an operand passes through the rules for conditions
 * until one of them needs a condition.
 */
final class ConditionParser extends Grammar {
    private ConditionParser(TokenReader reader) {
        super(reader, List.of("AND", "OR", "NOT", "BETWEEN", "IN"));
    }

    static Syntax.Condition parse(String kind, String text) {
        var parser = new ConditionParser(new TokenReader(kind, text));
        var condition = parser.condition(parser.or());
        parser.reader.expect(Kind.END);
        new SyntaxChecks(kind).condition(condition);
        return condition;
    }

    private Syntax.Node or() {
        return chain("OR", this::and, Syntax.Or::new);
    }

    private Syntax.Node and() {
        return chain("AND", this::not, Syntax.And::new);
    }

    private Syntax.Node chain(
            String word, Supplier<Syntax.Node> part, Function<List<Syntax.Condition>, Syntax.Condition> join) {
        var first = part.get();
        if (!reader.nextIsWord(word)) {
            return first;
        }
        var conditions = new ArrayList<Syntax.Condition>();
        conditions.add(condition(first));
        while (reader.nextIsWord(word)) {
            reader.countOperator();
            reader.take();
            conditions.add(condition(part.get()));
        }
        return join.apply(List.copyOf(conditions));
    }

    private Syntax.Node not() {
        if (!reader.nextIsWord("NOT")) {
            return primary();
        }
        reader.countOperator();
        reader.take();
        return new Syntax.Not(condition(not()));
    }

    private Syntax.Node primary() {
        if (!reader.nextIs(Kind.OPEN)) {
            return comparison(operand());
        }
        int open = reader.openGroup();
        var inner = or();
        reader.closeGroup(open);
        return inner instanceof Syntax.Operand operand ? comparison(operand) : inner;
    }

    private Syntax.Node comparison(Syntax.Operand left) {
        var comparator = comparator();
        if (comparator != null) {
            reader.countOperator();
            reader.take();
            return new Syntax.Comparison(comparator, left, operandOrGroup());
        }
        if (reader.nextIsWord("BETWEEN")) {
            return between(left);
        }
        if (reader.nextIsWord("IN")) {
            reader.countOperator();
            reader.take();
            return new Syntax.In(left, operands());
        }
        return left;
    }

    private Syntax.Condition between(Syntax.Operand value) {
        reader.countOperator();
        reader.take();
        var lower = operandOrGroup();
        if (!reader.nextIsWord("AND")) {
            throw reader.syntaxError();
        }
        reader.take();
        return new Syntax.Between(value, lower, operandOrGroup());
    }

    private @Nullable Comparator comparator() {
        return switch (reader.peek().kind()) {
            case EQUAL -> Comparator.EQUAL;
            case NOT_EQUAL -> Comparator.NOT_EQUAL;
            case LESS -> Comparator.LESS;
            case LESS_OR_EQUAL -> Comparator.LESS_OR_EQUAL;
            case GREATER -> Comparator.GREATER;
            case GREATER_OR_EQUAL -> Comparator.GREATER_OR_EQUAL;
            default -> null;
        };
    }

    /** A call may stand for a condition; whether its function does is checked later. Any other operand lacks its comparator here. */
    private Syntax.Condition condition(Syntax.Node node) {
        return switch (node) {
            case Syntax.Condition condition -> condition;
            case Syntax.Call call -> new Syntax.Test(call);
            case Syntax.Operand operand -> throw reader.syntaxError();
        };
    }
}
