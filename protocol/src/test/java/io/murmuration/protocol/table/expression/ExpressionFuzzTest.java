package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.l;
import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.placeholders;
import static io.murmuration.protocol.table.expression.Fixtures.s;
import static io.murmuration.protocol.table.expression.Fixtures.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends is compiled or refused; nothing else comes out. */
class ExpressionFuzzTest {
    private static final List<String> WORDS = List.of(
            "a",
            "b",
            "c.d",
            "a[0]",
            "#n",
            "#zz",
            ":n",
            ":s",
            ":l",
            ":t",
            ":zz",
            "(",
            ")",
            "(",
            ")",
            ",",
            ".",
            "[",
            "]",
            "=",
            "<>",
            "<",
            "<=",
            ">",
            ">=",
            "+",
            "-",
            " AND ",
            " OR ",
            " NOT ",
            " BETWEEN ",
            " IN ",
            "SET ",
            "REMOVE ",
            "ADD ",
            "DELETE ",
            "size(",
            "contains(",
            "begins_with(",
            "attribute_exists(",
            "attribute_type(",
            "if_not_exists(",
            "list_append(",
            "3",
            "!",
            "\u00fc",
            "\ud83d",
            " ",
            "\n",
            "status");

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_soup_of_words_is_compiled_or_refused(int seed) {
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            var text = new StringBuilder();
            int words = 1 + random.nextInt(12);
            for (int j = 0; j < words; j++) {
                text.append(WORDS.get(random.nextInt(WORDS.size())));
            }
            compileAndUse(seed, text.toString(), random);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void random_characters_are_refused(int seed) {
        var random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            var text = new StringBuilder();
            int characters = random.nextInt(60);
            for (int j = 0; j < characters; j++) {
                text.append((char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
            }
            compileAndUse(seed, text.toString(), random);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_valid_text_with_a_few_characters_changed_is_compiled_or_refused(int seed) {
        var random = new Random(seed);
        var valid = List.of(
                "SET a = if_not_exists(b, :n) + :n, c.d = list_append(c.d, :l) REMOVE #n ADD e :t DELETE f[2] :t",
                "(a = :n AND NOT contains(b, :s)) OR (size(c.d) BETWEEN :n AND a[0] AND a IN (:n, :s, b))",
                "a = :s AND begins_with(b, :s)",
                "a.b[1], #n, c.d[0][1]");
        for (int i = 0; i < 50; i++) {
            var text = new StringBuilder(valid.get(random.nextInt(valid.size())));
            int changes = 1 + random.nextInt(3);
            for (int j = 0; j < changes && !text.isEmpty(); j++) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "()[].,#:=<> +a1".charAt(random.nextInt(15)));
                    default -> text.setLength(at + 1);
                }
            }
            compileAndUse(seed, text.toString(), random);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "NOT ", "size(", "a.", "a[0]", "a AND ", "a IN (", "#", "[", ")", "a=b OR (", "a,"})
    void the_same_over_and_over_does_no_harm(String part) {
        var random = new Random(1);
        compileAndUse(1, part.repeat(4096 / part.length()), random);
        compileAndUse(1, part.repeat(400_000 / part.length()), random);
        compileAndUse(1, "SET a = " + part.repeat(1000), random);
    }

    @Test
    void conditions_as_deep_as_operators_allow_are_compiled_and_judged() {
        var text = "a<b AND (".repeat(150) + "a<b" + ")".repeat(150);
        var not = "NOT ".repeat(299) + "a<b";

        assertThat(Fixtures.holds(not, Fixtures.item("a", n(1), "b", n(2)))).isFalse();
        Fixtures.assertRefused(
                () -> Fixtures.holds(text, Fixtures.item()),
                "Invalid ConditionExpression: The expression contains too many operators; operator count: 301");
    }

    private static void compileAndUse(int seed, String text, Random random) {
        var item = new RandomValues(random).item();
        var key = new KeyAttribute("a", KeyType.S);
        attempt(seed, text, () -> Expressions.condition(Expressions.FILTER, text, all())
                .holds(item));
        attempt(seed, text, () -> Expressions.update(text, all()).apply(item));
        attempt(seed, text, () -> Expressions.update(text, all()).applyToMissing(item));
        attempt(seed, text, () -> Expressions.projection(text, all()).of(item));
        attempt(seed, text, () -> Expressions.keyCondition(text, all()).on(key, new KeyAttribute("b", KeyType.S)));
    }

    private static Placeholders all() {
        return placeholders("#n", "n", ":n", n(1), ":s", s("S"), ":l", l(n(1)), ":t", ss("a"));
    }

    private static void attempt(int seed, String text, Supplier<?> action) {
        try {
            assertThat(action.get()).isNotNull();
        } catch (ServiceException refused) {
            assertThat(refused.error().message()).isNotEmpty();
        } catch (RuntimeException | StackOverflowError broken) {
            fail("seed " + seed + ": " + text.substring(0, Math.min(text.length(), 200)), broken);
        }
    }
}
