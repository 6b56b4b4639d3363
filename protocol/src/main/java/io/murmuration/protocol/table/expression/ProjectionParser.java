package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Parses projection expressions: {@code projection := path ("," path)*}. */
final class ProjectionParser extends Grammar {
    private ProjectionParser(TokenReader reader) {
        super(reader, List.of());
    }

    static List<Syntax.Path> parse(String kind, String text) {
        var parser = new ProjectionParser(new TokenReader(kind, text));
        var paths = new ArrayList<Syntax.Path>();
        do {
            paths.add(parser.path());
        } while (parser.reader.takeIf(Kind.COMMA));
        parser.reader.expect(Kind.END);
        new SyntaxChecks(kind).paths(paths);
        return List.copyOf(paths);
    }
}
