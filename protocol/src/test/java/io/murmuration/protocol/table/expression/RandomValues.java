package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.b;
import static io.murmuration.protocol.table.expression.Fixtures.bs;
import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.ns;
import static io.murmuration.protocol.table.expression.Fixtures.s;
import static io.murmuration.protocol.table.expression.Fixtures.ss;

import io.murmuration.protocol.table.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Items and paths from a small world, so that paths often meet what is there and values often meet their like. */
record RandomValues(RandomGenerator random) {
    static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final List<String> TEXTS = List.of("", "a", "ab", "b", "\ufffd", "\ud83d\ude00", "a\u0000");

    Map<String, AttributeValue> item() {
        return entries(3);
    }

    private Map<String, AttributeValue> entries(int depth) {
        var entries = new LinkedHashMap<String, AttributeValue>();
        for (var name : NAMES) {
            if (random.nextInt(4) > 0) {
                entries.put(name, value(depth));
            }
        }
        return entries;
    }

    AttributeValue value(int depth) {
        int kind = random.nextInt(depth > 0 ? 14 : 8);
        return switch (kind) {
            case 0, 1 -> number();
            case 2 -> s(text());
            case 3 -> b(random.nextBoolean() ? "ab" : "\u0080");
            case 4 -> random.nextBoolean() ? Fixtures.TRUE : Fixtures.NULL;
            case 5 -> random.nextBoolean() ? ss("a", "ab") : ss("b");
            case 6 -> random.nextBoolean() ? ns(1, 2) : ns(2);
            case 7 -> bs("ab");
            case 8, 9, 10 -> new AttributeValue.M(entries(depth - 1));
            default -> new AttributeValue.L(elements(depth - 1));
        };
    }

    private List<AttributeValue> elements(int depth) {
        var elements = new ArrayList<AttributeValue>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            elements.add(value(depth));
        }
        return elements;
    }

    AttributeValue number() {
        return random.nextBoolean() ? n(random.nextInt(-2, 4)) : n("0.5");
    }

    String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    /** Of the three types that have an order. */
    AttributeValue scalar() {
        return switch (random.nextInt(3)) {
            case 0 -> number();
            case 1 -> s(text());
            default -> b(random.nextBoolean() ? "ab" : "\u0080");
        };
    }

    DocumentPath path() {
        var steps = new ArrayList<DocumentPath.Step>();
        steps.add(new DocumentPath.Name(name()));
        while (random.nextInt(5) < 2) {
            steps.add(random.nextBoolean() ? new DocumentPath.Name(name()) : new DocumentPath.Index(random.nextInt(5)));
        }
        return new DocumentPath(steps);
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}
