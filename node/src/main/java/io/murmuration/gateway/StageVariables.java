package io.murmuration.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stage's variables in the URIs of integrations: {@code ${stageVariables.name}}. */
final class StageVariables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{stageVariables\\.([a-zA-Z0-9_]+)}");

    private StageVariables() {}

    static boolean occurIn(String text) {
        return text.contains("${stageVariables.");
    }

    /** The text with the variables' values; empty if one has none. */
    static Optional<String> insert(String text, Map<String, String> variables) {
        if (!occurIn(text)) {
            return Optional.of(text);
        }
        var found = VARIABLE.matcher(text);
        var inserted = new StringBuilder();
        while (found.find()) {
            var value = variables.get(found.group(1));
            if (value == null) {
                return Optional.empty();
            }
            found.appendReplacement(inserted, Matcher.quoteReplacement(value));
        }
        return Optional.of(found.appendTail(inserted).toString());
    }
}
