package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReservedWordsTest {
    @Test
    void all_573_words_of_the_guide_are_refused_in_any_case() throws IOException {
        var words = words();

        assertThat(words).hasSize(573).doesNotHaveDuplicates();
        for (var word : words) {
            for (var written : new String[] {word, word.toLowerCase(Locale.ROOT)}) {
                assertRefused(
                        () -> Expressions.projection("a." + written, Placeholders.none()),
                        "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: "
                                + written);
            }
        }
    }

    @Test
    void words_that_only_look_reserved_are_names() {
        for (var word : new String[] {"id", "pk", "sk", "statuses", "valuex", "email", "created"}) {
            Expressions.projection(word, Placeholders.none());
        }
    }

    private static String[] words() throws IOException {
        try (var resource = Objects.requireNonNull(ReservedWords.class.getResourceAsStream("reserved-words.txt"))) {
            return new String(resource.readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split("\\s+");
        }
    }
}
