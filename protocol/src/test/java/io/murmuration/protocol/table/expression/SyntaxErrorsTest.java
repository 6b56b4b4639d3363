package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.assertRefused;
import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.placeholders;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused by the text alone. Words and near-windows as recorded of the service. */
class SyntaxErrorsTest {
    private static void condition(String text) {
        Expressions.condition(Expressions.FILTER, text, Placeholders.none());
    }

    private static void update(String text) {
        Expressions.update(text, Placeholders.none());
    }

    private static void projection(String text) {
        Expressions.projection(text, Placeholders.none());
    }

    private static String nearby(String kind, String token, String near) {
        return "Invalid " + kind + ": Syntax error; token: \"" + token + "\", near: \"" + near + "\"";
    }

    @ParameterizedTest
    @MethodSource
    void a_condition_shows_the_token_that_does_not_fit_between_its_neighbours(String text, String token, String near) {
        assertRefused(() -> condition(text), nearby("FilterExpression", token, near));
    }

    static Stream<Arguments> a_condition_shows_the_token_that_does_not_fit_between_its_neighbours() {
        return Stream.of(
                arguments("things are not gonna be ok", "are", "things are not"),
                arguments("a > 4", "4", "> 4"),
                arguments("a", "<EOF>", "a"),
                arguments(":a", "<EOF>", ":a"),
                arguments("a = b c", "c", "b c"),
                arguments("a = b = c", "=", "b = c"),
                arguments("a = = b", "=", "= = b"),
                arguments("attribute_exists(", "<EOF>", "("),
                arguments("attribute_exists()", ")", "()"),
                arguments("attribute_exists(Pictures-RearView)", "-", "Pictures-RearView"),
                arguments("attribute_exists(\"Pictures.RearView\")", "\"", "(\"Pictures"),
                arguments("attribute_exists(Pictures..RearView)", ".", "..RearView"),
                arguments("attribute_exists(Pi#ctures.RearView)", "#ctures", "Pi#ctures."),
                arguments("attribute_exists(asdf[a])", "a", "[a]"),
                arguments("attribute_exists(asdf[:a])", ":a", "[:a]"),
                arguments("attribute_exists([1])", "[", "([1"),
                arguments("a in b, c", "b", "in b,"),
                arguments("a in b", "b", "in b"),
                arguments("a in (b,c,)", ")", ",)"),
                arguments("a IN ()", ")", "()"),
                arguments("a > between", "between", "> between"),
                arguments("a between b or c", "or", "b or c"),
                arguments("(a)between(b.(c.d))and(c)", "(", ".(c"),
                arguments("(a)between(b.c.d)and((c)", "<EOF>", ")"),
                arguments("(a)between(b.c[4.5].#d)and(:a)", ".", "4.5"),
                arguments("#$.b > a", "#", "#$"),
                arguments("a > :things.stuff", ".", ":things.stuff"),
                arguments("b[#_] > a", "#_", "[#_]"),
                arguments("\u00fc > a", "\u00fc", "\u00fc >"),
                arguments("a = \ud834\udd1e", "\ud834\udd1e", "= \ud834\udd1e"),
                arguments("size(a).b > a", ".", ").b"),
                arguments("(size(a)).b > a", ".", ").b"),
                arguments("size(a)[0] > a", "[", ")[0"),
                arguments("a != b", "!", "a !="),
                arguments("AND __typename = :t", "AND", "AND _"),
                arguments("a = :t AND __typename = :t", "_", "AND __"),
                arguments("a AND b = c", "AND", "a AND b"),
                arguments("(a OR b = c)", "OR", "a OR b"),
                arguments("(a = b) = c", "=", ") = c"),
                arguments("NOT a", "<EOF>", "a"),
                arguments("a = (b = c)", "=", "b = c"),
                arguments("a < b)", ")", "b)"),
                arguments("a[-1] = b", "-", "[-1"),
                arguments("a = b +c", "+", "b +c"));
    }

