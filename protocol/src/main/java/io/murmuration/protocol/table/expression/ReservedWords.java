package io.murmuration.protocol.table.expression;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** The words that an expression may only use as attribute names through a {@code #} placeholder. Case does not matter. */
final class ReservedWords {
    private static final Set<String> WORDS = load();

    private ReservedWords() {}

    static boolean contains(String name) {
        return WORDS.contains(name.toUpperCase(Locale.ROOT));
    }

    private static Set<String> load() {
        try (var resource = Objects.requireNonNull(
                ReservedWords.class.getResourceAsStream("reserved-words.txt"),
                "reserved-words.txt is not on the class path")) {
            return Set.of(new String(resource.readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split("\\s+"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
