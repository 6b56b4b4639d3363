package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import java.util.ArrayList;

/** Puts a request's names and values into what was parsed. */
final class Binder {
    private final String kind;
    private final Placeholders placeholders;

    Binder(String kind, Placeholders placeholders) {
        this.kind = kind;
        this.placeholders = placeholders;
    }

    String kind() {
        return kind;
    }

    DocumentPath path(Syntax.Path path) {
        if (path.fixed() != null) {
            return path.fixed();
        }
        var steps = new ArrayList<DocumentPath.Step>(path.parts().size());
        for (var part : path.parts()) {
            steps.add(
                    switch (part) {
                        case Syntax.FixedPart fixed -> fixed.step();
                        case Syntax.NamedPart named ->
                            new DocumentPath.Name(placeholders.name(kind, named.placeholder()));
                    });
        }
        return new DocumentPath(steps);
    }

    AttributeValue value(Syntax.Value value) {
        return placeholders.value(kind, value.placeholder());
    }
}
