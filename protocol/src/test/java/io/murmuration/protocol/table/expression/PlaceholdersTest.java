package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.assertRefused;
import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.placeholders;
import static io.murmuration.protocol.table.expression.Fixtures.s;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    @Test
    void empty_maps_are_refused_names_first() {
        assertRefused(() -> Placeholders.of(Map.of(), Map.of()), "ExpressionAttributeNames must not be empty");
        assertRefused(() -> Placeholders.of(null, Map.of()), "ExpressionAttributeValues must not be empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "#", "", ":a", "#a-b", "#a.b", "##a", "#\u00fc", "# a"})
    void a_name_is_a_number_sign_with_letters_digits_and_underscores(String key) {
        assertRefused(
                () -> Placeholders.of(Map.of(key, "a"), null),
                "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", ":", "", "#b", ":a-b", ":a:b", ": b"})
    void a_value_is_a_colon_with_letters_digits_and_underscores(String key) {
        assertRefused(
                () -> Placeholders.of(null, Map.of(key, n(1))),
                "ExpressionAttributeValues contains invalid key: Syntax error; key: \"" + key + "\"");
    }

    @Test
    void a_key_has_255_bytes_at_most_and_its_length_is_looked_at_first() {
        var longest = "#" + "a".repeat(254);
        Placeholders.of(Map.of(longest, "b"), null);

        assertRefused(
                () -> Placeholders.of(Map.of(longest + "-", "b"), null),
                "ExpressionAttributeNames contains invalid key: The expression attribute map contains a key that is too"
                        + " long; size of key: 256");
    }

    @Test
    void names_and_values_have_2_MB_together_at_most() {
        var names = Map.of("#a", "b".repeat(1024 * 1024 - 2));
        var values = Map.of(":b", s("c".repeat(1024 * 1024 - 2)));
        Placeholders.of(names, values);

        assertRefused(
                () -> Placeholders.of(names, Map.of(":b", s("c".repeat(1024 * 1024 - 1)))),
                "ExpressionAttributeNames and ExpressionAttributeValues have exceeded the maximum allowed size of 2 MB;"
                        + " size: 2097153");
    }

    @Test
    void names_and_values_need_an_expression() {
        var expressions = List.of("UpdateExpression", "ConditionExpression");

        assertRefused(
                () -> Placeholders.refuseWithoutExpressions(true, true, expressions),
                "ExpressionAttributeNames can only be specified when using expressions");
        assertRefused(
                () -> Placeholders.refuseWithoutExpressions(false, true, expressions),
                "ExpressionAttributeValues can only be specified when using expressions: UpdateExpression and"
                        + " ConditionExpression are null");
        assertRefused(
                () -> Placeholders.refuseWithoutExpressions(false, true, List.of("ConditionExpression")),
                "ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null");
        Placeholders.refuseWithoutExpressions(false, false, expressions);
    }

    @Test
    void what_no_expression_uses_is_refused_names_first() {
        var request = placeholders("#a", "a", "#b", "b", "#c", "c", ":a", n(1), ":b", n(2));
        Expressions.update("SET #b = :b", request);

        assertRefused(
                request::requireAllUsed,
                "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #c}");
        Expressions.projection("#a, #c", request);
        assertRefused(
                request::requireAllUsed,
                "Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}");
        Expressions.condition(Expressions.CONDITION, "z = :a", request);
        request.requireAllUsed();
    }

    @Test
    void use_is_counted_again_when_the_text_comes_from_the_cache() {
        var text = "cached = :only_here";
        Expressions.condition(Expressions.CONDITION, text, placeholders(":only_here", n(1)));
        var second = placeholders(":only_here", n(2));
        Expressions.condition(Expressions.CONDITION, text, second);

        second.requireAllUsed();
    }

    @ParameterizedTest
    @MethodSource
    void the_first_undefined_placeholder_of_the_text_is_reported(String text, String message) {
        assertRefused(
                () -> Expressions.condition(Expressions.FILTER, text, placeholders("#n", "n", ":n", s("n"))),
                "Invalid FilterExpression: " + message);
    }

    static Stream<Arguments> the_first_undefined_placeholder_of_the_text_is_reported() {
        var name = "An expression attribute name used in the document path is not defined; attribute name: ";
        var value = "An expression attribute value used in expression is not defined; attribute value: ";
        return Stream.of(
                arguments("attribute_exists(#Pictures.RearView, :a) and a=a", name + "#Pictures"),
                arguments("begins_with(Pictures.#RearView)", name + "#RearView"),
                arguments("(#P between :lo and :hi) and (#PC in (:cat1, :cat2))", name + "#P"),
                arguments("#4g > a", name + "#4g"),
                arguments("#_ > a", name + "#_"),
                arguments("(a)between(b.c[45].#d)and(:a)", name + "#d"),
                arguments("begins_with(:hello, #a, #b)", value + ":hello"),
                arguments(":a < :b", value + ":a"),
                arguments(":_ > a", value + ":_"));
    }
}
