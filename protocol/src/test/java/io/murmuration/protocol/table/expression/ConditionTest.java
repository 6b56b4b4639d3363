package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.FALSE;
import static io.murmuration.protocol.table.expression.Fixtures.NULL;
import static io.murmuration.protocol.table.expression.Fixtures.TRUE;
import static io.murmuration.protocol.table.expression.Fixtures.b;
import static io.murmuration.protocol.table.expression.Fixtures.bs;
import static io.murmuration.protocol.table.expression.Fixtures.holds;
import static io.murmuration.protocol.table.expression.Fixtures.item;
import static io.murmuration.protocol.table.expression.Fixtures.l;
import static io.murmuration.protocol.table.expression.Fixtures.m;
import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.ns;
import static io.murmuration.protocol.table.expression.Fixtures.placeholders;
import static io.murmuration.protocol.table.expression.Fixtures.s;
import static io.murmuration.protocol.table.expression.Fixtures.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.murmuration.protocol.table.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final Map<String, AttributeValue> ITEM = item(
            "str",
            s("hello"),
            "num",
            n(7),
            "bin",
            b("hello"),
            "yes",
            TRUE,
            "nil",
            NULL,
            "lst",
            l(s("a"), n(2), l(n(3)), ss("x")),
            "mp",
            m("x", n(1), "y", l(n(-1), m("z", s("deep")))),
            "sset",
            ss("a", "b"),
            "nset",
            ns(1, 2, 3),
            "bset",
            bs("a", "b"));

    @Test
    void every_type_equals_itself_and_no_other() {
        var values = List.copyOf(ITEM.values());
        for (var left : values) {
            for (var right : values) {
                var item = item("a", left);
                boolean same = left == right;

                assertThat(holds("a = :v", item, ":v", right))
                        .as("%s = %s", left, right)
                        .isEqualTo(same);
                assertThat(holds("a <> :v", item, ":v", right))
                        .as("%s <> %s", left, right)
                        .isEqualTo(!same);
                assertThat(holds("a IN (:v, zz)", item, ":v", right))
                        .as("%s IN %s", left, right)
                        .isEqualTo(same);
            }
        }
    }

    @Test
    void numbers_are_equal_by_value_and_sets_without_order_even_deep_down() {
        assertThat(holds("a = :v", item("a", n("1.0")), ":v", n("1E0"))).isTrue();
        assertThat(holds("a = :v", item("a", n("-0")), ":v", n(0))).isTrue();
        var left = m("d", l(ss("g", "h"), ns(2, 1)), "i", bs("j", "k"));
        var right = m("i", bs("k", "j"), "d", l(ss("h", "g"), ns(1, 2)));
        assertThat(holds("a = :v", item("a", left), ":v", right)).isTrue();
        assertThat(holds("a = :v", item("a", l(n(1), n(2))), ":v", l(n(2), n(1))))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource
    void strings_numbers_and_binaries_are_ordered(AttributeValue less, AttributeValue greater) {
        var item = item("a", less, "b", greater);

        assertThat(holds("a < b", item)).isTrue();
        assertThat(holds("a <= b", item)).isTrue();
        assertThat(holds("b > a", item)).isTrue();
        assertThat(holds("b >= a", item)).isTrue();
        assertThat(holds("b < a", item)).isFalse();
        assertThat(holds("b <= a", item)).isFalse();
        assertThat(holds("a > b", item)).isFalse();
        assertThat(holds("a >= b", item)).isFalse();
        assertThat(holds("a < :v", item, ":v", less)).isFalse();
        assertThat(holds("a <= :v", item, ":v", less)).isTrue();
        assertThat(holds("a > :v", item, ":v", less)).isFalse();
        assertThat(holds("a >= :v", item, ":v", less)).isTrue();
        assertThat(holds(":v BETWEEN a AND b", item, ":v", less)).isTrue();
        assertThat(holds(":v BETWEEN a AND b", item, ":v", greater)).isTrue();
        assertThat(holds(":v BETWEEN b AND a", item, ":v", less)).isFalse();
    }

    static Stream<Arguments> strings_numbers_and_binaries_are_ordered() {
        return Stream.of(
                arguments(n(9), n(10)),
                arguments(n(-10), n(-9)),
                arguments(n("-1E-130"), n(0)),
                arguments(n("1E-130"), n("9.9E125")),
                arguments(s(""), s("a")),
                arguments(s("10"), s("9")),
                arguments(s("Z"), s("a")),
                arguments(s("a"), s("aa")),
                // by UTF-8 bytes: what lies beyond the basic plane comes last, though UTF-16 has it before U+FFFD
                arguments(s("\ufffd"), s("\ud83d\ude00")),
                arguments(s("\u07ff"), s("\u0800")),
                arguments(b("\u007f"), b("\u0080")),
                arguments(b(""), b("\u0000")));
    }

    @Test
    void types_that_have_no_order_or_differ_compare_as_false() {
        for (var value : ITEM.values()) {
            for (var other : ITEM.values()) {
                var item = item("a", value, "b", other);
                if (value.type().equals(other.type()) && List.of("S", "N", "B").contains(value.type())) {
                    continue;
                }
                for (var comparator : List.of("<", "<=", ">", ">=")) {
                    assertThat(holds("a " + comparator + " b", item))
                            .as("%s %s %s", value, comparator, other)
                            .isFalse();
                }
                assertThat(holds("a BETWEEN b AND b", item)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q = z",
                "q = :v",
                "q < z",
                "q <= :v",
                ":v > q",
                ":v >= q",
                "q BETWEEN z AND x",
                "q BETWEEN :v AND :v",
                ":v BETWEEN q AND z",
                "q IN (z, :v)",
                ":v IN (q)",
                "begins_with(q, str)",
                "contains(q, :v)",
                "contains(lst, q)",
                "attribute_exists(q)",
                "size(q) = :v",
                "size(num) <= :v",
                "size(yes) > :v",
                "size(nil) = :v",
                "mp.z < mp.y[100]",
                "str.x = :v",
                "str[0] = :v",
                "mp[0] = :v",
                "lst.x = :v"
            })
    void what_is_missing_meets_no_condition(String condition) {
        assertThat(holds(condition, ITEM, ":v", n(1))).isFalse();
        assertThat(holds(condition, Map.of(), ":v", n(1))).isFalse();
    }

    @Test
    void what_is_missing_differs_from_everything() {
        assertThat(holds("q <> :v", ITEM, ":v", n(1))).isTrue();
        assertThat(holds("q <> z", ITEM)).isTrue();
        assertThat(holds("size(num) <> :v", ITEM, ":v", n(1))).isTrue();
        assertThat(holds("attribute_not_exists(q)", ITEM)).isTrue();
        assertThat(holds("attribute_not_exists(lst[4]) AND attribute_not_exists(mp.q.r)", ITEM))
                .isTrue();
    }

    @Test
    void every_attribute_exists_whatever_its_type() {
        for (var name : ITEM.keySet()) {
            assertThat(holds("attribute_exists (" + name + ")", ITEM)).isTrue();
            assertThat(holds("attribute_not_exists(" + name + ")", ITEM)).isFalse();
        }
        assertThat(holds("attribute_exists(mp.y[1].z)", ITEM)).isTrue();
    }

    @Test
    void attribute_type_tells_the_type_of_paths_and_values() {
        for (var entry : ITEM.entrySet()) {
            for (var other : ITEM.values()) {
                boolean same = entry.getValue().type().equals(other.type());
                assertThat(holds("attribute_type(" + entry.getKey() + ", :t)", ITEM, ":t", s(other.type())))
                        .isEqualTo(same);
            }
        }
        assertThat(holds("attribute_type(:v, :t)", ITEM, ":v", n(0), ":t", s("N")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void begins_with_compares_strings_with_strings_and_binaries_with_binaries(
            AttributeValue value, AttributeValue prefix, boolean expected) {
        assertThat(holds("begins_with(a, p)", item("a", value, "p", prefix))).isEqualTo(expected);
    }

    static Stream<Arguments> begins_with_compares_strings_with_strings_and_binaries_with_binaries() {
        return Stream.of(
                arguments(s("hello"), s("hell"), true),
                arguments(s("hello"), s("hello"), true),
                arguments(s("hello"), s(""), true),
                arguments(s("hello"), s("hello!"), false),
                arguments(s("hello"), s("ello"), false),
                arguments(s("hello"), b("he"), false),
                arguments(b("hello"), b("he"), true),
                arguments(b("hello"), b("hello!"), false),
                arguments(b("hello"), b(""), true),
                arguments(n(12), n(1), false),
                arguments(l(s("a")), s("a"), false));
    }

    @ParameterizedTest
    @MethodSource
    void contains_finds_parts_members_and_elements(AttributeValue whole, AttributeValue part, boolean expected) {
        assertThat(holds("contains(a, p)", item("a", whole, "p", part))).isEqualTo(expected);
    }

    static Stream<Arguments> contains_finds_parts_members_and_elements() {
        return Stream.of(
                arguments(s("hello"), s("ell"), true),
                arguments(s("hello"), s(""), true),
                arguments(s("hello"), s("elo"), false),
                arguments(s("hello"), b("ell"), false),
                arguments(s("12"), n(1), false),
                arguments(b("hi there"), b("here"), true),
                arguments(b("hi there"), b("hi there!"), false),
                arguments(b("ab"), b(""), true),
                arguments(ss("a", "b"), s("a"), true),
                arguments(ss("a", "b"), s("c"), false),
                arguments(ss("a", "b"), ss("a"), false),
                arguments(ns(2, 4), n("4.0"), true),
                arguments(ns(2, 4), s("4"), false),
                arguments(bs("a"), b("a"), true),
                arguments(bs("a"), s("a"), false),
                arguments(l(s("hi"), ns(1, 2), l(n(3))), ns(2, 1), true),
                arguments(l(s("hi"), ns(1, 2), l(n(3))), l(n(3)), true),
                arguments(l(s("hi")), s("h"), false),
                arguments(m("x", n(1)), s("x"), false),
                arguments(m("x", n(1)), n(1), false),
                arguments(n(12), n(1), false),
                arguments(TRUE, TRUE, false),
                arguments(NULL, NULL, false));
    }

    @ParameterizedTest
    @MethodSource
    void size_counts_what_a_type_is_made_of(AttributeValue value, int size) {
        assertThat(holds(
                        "size(a) = :n AND size(a) BETWEEN :n AND :n AND size(a) IN (:n)",
                        item("a", value),
                        ":n",
                        n(size)))
                .isTrue();
        assertThat(holds(":n < size(a)", item("a", value), ":n", n(size - 1L))).isTrue();
    }

    static Stream<Arguments> size_counts_what_a_type_is_made_of() {
        return Stream.of(
                arguments(s(""), 0),
                arguments(s("hello"), 5),
                // UTF-16 units: one for the letter, two for the clef beyond the basic plane
                arguments(s("\u00e9\ud834\udd1e"), 3),
                arguments(b("hi there"), 8),
                arguments(l(n(1), l(n(2), n(3))), 2),
                arguments(m("x", n(2), "y", m("m", n(3))), 2),
                arguments(m(), 0),
                arguments(ss("a", "b"), 2),
                arguments(ns(1, 2, 3), 3),
                arguments(bs("a"), 1));
    }

    @ParameterizedTest
    @MethodSource
    void not_binds_more_than_and_and_more_than_or(String condition, boolean expected) {
        assertThat(holds(condition, item("a", n(1), "b", n(2), "c", n(3)))).isEqualTo(expected);
    }

    static Stream<Arguments> not_binds_more_than_and_and_more_than_or() {
        return Stream.of(
                arguments("a < b OR c < b AND b < a", true),
                arguments("(a < b OR c < b) AND b < a", false),
                arguments("NOT a < b AND c < b", false),
                arguments("NOT (a < b AND c < b)", true),
                arguments("NOT NOT NOT NOT a < b", true),
                arguments("nOt b < a aNd b < c", true),
                arguments("b BETWEEN a AND c AND a < b", true),
                arguments("(b) between (a) and (c) oR c < a", true),
                arguments("a < b AND NOT b < a OR c < a", true),
                arguments("(a < b OR b < a) AND (b < c AND (a < b OR b < c))", true),
                arguments("((a < b) AND (b < c))", true),
                arguments("(((a < b) AND b < c) OR c < a) or NoT a < b", true),
                arguments("a IN (b, c) OR a in (c) OR (a) < (b)", true));
    }

    @Test
    void placeholders_name_single_steps_whatever_they_contain() {
        var item = item("a.b", n(1), "and", m("or", m("[0]", n(2))), "a", m("b", n(3)));

        assertThat(holds("#ab = :v", item, "#ab", "a.b", ":v", n(1))).isTrue();
        assertThat(holds("#1.#2.#3 = :v", item, "#1", "and", "#2", "or", "#3", "[0]", ":v", n(2)))
                .isTrue();
        assertThat(holds("a.b = :v", item, ":v", n(3))).isTrue();
    }

    @Test
    void a_condition_tells_what_it_reads() {
        var condition = Expressions.condition(
                Expressions.CONDITION,
                "a.b[1] = :v AND NOT (size(#c) > d OR attribute_exists(e)) AND a.z IN (f, :v) AND contains(g, h)",
                placeholders("#c", "c", ":v", n(1)));

        assertThat(condition.paths())
                .extracting(DocumentPath::text)
                .containsExactly("a.b[1]", "c", "d", "e", "a.z", "f", "g", "h");
        assertThat(condition.attributes()).containsExactly("a", "c", "d", "e", "f", "g", "h");
    }

    @Test
    void booleans_are_compared_by_equality() {
        assertThat(holds("yes = :t AND yes <> :f", ITEM, ":t", TRUE, ":f", FALSE))
                .isTrue();
    }
}
