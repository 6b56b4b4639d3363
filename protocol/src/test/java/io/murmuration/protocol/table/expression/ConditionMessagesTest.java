package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.TRUE;
import static io.murmuration.protocol.table.expression.Fixtures.assertRefused;
import static io.murmuration.protocol.table.expression.Fixtures.b;
import static io.murmuration.protocol.table.expression.Fixtures.bs;
import static io.murmuration.protocol.table.expression.Fixtures.l;
import static io.murmuration.protocol.table.expression.Fixtures.m;
import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.ns;
import static io.murmuration.protocol.table.expression.Fixtures.placeholders;
import static io.murmuration.protocol.table.expression.Fixtures.s;
import static io.murmuration.protocol.table.expression.Fixtures.ss;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.murmuration.protocol.table.AttributeValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused for its names and values, in DynamoDB's words and in its order. */
class ConditionMessagesTest {
    private static final List<AttributeValue> EVERY_TYPE =
            List.of(s("1"), n(1), b("a"), TRUE, Fixtures.NULL, l(), m(), ss("1"), ns(1), bs("a"));

    private static void assertFilterRefused(String text, AttributeValue value, String message) {
        assertRefused(
                () -> Expressions.condition(Expressions.FILTER, text, placeholders("#a", "a", ":a", value)),
                "Invalid FilterExpression: " + message);
    }

    @ParameterizedTest
    @MethodSource
    void each_function_takes_its_number_of_operands(String text, String function, int operands) {
        assertFilterRefused(
                text,
                n(1),
                "Incorrect number of operands for operator or function; operator or function: " + function
                        + ", number of operands: " + operands);
    }

    static Stream<Arguments> each_function_takes_its_number_of_operands() {
        return Stream.of(
                arguments("attribute_exists(things, a) and a=a", "attribute_exists", 2),
                arguments("attribute_not_exists(things, b)", "attribute_not_exists", 2),
                arguments("attribute_type(things)", "attribute_type", 1),
                arguments("begins_with(things)", "begins_with", 1),
                arguments("begins_with(things, size(a), b)", "begins_with", 3),
                arguments("contains(things)", "contains", 1),
                arguments("size(things, a) > b", "size", 2));
    }

    @ParameterizedTest
    @MethodSource
    void an_operator_refuses_a_value_whose_type_it_never_takes(String text, String operator, Set<String> accepted) {
        for (var value : EVERY_TYPE) {
            if (!accepted.contains(value.type())) {
                assertFilterRefused(text, value, wrongType(operator, value.type()));
            } else {
                Expressions.condition(Expressions.FILTER, text, placeholders(":a", value));
            }
        }
    }

    static Stream<Arguments> an_operator_refuses_a_value_whose_type_it_never_takes() {
        var ordered = Set.of("S", "N", "B");
        var any = Set.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");
        return Stream.of(
                arguments("a = :a", "=", any),
                arguments(":a <> a", "<>", any),
                arguments("a < :a", "<", ordered),
                arguments(":a <= a", "<=", ordered),
                arguments("a > :a", ">", ordered),
                arguments(":a >= a", ">=", ordered),
                arguments("a BETWEEN :a AND b", "BETWEEN", ordered),
                arguments("a BETWEEN b AND :a", "BETWEEN", ordered),
                arguments(":a BETWEEN b AND c", "BETWEEN", ordered),
                arguments("a IN (b, :a)", "IN", any),
                arguments("begins_with(a, :a)", "begins_with", Set.of("S", "B")),
                arguments("begins_with(:a, a)", "begins_with", Set.of("S", "B")),
                arguments("contains(a, :a)", "contains", any),
                arguments("contains(:a, a)", "contains", Set.of("S", "B", "SS", "NS", "BS", "L")),
                arguments("size(:a) > a", "size", Set.of("S", "B", "SS", "NS", "BS", "L", "M")));
    }

    private static String wrongType(String operator, String type) {
        return "Incorrect operand type for operator or function; operator or function: " + operator + ", operand type: "
                + type;
    }

    @ParameterizedTest
    @MethodSource
    void the_first_problem_in_the_order_of_the_text_is_reported(String text, AttributeValue value, String message) {
        assertFilterRefused(text, value, message);
    }

