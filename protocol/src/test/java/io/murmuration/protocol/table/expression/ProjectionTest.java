package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.assertRefused;
import static io.murmuration.protocol.table.expression.Fixtures.attribute;
import static io.murmuration.protocol.table.expression.Fixtures.item;
import static io.murmuration.protocol.table.expression.Fixtures.l;
import static io.murmuration.protocol.table.expression.Fixtures.m;
import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.placeholders;
import static io.murmuration.protocol.table.expression.Fixtures.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.murmuration.protocol.table.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectionTest {
    private static final Map<String, AttributeValue> ITEM = item(
            "p",
            s("p"),
            "a",
            m("b", l(n(2), n(4), m("x", s("hi"), "y", s("yo"))), "c", n(5)),
            "b",
            s("hello"),
            "a.b",
            s("dotted"));

    @ParameterizedTest
    @MethodSource
    void the_parts_asked_for_stand_where_they_stood(String text, Map<String, AttributeValue> expected) {
        assertThat(Expressions.projection(text, Placeholders.none()).of(ITEM)).isEqualTo(expected);
    }

    static Stream<Arguments> the_parts_asked_for_stand_where_they_stood() {
        return Stream.of(
                arguments("a", item("a", attribute(ITEM, "a"))),
                arguments(" b  ,   p ", item("b", s("hello"), "p", s("p"))),
                arguments("a.b", item("a", m("b", l(n(2), n(4), m("x", s("hi"), "y", s("yo")))))),
                arguments("a.b[0]", item("a", m("b", l(n(2))))),
                arguments("a.b[2].y", item("a", m("b", l(m("y", s("yo")))))),
                arguments("a.b[2], a.b[0]", item("a", m("b", l(n(2), m("x", s("hi"), "y", s("yo")))))),
                arguments("a.b[0],a.c", item("a", m("b", l(n(2)), "c", n(5)))),
                arguments("a.c,b", item("a", m("c", n(5)), "b", s("hello"))),
                arguments("x", item()),
                arguments("a.b[3]", item()),
                arguments("a.x.y", item()),
                arguments("a.b[3].x", item()),
                arguments("a.b.x", item()),
                arguments("a[0]", item()),
                arguments("a.b[0].x", item()),
                arguments("a.b[0][0]", item()),
                arguments("b.x", item()),
                arguments("a.x, a.b[0], x, a.b[3].x", item("a", m("b", l(n(2))))));
    }

    @Test
    void placeholders_name_single_steps() {
        assertThat(Expressions.projection("#1.#2[1], #3", placeholders("#1", "a", "#2", "b", "#3", "a.b"))
                        .of(ITEM))
                .isEqualTo(item("a", m("b", l(n(4))), "a.b", s("dotted")));
    }

    @ParameterizedTest
    @MethodSource
    void two_paths_may_not_share_a_place(String text, String how, String one, String two) {
        assertRefused(
                () -> Expressions.projection(text, placeholders("#a", "a", "#b", "[3]")),
                "Invalid ProjectionExpression: Two document paths " + how
                        + " with each other; must remove or rewrite one of these paths; path one: " + one
                        + ", path two: " + two);
    }

    static Stream<Arguments> two_paths_may_not_share_a_place() {
        return Stream.of(
                arguments("b[1], b.a, #a.b, a", "overlap", "[a, b]", "[a]"),
                arguments("a, #a[1]", "overlap", "[a]", "[a, [1]]"),
                arguments("a, b, a", "overlap", "[a]", "[a]"),
                arguments("a.b[0],a.b[0]", "overlap", "[a, b, [0]]", "[a, b, [0]]"),
                arguments("a.b.d.e, a.b", "overlap", "[a, b, d, e]", "[a, b]"),
                arguments("a.b, #a[1], #b", "conflict", "[a, b]", "[a, [1]]"),
                arguments("a.b[1], #a[1], #b", "conflict", "[a, b, [1]]", "[a, [1]]"),
                arguments("a[3].b, #a.#b.b", "conflict", "[a, [3], b]", "[a, [3], b]"));
    }

    @Test
    void thousands_of_paths_are_no_burden() {
        var text = IntStream.range(100, 900).mapToObj(i -> "a" + i).collect(Collectors.joining(","));
        var many = item("a999", n(1), "b", n(2));

        assertThat(Expressions.projection(text + ",a999", Placeholders.none()).of(many))
                .isEqualTo(item("a999", n(1)));
    }

    @Test
    void the_legacy_parameter_asks_for_whole_attributes() {
        assertThat(Projection.ofAttributes(List.of("a.b", "none", "b")).of(ITEM))
                .isEqualTo(item("a.b", s("dotted"), "b", s("hello")));
    }

    @Test
    void nothing_leads_into_a_key_attribute() {
        var projection = Expressions.projection("b, #a.b.c", placeholders("#a", "a"));

        assertRefused(
                () -> projection.requireScalarKeys(List.of("a"), "Key"),
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: a");
        projection.requireScalarKeys(List.of("b"), "Key");
    }
}
