package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.attribute;
import static io.murmuration.protocol.table.expression.Fixtures.b;
import static io.murmuration.protocol.table.expression.Fixtures.bs;
import static io.murmuration.protocol.table.expression.Fixtures.item;
import static io.murmuration.protocol.table.expression.Fixtures.l;
import static io.murmuration.protocol.table.expression.Fixtures.m;
import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.ns;
import static io.murmuration.protocol.table.expression.Fixtures.placeholders;
import static io.murmuration.protocol.table.expression.Fixtures.s;
import static io.murmuration.protocol.table.expression.Fixtures.ss;
import static io.murmuration.protocol.table.expression.Fixtures.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.murmuration.protocol.table.AttributeValue;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UpdateExpressionTest {
    @Test
    void set_writes_new_and_existing_attributes_and_keeps_the_others() {
        var after = updated(item("p", s("p"), "a", n(1)), " sEt  a=:v , b = :w", ":v", s("x"), ":w", b("y"));

        assertThat(after).isEqualTo(item("p", s("p"), "a", s("x"), "b", b("y")));
    }

    @Test
    void operands_are_those_of_the_item_before_the_update() {
        var before = item("a", n(1), "b", n(2));

        assertThat(updated(before, "SET a = b, b = a")).isEqualTo(item("a", n(2), "b", n(1)));
        assertThat(updated(before, "REMOVE a SET c = a")).isEqualTo(item("b", n(2), "c", n(1)));
        assertThat(updated(before, "SET c = b + a REMOVE b ADD a :v", ":v", n(10)))
                .isEqualTo(item("a", n(11), "c", n(3)));
    }

    @ParameterizedTest
    @MethodSource
    void set_assigns_what_its_operand_yields(String operand, AttributeValue expected) {
        var before = item("one", n(1), "lst", l(n(1)), "doc", m("x", l(n(5), n(6))));
        var after = updated(before, "SET r = " + operand + ", s1 = :n, s2 = :l", ":n", n("0.1"), ":l", l(s("end")));

        assertThat(after.get("r")).isEqualTo(expected);
    }

    static Stream<Arguments> set_assigns_what_its_operand_yields() {
        return Stream.of(
                arguments("one", n(1)),
                arguments(":n", n("0.1")),
                arguments("doc.x[1]", n(6)),
                arguments("(one)", n(1)),
                arguments("one + :n", n("1.1")),
                arguments(":n - one", n("-0.9")),
                arguments("(one + one)", n(2)),
                arguments("(one) - (one)", n(0)),
                arguments("((doc.x[0])+(one))", n(6)),
                arguments("if_not_exists(one, :n)", n(1)),
                arguments("if_not_exists(absent, :n)", n("0.1")),
                arguments("if_not_exists(absent, if_not_exists(gone, one))", n(1)),
                arguments("if_not_exists(absent, :n) + one", n("1.1")),
                arguments("if_not_exists(one, absent)", n(1)),
                arguments("list_append(lst, :l)", l(n(1), s("end"))),
                arguments("list_append(:l, lst)", l(s("end"), n(1))),
                arguments("list_append(lst, lst)", l(n(1), n(1))),
                arguments("list_append(if_not_exists(absent, :l), lst)", l(s("end"), n(1))),
                arguments("if_not_exists(absent, list_append(lst, :l))", l(n(1), s("end"))));
    }

    @Test
    void sums_keep_38_digits() {
        var digits = "12345678901234567890123456789012345678";

        assertThat(updated(item("a", n(digits)), "SET a = a + :v", ":v", n(1)).get("a"))
                .isEqualTo(n("12345678901234567890123456789012345679"));
        assertThat(updated(item("a", n("0.1")), "ADD a :v", ":v", n("0.2")).get("a"))
                .isEqualTo(n("0.3"));
    }

    @Test
    void nested_places_are_set_added_and_removed() {
        var before = item("a", m("x", n(3), "y", n(4), "c", m("y", n(3))), "b", m("x", n(1), "y", n(2)));
        var after = updated(before, "SET a.b = :v, a.c.d = :w, b.x = :v REMOVE a.x, b.y", ":v", n(10), ":w", s("dog"));

        assertThat(after)
                .isEqualTo(item("a", m("y", n(4), "c", m("y", n(3), "d", s("dog")), "b", n(10)), "b", m("x", n(10))));
    }

    @Test
    void list_indexes_are_those_before_the_update() {
        var before = item("a", l(n(2), n(3), n(4), n(5), n(6), n(7)));

        for (var update : new String[] {"REMOVE a[1] SET a[3] = :v", "SET a[3] = :v REMOVE a[1]"}) {
            assertThat(updated(before, update, ":v", n(17)).get("a")).isEqualTo(l(n(2), n(4), n(17), n(6), n(7)));
        }
        assertThat(updated(before, "REMOVE a[0], a[5], a[2], a[17]").get("a")).isEqualTo(l(n(3), n(5), n(6)));
    }

    @Test
    void elements_beyond_the_end_are_appended_in_the_order_of_their_indexes() {
        var after = updated(
                item("a", l(s("one"))),
                "SET a[84] = :1, a[37] = :2, a[17] = :3, a[50] = :4",
                ":1",
                n(1),
                ":2",
                n(2),
                ":3",
                n(3),
                ":4",
                n(4));

        assertThat(after.get("a")).isEqualTo(l(s("one"), n(3), n(2), n(4), n(1)));
        assertThat(updated(item("a", l()), "SET a[0] = :1", ":1", n(1)).get("a"))
                .isEqualTo(l(n(1)));
        assertThat(updated(item("a", l(n(1))), "REMOVE a[0] SET a[9] = :1", ":1", n(2))
                        .get("a"))
                .isEqualTo(l(n(2)));
    }

    @Test
    void deep_paths_lead_through_maps_and_lists() {
        var before = item("a", m("b", n(3), "c", l(s("hi"), m("x", m("y", l(n(3), n(5), n(7))), "q", n(2)))));

        assertThat(updated(before, "SET a.c[1].#n.y[1] = :v", "#n", "x", ":v", n(9)))
                .isEqualTo(item("a", m("b", n(3), "c", l(s("hi"), m("x", m("y", l(n(3), n(9), n(7))), "q", n(2))))));
        assertThat(updated(before, "REMOVE a.c[1].x.y[1], a.c[1].q"))
                .isEqualTo(item("a", m("b", n(3), "c", l(s("hi"), m("x", m("y", l(n(3), n(7))))))));
    }

    @Test
    void removing_what_is_not_there_changes_nothing_and_empty_containers_stay() {
        var before = item("a", m("x", n(3)), "b", l(s("hi")));

        assertThat(updated(before, "REMOVE a.y, b[7], c")).isEqualTo(before);
        assertThat(updated(before, "REMOVE a.x, b[0]")).isEqualTo(item("a", m(), "b", l()));
    }

    @Test
    void add_counts_and_unites() {
        var before = item("num", n(3), "strs", ss("a"), "nums", ns(1), "bins", bs("a"), "doc", m("n", n(1)));
        var after = updated(
                before,
                "ADD num :n, newnum :n, strs :s, newset :s, nums :ns, bins :b, doc.n :n, doc.fresh :n",
                ":n",
                n(-4),
                ":s",
                ss("a", "b"),
                ":ns",
                ns(2),
                ":b",
                bs("b"));

        assertThat(after)
                .isEqualTo(item(
                        "num",
                        n(-1),
                        "strs",
                        ss("a", "b"),
                        "nums",
                        ns(1, 2),
                        "bins",
                        bs("a", "b"),
                        "doc",
                        m("n", n(-3), "fresh", n(-4)),
                        "newnum",
                        n(-4),
                        "newset",
                        ss("a", "b")));
    }

    @Test
    void delete_takes_members_out_and_leaves_no_empty_set() {
        var before = item("strs", ss("a", "b", "c"), "nums", ns(1), "bins", bs("a", "b"), "lst", l(ns(1), ns(2)));
        var after = updated(
                before,
                "DELETE strs :s, nums :ns, bins :b, absent :s, lst[0] :ns",
                ":s",
                ss("a", "z"),
                ":ns",
                ns(1, 7),
                ":b",
                bs("b"));

        assertThat(after).isEqualTo(item("strs", ss("b", "c"), "bins", bs("a"), "lst", l(ns(2))));
    }

    @Test
    void sets_that_change_keep_their_order() {
        var after = updated(item("a", ss("\ud83d\ude00", "b")), "ADD a :v", ":v", ss("\uffff", "a"));

        assertThat(((AttributeValue.SS) attribute(after, "a")).values())
                .containsExactly("a", "b", "\uffff", "\ud83d\ude00");
    }

    @Test
    void the_item_before_is_left_alone_and_shared_where_nothing_changes() {
        var untouched = m("x", n(1));
        var before = item("a", m("l", untouched, "r", n(1)), "b", untouched);
        var copy = Map.copyOf(before);

        var after = updated(before, "SET a.r = :v", ":v", n(2));

        assertThat(before).isEqualTo(copy);
        assertThat(after.get("b")).isSameAs(untouched);
        assertThat(((AttributeValue.M) attribute(after, "a")).values().get("l")).isSameAs(untouched);
    }

    @Test
    void only_set_and_add_make_an_item_where_there_is_none() {
        var values = placeholders(":n", n(1), ":s", ss("a"));

        assertThat(Expressions.update("SET a = :n", values).createsItem()).isTrue();
        assertThat(Expressions.update("REMOVE b ADD a :n", values).createsItem())
                .isTrue();
        assertThat(Expressions.update("REMOVE b DELETE a :s", values).createsItem())
                .isFalse();
    }

    @Test
    void an_update_tells_what_it_writes_and_reads() {
        var update = Expressions.update(
                "SET a.b = if_not_exists(c, d) + :n, e = list_append(f[0], g) REMOVE h[1] ADD i :n",
                placeholders(":n", n(1)));

        assertThat(update.targets()).extracting(DocumentPath::text).containsExactly("a.b", "e", "h[1]", "i");
        assertThat(update.reads()).extracting(DocumentPath::text).containsExactly("c", "d", "f[0]", "g");
    }

    @ParameterizedTest
    @MethodSource
    void updated_old_and_new_show_the_touched_places_alone(
            String text, Map<String, AttributeValue> old, Map<String, AttributeValue> now) {
        var before = item("p", s("p"), "a", m("b", s("dog"), "c", l(n(1), n(2), n(3))), "d", s("cat"));
        var update = Expressions.update(text, text.contains(":v") ? placeholders(":v", n(8)) : Placeholders.none());
        var after = update.apply(before);

        assertThat(update.updatedOld(before)).isEqualTo(old);
        assertThat(update.updatedNew(after)).isEqualTo(now);
    }

    static Stream<Arguments> updated_old_and_new_show_the_touched_places_alone() {
        return Stream.of(
                arguments("SET d = :v, e = :v", item("d", s("cat")), item("d", n(8), "e", n(8))),
                arguments("SET d = d", item("d", s("cat")), item("d", s("cat"))),
                arguments("REMOVE d", item("d", s("cat")), item()),
                arguments("SET a.b = :v", item("a", m("b", s("dog"))), item("a", m("b", n(8)))),
                arguments("SET a.c[1] = :v", item("a", m("c", l(n(2)))), item("a", m("c", l(n(8))))),
                arguments(
                        "SET a.c[1] = :v, a.b = :v",
                        item("a", m("c", l(n(2)), "b", s("dog"))),
                        item("a", m("c", l(n(8)), "b", n(8)))),
                arguments("REMOVE a.c[1], a.c[3]", item("a", m("c", l(n(2)))), item("a", m("c", l(n(3))))),
                arguments("SET a.x = :v", item(), item("a", m("x", n(8)))),
                // appended, but not found at the index as written: the service leaves it out
                arguments("SET a.c[100] = :v", item(), item()));
    }
}
