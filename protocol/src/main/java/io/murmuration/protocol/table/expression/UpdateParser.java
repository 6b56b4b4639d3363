package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Parses update expressions.
 *
 * <pre>
 * update  := ("SET" set ("," set)* | "REMOVE" path ("," path)* | "ADD" path value ("," path value)* | "DELETE" …)+
 * set     := path "=" sum
 * sum     := ("(" sum ")" | operand) (("+" | "-") group)?
 * </pre>
 *
 * A sum in parentheses is no operand of another sum.
 */
final class UpdateParser extends Grammar {
    private final List<Syntax.Change> changes = new ArrayList<>();
    private final List<String> sections = new ArrayList<>();

    private UpdateParser(TokenReader reader) {
        super(reader, List.of("SET", "REMOVE", "ADD", "DELETE"));
    }

    static List<Syntax.Change> parse(String kind, String text) {
        var parser = new UpdateParser(new TokenReader(kind, text));
        do {
            parser.section();
        } while (!parser.reader.nextIs(Kind.END));
        new SyntaxChecks(kind).update(parser.changes, parser.sections);
        return List.copyOf(parser.changes);
    }

    private void section() {
        var word = reader.peek().text().toUpperCase(Locale.ROOT);
        switch (word) {
            case "SET" -> list(this::set);
            case "REMOVE" -> list(() -> new Syntax.Remove(path()));
            case "ADD" -> list(() -> new Syntax.Add(path(), value()));
            case "DELETE" -> list(() -> new Syntax.Delete(path(), value()));
            default -> throw reader.syntaxError();
        }
        sections.add(word);
    }

    private void list(Supplier<Syntax.Change> change) {
        reader.take();
        do {
            changes.add(change.get());
        } while (reader.takeIf(Kind.COMMA));
    }

    private Syntax.Change set() {
        var path = path();
        reader.expect(Kind.EQUAL);
        return new Syntax.Set(path, sum());
    }

    private Syntax.Operand sum() {
        var left = term();
        if (left instanceof Syntax.Arithmetic || !(reader.nextIs(Kind.PLUS) || reader.nextIs(Kind.MINUS))) {
            return left;
        }
        reader.countOperator();
        var sign = reader.take().kind() == Kind.PLUS ? Sign.PLUS : Sign.MINUS;
        return new Syntax.Arithmetic(left, sign, operandOrGroup());
    }

    private Syntax.Operand term() {
        if (!reader.nextIs(Kind.OPEN)) {
            return operand();
        }
        int open = reader.openGroup();
        var inner = sum();
        reader.closeGroup(open);
        return inner;
    }
}