    static Stream<Arguments> the_first_problem_in_the_order_of_the_text_is_reported() {
        var path = "Operator or function requires a document path; operator or function: ";
        var distinct =
                "The first operand must be distinct from the remaining operands for this operator or function; operator: ";
        return Stream.of(
                arguments("attribute_type(a, size(a)) and a=a and a=:a", n(1), wrongType("attribute_type", "N")),
                arguments("begins_with(a, size(a)) and a=:a", n(1), wrongType("begins_with", "N")),
                arguments("size(size(a)) > :a", n(1), wrongType("size", "N")),
                arguments("attribute_not_exists(size(:a))", n(1), wrongType("size", "N")),
                arguments("attribute_not_exists(size(:a))", s("1"), path + "attribute_not_exists"),
                arguments("attribute_exists(:a) and a=a", s("1"), path + "attribute_exists"),
                arguments("a = a AND #a = b AND :views > a", n(1), distinct + "=, first operand: [a]"),
                arguments("#a <> a", n(1), distinct + "<>, first operand: [a]"),
                arguments("a > #a", n(1), distinct + ">, first operand: [a]"),
                arguments("((a=a) OR (a=a))", n(1), distinct + "=, first operand: [a]"),
                arguments("a BETWEEN b AND a", n(1), distinct + "BETWEEN, first operand: [a]"),
                arguments("a IN (b, #a)", n(1), distinct + "IN, first operand: [a]"),
                arguments(
                        "contains(ab.bc[1].a, ab.bc[1].#a)",
                        n(1),
                        distinct + "contains, first operand: [ab, bc, [1], a]"),
                arguments(
                        "attribute_type(ab.bc[1].#a, ab.bc[1].a)",
                        n(1),
                        distinct + "attribute_type, first operand: [ab, bc, [1], a]"),
                arguments(
                        "begins_with(ab.bc[1].a, ab.bc[1].#a)",
                        n(1),
                        distinct + "begins_with, first operand: [ab, bc, [1], a]"));
    }

    @Test
    void a_value_may_be_compared_with_itself() {
        Expressions.condition(Expressions.FILTER, ":a >= :a", placeholders(":a", n(1)));
    }

    @Test
    void attribute_type_takes_the_names_of_the_ten_types_as_a_value() {
        for (var value : EVERY_TYPE) {
            Expressions.condition(Expressions.FILTER, "attribute_type(a, :a)", placeholders(":a", s(value.type())));
            if (!value.type().equals("S")) {
                assertFilterRefused("attribute_type(a, :a)", value, wrongType("attribute_type", value.type()));
            }
        }
        assertFilterRefused(
                "attribute_type(a, :a)",
                s("DOG"),
                "Invalid attribute type name found; type: DOG, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        assertFilterRefused(
                "attribute_type(ab.bc[1].a, SS)", n(1), wrongType("attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"));
    }

    @ParameterizedTest
    @MethodSource
    void the_bounds_of_between_are_in_order_and_of_one_type(
            AttributeValue lower, AttributeValue upper, String problem, String printed) {
        assertRefused(
                () -> Expressions.condition(
                        Expressions.CONDITION, "a BETWEEN :lo AND :hi", placeholders(":lo", lower, ":hi", upper)),
                "Invalid ConditionExpression: The BETWEEN operator " + problem + "; " + printed);
    }

    static Stream<Arguments> the_bounds_of_between_are_in_order_and_of_one_type() {
        var type = "requires same data type for lower and upper bounds";
        var order = "requires upper bound to be greater than or equal to lower bound";
        return Stream.of(
                arguments(
                        n(1),
                        s("a"),
                        type,
                        "lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:a}"),
                arguments(
                        s("b"),
                        s("a"),
                        order,
                        "lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}"),
                arguments(
                        n("2"),
                        n("1.50"),
                        order,
                        "lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1.5}"),
                arguments(
                        b("\u0080"),
                        b("\u007f"),
                        order,
                        "lower bound operand: AttributeValue: {B:gA==}, upper bound operand: AttributeValue: {B:fw==}"));
    }

    @Test
    void in_takes_100_candidates_at_most() {
        var values = placeholders(":a", n(1));
        var hundred = String.join(",", Collections.nCopies(100, ":a"));
        Expressions.condition(Expressions.CONDITION, "a IN (" + hundred + ")", values);

        assertRefused(
                () -> Expressions.condition(Expressions.CONDITION, "a IN (" + hundred + ",:a)", values),
                "Invalid ConditionExpression: The IN operator is provided with too many operands; number of operands:"
                        + " 101");
    }

    @Test
    void in_counts_as_one_operator_whatever_it_holds() {
        var lists = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            lists.add("a IN (" + String.join(",", Collections.nCopies(100, ":a")) + ")");
        }

        Expressions.condition(Expressions.CONDITION, String.join(" AND ", lists), placeholders(":a", n(1)));
    }

    @Test
    void a_filter_may_not_read_key_attributes_and_nothing_may_read_into_them() {
        var values = placeholders(":b", n(1));
        var filter = Expressions.condition(Expressions.FILTER, "attribute_exists(a.b) AND b = :b", values);

        assertRefused(
                () -> filter.refuseKeyAttributes(List.of("pk", "a")),
                "Filter Expression can only contain non-primary key attributes: Primary key attribute: a");
        assertRefused(
                () -> filter.requireScalarKeys(List.of("a"), "IndexKey"),
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: a");
        filter.refuseKeyAttributes(List.of("pk", "sk"));
        filter.requireScalarKeys(List.of("b"), "Key");
    }
}
