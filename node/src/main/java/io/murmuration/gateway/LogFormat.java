package io.murmuration.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The format of a stage's access log: text with {@code $context} variables.
 *
 * @param pieces texts and names of variables in turn, first a text
 */
public record LogFormat(List<String> pieces) {
    /** Possessive, so that no format uses up the stack. */
    private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([a-zA-Z0-9_]++(?:\\.[a-zA-Z0-9_]++)*+)");

    private static final String NOTHING = "-";

    public LogFormat {
        pieces = List.copyOf(pieces);
    }

    static LogFormat parse(String format) {
        var pieces = new ArrayList<String>();
        var found = VARIABLE.matcher(format);
        int from = 0;
        while (found.find()) {
            pieces.add(format.substring(from, found.start()));
            pieces.add(found.group(1));
            from = found.end();
        }
        pieces.add(format.substring(from));
        return new LogFormat(pieces);
    }

    /** @param values null for what is not known, which is written as a hyphen */
    public String line(Function<String, @Nullable String> values) {
        var line = new StringBuilder(oneLine(pieces.getFirst()));
        for (int at = 1; at < pieces.size(); at += 2) {
            var value = values.apply(pieces.get(at));
            line.append(value == null || value.isEmpty() ? NOTHING : escaped(value))
                    .append(oneLine(pieces.get(at + 1)));
        }
        return line.toString();
    }

    private static String oneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? text
                : text.replace('\r', ' ').replace('\n', ' ');
    }

    /** Clients choose some of the values: none may end a line, nor a text within it. */
    private static String escaped(String value) {
        boolean plain = true;
        for (int at = 0; at < value.length() && plain; at++) {
            char c = value.charAt(at);
            plain = c >= ' ' && c != '"' && c != '\\' && c != 0x7F;
        }
        return plain
                ? value
                : value.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
