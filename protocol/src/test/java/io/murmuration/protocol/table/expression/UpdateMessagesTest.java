package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.NULL;
import static io.murmuration.protocol.table.expression.Fixtures.TRUE;
import static io.murmuration.protocol.table.expression.Fixtures.assertRefused;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What update expressions are refused for, in DynamoDB's words and in its order. */
class UpdateMessagesTest {
    private static void assertUpdateRefused(String text, String message, Object... placeholders) {
        assertRefused(
                () -> Expressions.update(text, placeholders(placeholders)), "Invalid UpdateExpression: " + message);
    }

    @ParameterizedTest
    @MethodSource
    void two_paths_may_not_share_a_place(String text, String how, String one, String two) {
        assertUpdateRefused(
                text,
                "Two document paths " + how + " with each other; must remove or rewrite one of these paths; path one: "
                        + one + ", path two: " + two,
                "#a",
                "a",
                "#c",
                "c",
                "#d",
                "[3]");
    }

    static Stream<Arguments> two_paths_may_not_share_a_place() {
        return Stream.of(
                arguments("set d[1] = a, d.b = a, c[1].a = a, #c = if_not_exists(a)", "overlap", "[c, [1], a]", "[c]"),
                arguments("set c.b.#c = a, c = a, #d = a", "overlap", "[c, b, c]", "[c]"),
                arguments("set a = b remove a, #c, #d", "overlap", "[a]", "[a]"),
                arguments("set #c[3].#d = a, #c[3] = a", "overlap", "[c, [3], [3]]", "[c, [3]]"),
                arguments("remove c, #c.a, #d", "overlap", "[c]", "[c, a]"),
                arguments("remove a, #c, #a, #d", "overlap", "[a]", "[a]"),
                arguments("set x.y = a, x.y.z.w = b", "overlap", "[x, y]", "[x, y, z, w]"),
                arguments("set x[1][1][1][1] = a, x[1][1] = b", "overlap", "[x, [1], [1], [1], [1]]", "[x, [1], [1]]"),
                arguments(
                        "set #c[3].#d = a, #c.#d[3] = if_not_exists(a)", "conflict", "[c, [3], [3]]", "[c, [3], [3]]"),
                arguments("remove a.#c set a[1] = #d", "conflict", "[a, c]", "[a, [1]]"),
                arguments("set x.y.z = a, x.y[2] = b", "conflict", "[x, y, z]", "[x, y, [2]]"));
    }

    @Test
    void paths_that_only_share_their_beginning_keep_clear_of_each_other() {
        Expressions.update(
                "SET x.y = :v, x.z.a = :v, x.z.b = :v, l[0] = :v, l[1].q = :v REMOVE l[2], y",
                placeholders(":v", n(1)));
    }

    @ParameterizedTest
    @MethodSource
    void add_and_delete_refuse_types_in_words_of_their_own(AttributeValue value, String printed) {
        var rest = ", operand type: " + printed;
        var words = "Incorrect operand type for operator or function; operator: ";
        if (!printed.equals("NUMBER")) {
            assertUpdateRefused("add x.y :a", words + "ADD" + rest, ":a", value);
        }
        assertUpdateRefused("delete x.y :a", words + "DELETE" + rest, ":a", value);
    }

    static Stream<Arguments> add_and_delete_refuse_types_in_words_of_their_own() {
        return Stream.of(
                arguments(s("a"), "STRING"),
                arguments(n(1), "NUMBER"),
                arguments(b("a"), "BINARY"),
                arguments(TRUE, "BOOLEAN"),
                arguments(NULL, "NULL"),
                arguments(l(n(1)), "LIST"),
                arguments(m("a", n(1)), "MAP"));
    }

    @Test
    void add_and_delete_are_looked_at_before_the_values_of_set() {
        assertUpdateRefused(
                "set b = list_append(:a, a), c = if_not_exists(a) add x.b :a",
                "Incorrect operand type for operator or function; operator: ADD, operand type: STRING",
                ":a",
                s("a"));
    }

