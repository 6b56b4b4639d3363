package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.TRUE;
import static io.murmuration.protocol.table.expression.Fixtures.assertRefused;
import static io.murmuration.protocol.table.expression.Fixtures.b;
import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.placeholders;
import static io.murmuration.protocol.table.expression.Fixtures.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.expression.SortRange.Bound;
import io.murmuration.protocol.table.expression.SortRange.Bounded;
import io.murmuration.protocol.table.expression.SortRange.Prefix;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyConditionTest {
    private static final KeyAttribute PK = new KeyAttribute("pk", KeyType.S);
    private static final KeyAttribute SK = new KeyAttribute("sk", KeyType.S);
    private static final KeyAttribute NUMBER = new KeyAttribute("sk", KeyType.N);

    private static KeyCondition compile(String text, AttributeValue p, AttributeValue v, AttributeValue w) {
        return Expressions.keyCondition(text, placeholders("#pk", "pk", ":p", p, ":v", v, ":w", w));
    }

    private static KeyRange range(String text) {
        return compile(text, s("p"), s("v"), s("w")).on(PK, SK);
    }

    private static Bound to(String value, boolean inclusive) {
        return new Bound(s(value), inclusive);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pk = :p", ":p = pk", "(pk = :p)", "#pk=:p", "(pk)=(:p)"})
    void a_partition_key_alone_selects_all_its_items(String text) {
        assertThat(range(text)).isEqualTo(new KeyRange(s("p"), SortRange.WHOLE));
    }

    @ParameterizedTest
    @MethodSource
    void a_sort_key_narrows_them(String clause, SortRange expected) {
        for (var text : new String[] {
            "pk = :p AND " + clause,
            clause + " and pk = :p",
            "(pk = :p) AND (" + clause + ")",
            "((" + clause + ") AND (pk = :p))"
        }) {
            assertThat(range(text)).as(text).isEqualTo(new KeyRange(s("p"), expected));
        }
    }

    static Stream<Arguments> a_sort_key_narrows_them() {
        var single = new Bounded(to("v", true), to("v", true));
        return Stream.of(
                arguments("sk = :v", single),
                arguments(":v = sk", single),
                arguments("sk < :v", new Bounded(null, to("v", false))),
                arguments("sk <= :v", new Bounded(null, to("v", true))),
                arguments("sk > :v", new Bounded(to("v", false), null)),
                arguments("sk >= :v", new Bounded(to("v", true), null)),
                arguments(":v > sk", new Bounded(null, to("v", false))),
                arguments(":v >= sk", new Bounded(null, to("v", true))),
                arguments(":v < sk", new Bounded(to("v", false), null)),
                arguments(":v <= sk", new Bounded(to("v", true), null)),
                arguments("sk BeTwEeN :v aNd :w", new Bounded(to("v", true), to("w", true))),
                arguments("begins_with(sk, :v)", new Prefix(s("v"))));
    }

    @ParameterizedTest
    @MethodSource
    void what_is_no_key_condition_is_refused(String text, String message) {
        var condition = Expressions.keyCondition(
                text, text.contains(":a") ? placeholders(":a", s("S"), ":b", s("2")) : Placeholders.none());

        assertRefused(condition::requireShape, message);
        assertRefused(() -> condition.on(PK, SK), message);
    }

    static Stream<Arguments> what_is_no_key_condition_is_refused() {
        var operator = "Invalid operator used in KeyConditionExpression: ";
        var invalid = "Invalid condition in KeyConditionExpression: ";
        var first = " operator must have the key attribute as its first operand";
        var nested = "KeyConditionExpressions cannot contain nested operations";
        var multiple = invalid + "Multiple attribute names used in one condition";
        var document = "KeyConditionExpressions cannot have conditions on nested attributes";
        var none = invalid + "No key attribute specified";
        var once = "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key";
        return Stream.of(
                arguments("a > b and size(b) > c or a > c", operator + "OR"),
                arguments("a in (b, size(c), d)", operator + "IN"),
                arguments("attribute_exists(a)", operator + "attribute_exists"),
                arguments("attribute_not_exists(a)", operator + "attribute_not_exists"),
                arguments("attribute_type(a, :a)", operator + "attribute_type"),
                arguments("contains(a.d, b)", operator + "contains"),
                arguments("not a > b", operator + "NOT"),
                arguments("a <> b", operator + "<>"),
                arguments(":a between size(b) and size(a) and b > :b", invalid + "BETWEEN" + first),
                arguments("begins_with(:a, b) and a > :b", invalid + "begins_with" + first),
                arguments("size(b) > a AND a.b > b AND b > c", nested),
                arguments("a > size(b.d)", nested),
                arguments("a between size(b) and size(a)", nested),
                arguments("b > a.b", multiple),
                arguments("b between c[1] and d", multiple),
                arguments("a between b and size(a)", multiple),
                arguments("begins_with(a, b)", multiple),
                arguments("b.d > a AND c.d > e.f", document),
                arguments("a.d > c", document),
                arguments("b[0] > a", document),
                arguments(":b > :a AND a < :b", none),
                arguments(":a > b AND :a < :b", none),
                arguments("b > :a AND b < :a and c = :a and d = :a", once),
                arguments("(a > :a and b > :a) and (b > :a and c > :a)", once),
                arguments("pk=:a AND pk=:a", once));
    }

    @ParameterizedTest
    @MethodSource
    void what_does_not_fit_the_key_is_refused(String text, String message) {
        assertRefused(() -> range(text), message);
    }

    static Stream<Arguments> what_does_not_fit_the_key_is_refused() {
        var missed = "Query condition missed key schema element: ";
        return Stream.of(
                arguments("sk = :v", missed + "pk"),
                arguments("attr1 = :v", missed + "pk"),
                arguments("z BETWEEN :v AND :w", missed + "pk"),
                arguments("pk = :p AND c = :v", missed + "sk"),
                arguments("pk < :p", "Query key condition not supported"),
                arguments(":p <= pk", "Query key condition not supported"),
                arguments("begins_with(pk, :p)", "Query key condition not supported"),
                arguments("pk between :p and :p", "Query key condition not supported"),
                arguments("pk > :p AND sk = :v", "Query key condition not supported"),
                arguments(
                        "pk = :p AND sk > :v AND extra = :w",
                        "The number of query conditions (3) exceeds the number of key attributes defined in the schema"
                                + " (2)"));
    }

    @Test
    void a_key_without_sort_key_takes_one_condition() {
        assertThat(compile("pk = :p", s("p"), s("v"), s("w")).on(PK, null))
                .isEqualTo(new KeyRange(s("p"), SortRange.WHOLE));
        assertRefused(
                () -> compile("pk = :p AND sk = :v", s("p"), s("v"), s("w")).on(PK, null),
                "The number of query conditions (2) exceeds the number of key attributes defined in the schema (1)");
    }

    @Test
    void values_have_the_types_of_the_key() {
        var schema = "One or more parameter values were invalid: Condition parameter type does not match schema type";

        assertRefused(() -> compile(":p > pk", n(1), n(1), n(1)).on(PK, null), schema);
        assertRefused(
                () -> compile("pk = :p AND sk = :v", s("p"), s("v"), s("w")).on(PK, NUMBER), schema);
        assertRefused(() -> compile("pk = :p AND sk = :v", s("p"), TRUE, s("w")).on(PK, NUMBER), schema);
        assertRefused(
                () -> compile("pk = :p AND begins_with(sk, :v)", s("p"), s("a"), n(1))
                        .on(PK, NUMBER),
                schema);
        assertRefused(
                () -> compile("pk = :p AND sk BETWEEN :v AND :w", s("p"), n(1), n(2))
                        .on(PK, SK),
                schema);
        assertThat(compile("pk = :p AND sk BETWEEN :v AND :w", s("p"), n(1), n(2))
                        .on(PK, NUMBER)
                        .sort())
                .isEqualTo(new Bounded(new Bound(n(1), true), new Bound(n(2), true)));
        assertThat(compile("pk = :p AND begins_with(sk, :v)", s("p"), b("v"), n(1))
                        .on(PK, new KeyAttribute("sk", KeyType.B))
                        .sort())
                .isEqualTo(new Prefix(b("v")));
    }

    @ParameterizedTest
    @MethodSource
    void it_is_first_checked_as_any_condition_is(String text, AttributeValue value, String message) {
        assertRefused(
                () -> Expressions.keyCondition(text, placeholders(":p", s("p"), ":v", value)),
                "Invalid KeyConditionExpression: " + message);
    }

    static Stream<Arguments> it_is_first_checked_as_any_condition_is() {
        var type = "Incorrect operand type for operator or function; operator or function: ";
        var undefined = "An expression attribute value used in expression is not defined; attribute value: :missing";
        return Stream.of(
                arguments("pk = :p AND begins_with(sk, :v)", n(1), type + "begins_with, operand type: N"),
                arguments("pk = :p AND begins_with(sk, :v)", TRUE, type + "begins_with, operand type: BOOL"),
                arguments("pk = :p AND sk < :v", TRUE, type + "<, operand type: BOOL"),
                arguments("pk = :p AND :v >= sk", TRUE, type + ">=, operand type: BOOL"),
                arguments("pk = :p AND sk BETWEEN :v AND :v", TRUE, type + "BETWEEN, operand type: BOOL"),
                arguments("pk = :missing AND begins_with(sk, :v)", n(1), undefined),
                arguments("begins_with(sk, :v) AND pk = :missing", n(1), type + "begins_with, operand type: N"),
                arguments(
                        "pk = :p AND begins_with(sk, :v) AND sk = :missing",
                        n(1),
                        type + "begins_with, operand type: N"),
                arguments("pk = :p AND dog(sk, :v)", n(1), "Invalid function name; function: dog"),
                arguments("pk = :p AND BEGINS_WITH(sk, :v)", n(1), "Invalid function name; function: BEGINS_WITH"),
                arguments("((sk=:v) AND ((pk=:p)))", n(1), "The expression has redundant parentheses;"),
                arguments("pk=:p AND sk!=:v", n(1), "Syntax error; token: \"!\", near: \"sk!=\""),
                arguments(
                        "pk = :p AND sk BETWEEN :p AND :v",
                        n(1),
                        "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand:"
                                + " AttributeValue: {S:p}, upper bound operand: AttributeValue: {N:1}"));
    }

    @Test
    void it_tells_which_attributes_it_asks_for() {
        assertThat(compile("sk > :v AND pk = :p", s("p"), s("v"), s("w")).attributes())
                .containsExactly("sk", "pk");
    }
}