    @ParameterizedTest
    @MethodSource
    void an_update_shows_the_token_that_does_not_fit_between_its_neighbours(String text, String token, String near) {
        assertRefused(() -> update(text), nearby("UpdateExpression", token, near));
    }

    static Stream<Arguments> an_update_shows_the_token_that_does_not_fit_between_its_neighbours() {
        return Stream.of(
                arguments("INVALID SYNTAX HERE", "INVALID", "INVALID SYNTAX"),
                arguments("SET _123 = :val1", "_", "SET _123"),
                arguments("ADD hits : incr", ":", "hits : incr"),
                arguments("SET a = :v REMOVE #as, #b #c", "#c", "#b #c"),
                arguments("whatever", "whatever", "whatever"),
                arguments("SET", "<EOF>", "SET"),
                arguments("set a", "<EOF>", "a"),
                arguments("add numx", "<EOF>", "numx"),
                arguments("set a = b +", "<EOF>", "+"),
                arguments("set a=b,", "<EOF>", ","),
                arguments("set a=set", "set", "=set"),
                arguments("remove a = b", "=", "a = b"),
                arguments("add a = b", "=", "a = b"),
                arguments("delete a b", "b", "a b"),
                arguments("add a if_not_exist(b)", "if_not_exist", "a if_not_exist("),
                arguments("remove a b", "b", "a b"),
                arguments("set :a = b", ":a", "set :a ="),
                arguments("add :a b", ":a", "add :a b"),
                arguments("set a = b / c", "/", "b / c"),
                arguments("set a = b * c", "*", "b * c"),
                arguments("set a[1] = 1", "1", "= 1"),
                arguments("SET a = if_not_exist(a, 100)", "100", ", 100)"),
                arguments("SET if_not_exist(a, b) = a", "(", "if_not_exist(a"),
                arguments("set (a = (b + c))", "(", "set (a"),
                arguments("set a = (b.c).d + e", ".", ").d"),
                arguments("set a = (b.c)[0] + e", "[", ")[0"),
                arguments("set a = b + c + d", "+", "c + d"),
                arguments("set a = (b + c) + d", "+", ") + d"),
                arguments("set a = b + (c + d)", "+", "c + d"),
                arguments("SET c = if_not_exists(c, :v1+:v2)", "+", ":v1+:v2"),
                arguments("SET a = :hi!there", "!", ":hi!there"),
                arguments("SET #a, #b", ",", "#a, #b"));
    }

    @ParameterizedTest
    @MethodSource
    void a_projection_shows_the_token_that_does_not_fit_between_its_neighbours(String text, String token, String near) {
        assertRefused(() -> projection(text), nearby("ProjectionExpression", token, near));
    }