    @ParameterizedTest
    @MethodSource
    void functions_and_sums_refuse_values_of_other_types(String text, AttributeValue value, String operator) {
        assertUpdateRefused(
                text,
                "Incorrect operand type for operator or function; operator or function: " + operator
                        + ", operand type: " + value.type(),
                ":a",
                value);
    }

    static Stream<Arguments> functions_and_sums_refuse_values_of_other_types() {
        return Stream.of(s("a"), n(1), b("a"), TRUE, NULL, ss("a"), ns(1), bs("a"), m(), l())
                .flatMap(value -> Stream.of(
                        arguments("set a = list_append(:a, b)", value, "list_append"),
                        arguments("set a = list_append(b, :a)", value, "list_append"),
                        arguments("set a = b + :a", value, "+"),
                        arguments("set a = :a - b", value, "-")))
                .filter(arguments -> {
                    var type = ((AttributeValue) arguments.get()[1]).type();
                    boolean append = arguments.get()[2].equals("list_append");
                    return !type.equals(append ? "L" : "N");
                });
    }

    @ParameterizedTest
    @MethodSource
    void the_values_of_set_are_checked_in_the_order_of_the_text(String text, String message) {
        assertUpdateRefused(text, message, "#a", "a", ":a", s("a"), ":b", n(1));
    }

