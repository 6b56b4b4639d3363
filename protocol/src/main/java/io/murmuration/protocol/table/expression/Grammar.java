package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.expression.DocumentPath.Index;
import io.murmuration.protocol.table.expression.DocumentPath.Name;
import io.murmuration.protocol.table.expression.Syntax.FixedPart;
import io.murmuration.protocol.table.expression.Syntax.NamedPart;
import io.murmuration.protocol.table.expression.Syntax.PathPart;
import io.murmuration.protocol.table.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that all kinds of expressions share: paths and operands. */
abstract class Grammar {
    final TokenReader reader;
    private final List<String> keywords;

    /** @param keywords words that are no names in this kind of expression; those of the others are merely reserved */
    Grammar(TokenReader reader, List<String> keywords) {
        this.reader = reader;
        this.keywords = keywords;
    }

    /** {@code operand := path | value | function "(" group ("," group)* ")"} */
    final Syntax.Operand operand() {
        if (reader.nextIs(Kind.VALUE_PLACEHOLDER)) {
            return value();
        }
        if (reader.nextIs(Kind.WORD) && !isKeyword() && reader.followedBy(Kind.OPEN)) {
            return call();
        }
        return path();
    }

    /** {@code group := operand | "(" group ")"} */
    final Syntax.Operand operandOrGroup() {
        if (!reader.nextIs(Kind.OPEN)) {
            return operand();
        }
        int open = reader.openGroup();
        var operand = operandOrGroup();
        reader.closeGroup(open);
        return operand;
    }

    final Syntax.Value value() {
        return new Syntax.Value(reader.expect(Kind.VALUE_PLACEHOLDER).text());
    }

    private Syntax.Call call() {
        reader.countOperator();
        var function = reader.take().text();
        return new Syntax.Call(function, operands());
    }

    /** In parentheses, at least one. */
    final List<Syntax.Operand> operands() {
        reader.expect(Kind.OPEN);
        var operands = new ArrayList<Syntax.Operand>();
        do {
            operands.add(operandOrGroup());
        } while (reader.takeIf(Kind.COMMA));
        reader.expect(Kind.CLOSE);
        return List.copyOf(operands);
    }

    /** {@code path := name ("." name | "[" integer "]")*} */
    final Syntax.Path path() {
        var parts = new ArrayList<PathPart>();
        parts.add(name());
        while (true) {
            if (reader.takeIf(Kind.DOT)) {
                parts.add(name());
            } else if (reader.takeIf(Kind.OPEN_BRACKET)) {
                parts.add(index());
            } else {
                return new Syntax.Path(List.copyOf(parts), fixed(parts));
            }
        }
    }

    private static @Nullable DocumentPath fixed(List<PathPart> parts) {
        var steps = new ArrayList<DocumentPath.Step>();
        for (var part : parts) {
            if (!(part instanceof FixedPart fixed)) {
                return null;
            }
            steps.add(fixed.step());
        }
        return new DocumentPath(steps);
    }

    private PathPart name() {
        if (reader.nextIs(Kind.NAME_PLACEHOLDER)) {
            return new NamedPart(reader.take().text());
        }
        if (!reader.nextIs(Kind.WORD) || isKeyword()) {
            throw reader.syntaxError();
        }
        return new FixedPart(new Name(reader.take().text()));
    }

    private PathPart index() {
        var digits = reader.expect(Kind.INTEGER).text();
        reader.expect(Kind.CLOSE_BRACKET);
        try {
            return new FixedPart(new Index(Integer.parseInt(digits)));
        } catch (NumberFormatException tooLarge) {
            throw Refusals.invalid(
                    reader.kind(), "List index is not within the allowable range; index: [" + digits + "]");
        }
    }

    private boolean isKeyword() {
        for (var keyword : keywords) {
            if (reader.nextIsWord(keyword)) {
                return true;
            }
        }
        return false;
    }
}