    static Stream<Arguments> a_projection_shows_the_token_that_does_not_fit_between_its_neighbours() {
        return Stream.of(
                arguments("!!!", "!", "!!"),
                arguments("whatever(stuff)", "(", "whatever(stuff"),
                arguments(":a", ":a", ":a"),
                arguments("a,", "<EOF>", ","),
                arguments(",a", ",", ",a"),
                arguments("a,,b", ",", ",,b"),
                arguments("a..b", ".", "..b"),
                arguments("a b", "b", "a b"),
                arguments("a[b]", "b", "[b]"),
                arguments("(a)", "(", "(a"),
                arguments("a-b", "-", "a-b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n"})
    void an_empty_expression_is_refused(String text) {
        assertRefused(() -> condition(text), "Invalid FilterExpression: The expression can not be empty;");
        assertRefused(() -> update(text), "Invalid UpdateExpression: The expression can not be empty;");
        assertRefused(() -> projection(text), "Invalid ProjectionExpression: The expression can not be empty;");
        assertRefused(
                () -> Expressions.keyCondition(text, Placeholders.none()),
                "Invalid KeyConditionExpression: The expression can not be empty;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=a and a > ((views))",
                "(a)between(((b.c)).d)and(c)",
                "a > whatever((:things), ((a)))",
                "a=a AND ((a=a AND a=a)) AND a=a",
                "a=a OR ((a=a OR a=a)) OR a=a",
                "a=a AND ((a=a AND (a=a AND a=a)))",
                "a=a OR ((a=a OR (a=a OR a=a)))",
                "((attribute_not_exists(pk)))",
                "((pk = :pk)) AND ((sk = :sk))"
            })
    void parentheses_around_parentheses_are_redundant(String text) {
        assertRefused(() -> condition(text), "Invalid FilterExpression: The expression has redundant parentheses;");
    }

    @Test
    void a_thousand_parentheses_are_redundant_and_do_no_harm() {
        var text = "(".repeat(1000) + "a = b" + ")".repeat(1000);

        assertRefused(() -> condition(text), "Invalid FilterExpression: The expression has redundant parentheses;");
        assertRefused(
                () -> update("SET a = " + "(".repeat(1000) + "b" + ")".repeat(1000)),
                "Invalid UpdateExpression: The expression has redundant parentheses;");
    }

    @ParameterizedTest
    @MethodSource
    void a_function_that_does_not_exist_is_refused(String text, String function) {
        assertRefused(() -> condition(text), "Invalid FilterExpression: Invalid function name; function: " + function);
    }

    static Stream<Arguments> a_function_that_does_not_exist_is_refused() {
        return Stream.of(
                arguments("a=a and whatever((:things)) > a", "whatever"),
                arguments("attRIbute_exIsts((views), #a)", "attRIbute_exIsts"),
                arguments("size(dog(a)) > :b", "dog"));
    }

    @ParameterizedTest
    @MethodSource
    void a_function_in_the_wrong_place_is_refused(String text, String function) {
        assertRefused(
                () -> condition(text),
                "Invalid FilterExpression: The function is not allowed to be used this way in an expression; function: "
                        + function);
    }

    static Stream<Arguments> a_function_in_the_wrong_place_is_refused() {
        return Stream.of(
                arguments("a=a and attribute_exists((views), (#a)) > b", "attribute_exists"),
                arguments("attribute_not_exists(things) > b", "attribute_not_exists"),
                arguments("attribute_type(things, :a) > b", "attribute_type"),
                arguments("begins_with(things, a) > b", "begins_with"),
                arguments("contains(:things, c) > b", "contains"),
                arguments("size(contains(a, b)) > a", "contains"),
                arguments("size(things)", "size"),
                arguments("NOT (size(things))", "size"),
                arguments("a between b and attribute_exists(things)", "attribute_exists"),
                arguments("a in (b, attribute_exists(things))", "attribute_exists"),
                arguments("if_not_exists(a, a)=:arg", "if_not_exists"),
                arguments("list_append(a, a)", "list_append"));
    }

    @ParameterizedTest
    @MethodSource
    void an_update_takes_its_own_functions_only(String text, String message) {
        assertRefused(() -> update(text), "Invalid UpdateExpression: " + message);
    }

    static Stream<Arguments> an_update_takes_its_own_functions_only() {
        var misused = "The function is not allowed to be used this way in an expression; function: ";
        return Stream.of(
                arguments("set #c = if_not_exist(:c) set c = d", "Invalid function name; function: if_not_exist"),
                arguments("SET a = f123_hi(b,c,d)", "Invalid function name; function: f123_hi"),
                arguments("SET a = LIST_APPEND(b, c)", "Invalid function name; function: LIST_APPEND"),
                arguments("SET a = size(b)", misused + "size"),
                arguments("SET a = contains(b, c)", misused + "contains"),
                arguments("SET a = list_append(list_append(:a, :b), :c)", misused + "list_append"));
    }

    @ParameterizedTest
    @MethodSource
    void a_reserved_word_is_refused_as_it_is_written(String kind, String text, String word) {
        var expected = "Invalid " + kind + ": Attribute name is a reserved keyword; reserved keyword: " + word;
        assertRefused(
                () -> {
                    switch (kind) {
                        case "UpdateExpression" -> update(text);
                        case "ProjectionExpression" -> projection(text);
                        default -> condition(text);
                    }
                },
                expected);
    }

    static Stream<Arguments> a_reserved_word_is_refused_as_it_is_written() {
        return Stream.of(
                arguments("FilterExpression", "attribute_exists(views, #a)", "views"),
                arguments("FilterExpression", ":a < abOrT", "abOrT"),
                arguments("UpdateExpression", " set #c = :c set abOrt = true ", "abOrt"),
                arguments("UpdateExpression", " remove Absolute ", "Absolute"),
                arguments("UpdateExpression", "set a = b.status", "status"),
                arguments("ProjectionExpression", "a.abORt", "abORt"),
                arguments("ProjectionExpression", "#a,ABSoLUTE", "ABSoLUTE"));
    }

    @ParameterizedTest
    @MethodSource
    void each_section_of_an_update_comes_once(String text, String section) {
        assertRefused(
                () -> update(text),
                "Invalid UpdateExpression: The \"" + section
                        + "\" section can only be used once in an update expression;");
    }

    static Stream<Arguments> each_section_of_an_update_comes_once() {
        return Stream.of(
                arguments("set a = #c set c = :d", "SET"),
                arguments("remove #d set a = b remove e", "REMOVE"),
                arguments("add #d :e set a = b add e :f", "ADD"),
                arguments("delete #d :e set a = b delete #e :f", "DELETE"));
    }

    @Test
    void a_path_has_32_steps_at_most() {
        Expressions.projection("a" + ".b".repeat(31), Placeholders.none());

        assertRefused(
                () -> projection("a" + ".b".repeat(32)),
                "Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 33");
    }

    @Test
    void a_list_index_fits_31_bits() {
        Expressions.projection("a[2147483647]", Placeholders.none());

        assertRefused(
                () -> projection("a[2147483648]"),
                "Invalid ProjectionExpression: List index is not within the allowable range; index: [2147483648]");
    }

    @Test
    void a_text_has_4096_bytes_at_most() {
        var longest = "a" + "x".repeat(4095);
        Expressions.projection(longest, Placeholders.none());

        assertRefused(
                () -> projection(longest + "x"),
                "Invalid ProjectionExpression: Expression size has exceeded the maximum allowed size; expression size: 4097");
        assertRefused(
                () -> update("SET \u20ac" + "x".repeat(4090)),
                "Invalid UpdateExpression: Expression size has exceeded the maximum allowed size; expression size: 4097");
    }

    @Test
    void an_expression_has_300_operators_at_most() {
        var values = placeholders(":v", n(1));
        var most = "NOT a<:v" + " AND a<:v".repeat(149);
        Expressions.condition(Expressions.CONDITION, most, values);

        assertRefused(
                () -> Expressions.condition(Expressions.CONDITION, most + " AND NOT NOT a<:v", values),
                "Invalid ConditionExpression: The expression contains too many operators; operator count: 301");
    }

    @Test
    void the_equal_signs_of_set_are_no_operators_but_sums_and_functions_are() {
        var assignments = String.join(",", Collections.nCopies(301, "%s=:v")).split(",");
        for (int i = 0; i < assignments.length; i++) {
            assignments[i] = assignments[i].formatted("a" + i);
        }
        Expressions.update("SET " + String.join(",", assignments), placeholders(":v", n(1)));

        for (int i = 0; i < assignments.length; i++) {
            assignments[i] = "a" + i + "=b+c";
        }
        assertRefused(
                () -> update("SET " + String.join(",", assignments)),
                "Invalid UpdateExpression: The expression contains too many operators; operator count: 301");
    }
}