    static Stream<Arguments> the_values_of_set_are_checked_in_the_order_of_the_text() {
        var name = "An expression attribute name used in the document path is not defined; attribute name: ";
        var value = "An expression attribute value used in expression is not defined; attribute value: ";
        var count = "Incorrect number of operands for operator or function; operator or function: ";
        var path = "Operator or function requires a document path; operator or function: if_not_exists";
        var type = "Incorrect operand type for operator or function; operator or function: ";
        return Stream.of(
                arguments("SET #c = if_not_exists(:c)", name + "#c"),
                arguments("SET #a = if_not_exists(:c)", value + ":c"),
                arguments("SET #a = b ADD c :zz", value + ":zz"),
                arguments("DELETE c :zz", value + ":zz"),
                arguments("set a = if_not_exists(c)", count + "if_not_exists, number of operands: 1"),
                arguments("set a = list_append(c)", count + "list_append, number of operands: 1"),
                arguments("set a = list_append(c, d, e)", count + "list_append, number of operands: 3"),
                arguments("set a = if_not_exists(:a, c)", path),
                arguments("set a = if_not_exists(if_not_exists(a, b), c)", path),
                arguments("set a = :a + :b", type + "+, operand type: S"),
                arguments("set a = b, c = list_append(d, :b) + :b", type + "list_append, operand type: N"),
                arguments("set a = list_append(b, c) - :b", type + "-, operand type: L"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set b.a = :a, #1 = :a",
                "set b[1] = :a, #1 = :a",
                "set y.a = :a, #1 = :a",
                "set y[1] = :a, #1 = :a",
                "set c[1] = :a, #1 = :a",
                "set d.#1 = :a",
                "set d[7].#1 = :a",
                "remove b.a set #1 = :a",
                "remove b[1] set #1 = :a",
                "remove y.a set #1 = :a",
                "remove y[1] set #1 = :a",
                "remove c[1] set #1 = :a",
                "remove d.#1 set #1 = :a",
                "delete b.a :a set #1 = :a",
                "delete y.a :a set #1 = :a",
                "delete c[1] :a set #1 = :a",
                "delete d.#1 :a",
                "add b.a :a set #1 = :a",
                "add y[1] :a set #1 = :a",
                "add c[1] :a set #1 = :a",
                "add d.#1 :a"
            })
    void a_path_through_what_is_not_there_cannot_be_updated(String update) {
        var item = item("a", s("key"), "b", s("key"), "c", m("1", s("a")), "d", l(s("a"), s("b")));

        assertRefused(
                () -> updated(item, update, "#1", "1", ":a", ss("a")),
                "The document path provided in the update expression is invalid for update");
    }

    @ParameterizedTest
    @MethodSource
    void an_operand_of_the_item_must_have_the_type_that_is_needed(String update, AttributeValue value) {
        var item = item("a", s("key"), "b", m("a", ss("1")), "c", n(1), "d", ns(1));

        assertRefused(
                () -> updated(item, update, ":a", value),
                "An operand in the update expression has an incorrect data type");
    }

    static Stream<Arguments> an_operand_of_the_item_must_have_the_type_that_is_needed() {
        return Stream.of(
                arguments("delete d :a", ss("1")),
                arguments("delete b :a", ns(1)),
                arguments("delete b.a :a", ns(1)),
                arguments("delete b.a :a", bs("a")),
                arguments("delete c :a", ns(1)),
                arguments("add b :a", ns(1)),
                arguments("add d :a", n(1)),
                arguments("add c :a", ns(1)),
                arguments("add a :a", n(1)),
                arguments("set e = a + :a", n(1)),
                arguments("set e = b - :a", n(1)),
                arguments("set e = list_append(d, if_not_exists(f, :a))", l()),
                arguments("set e = if_not_exists(f, :a) + c", s("x")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"set c = b", "set e = list_append(b, c)", "set a = z", "set x = :v, y = x", "set q = q + :v"})
    void a_value_that_does_not_exist_is_refused(String update) {
        var values = update.contains(":v") ? new Object[] {":v", n(1)} : new Object[] {};

        assertRefused(
                () -> updated(item("a", s("key")), update, values),
                "The provided expression refers to an attribute that does not exist in the item");
    }

    @Test
    void a_number_out_of_range_is_refused_where_it_arises() {
        assertRefused(
                () -> updated(item("a", n("9E125")), "SET a = a + :v", ":v", n("9E125")),
                "Number overflow. Attempting to store a number with magnitude larger than supported range");
    }

    @ParameterizedTest
    @MethodSource
    void key_attributes_are_not_updated(String update, String key, Object[] placeholders) {
        var expression = Expressions.update(update, placeholders(placeholders));

        assertRefused(
                () -> expression.refuseKeyAttributes(List.of(key, "other")),
                "One or more parameter values were invalid: Cannot update attribute " + key
                        + ". This attribute is part of the key");
        expression.refuseKeyAttributes(List.of("zz"));
    }

    static Stream<Arguments> key_attributes_are_not_updated() {
        var number = new Object[] {":a", n(1)};
        var set = new Object[] {":a", ns(1)};
        return Stream.of(
                arguments("add a.b :a", "a", number),
                arguments("delete a :a", "a", set),
                arguments("remove d set b = :a, a = :a", "a", number),
                arguments("delete b :a remove a", "a", set),
                arguments("set a = a.b + a[1]", "a", new Object[] {}),
                arguments("set d[1] = :a add b.b :a", "b", number));
    }

    @Test
    void nothing_leads_into_a_key_attribute_written_or_read() {
        var words = "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ";

        assertRefused(
                () -> Expressions.update("set d[1] = :a", placeholders(":a", n(1)))
                        .requireScalarKeys(List.of("d"), "IndexKey"),
                words + "IndexKey: d");
        assertRefused(
                () -> Expressions.update("set e = list_append(a, b), f = d[1]", Placeholders.none())
                        .requireScalarKeys(List.of("d"), "Key"),
                words + "Key: d");
        Expressions.update("set e = d, d = :a", placeholders(":a", n(1))).requireScalarKeys(List.of("d"), "IndexKey");
    }

    @Test
    void only_a_missing_item_lets_remove_lead_through_nothing() {
        var remove = Expressions.update("REMOVE x.y, z[0].w", Placeholders.none());
        Map<String, AttributeValue> key = item("p", s("p"));

        assertThat(remove.applyToMissing(key)).isEqualTo(key);
        assertRefused(
                () -> remove.apply(key), "The document path provided in the update expression is invalid for update");
        assertRefused(
                () -> Expressions.update("SET x.y = :v", placeholders(":v", n(1)))
                        .applyToMissing(key),
                "The document path provided in the update expression is invalid for update");
    }
}
