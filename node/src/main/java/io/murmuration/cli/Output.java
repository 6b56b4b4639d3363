package io.murmuration.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a command writes. Its answer goes to the standard output, as a table or as one JSON value; how far it got goes to the same place when people
 * read it, and to the error stream when the answer is JSON.
 */
public final class Output {
    /** How an answer is written. */
    public enum Format {
        TABLE,
        JSON
    }

    private static final JsonFactory JSON = new JsonFactory();

    private final PrintWriter out;
    private final PrintWriter err;
    private final Format format;

    Output(PrintWriter out, PrintWriter err, Format format) {
        this.out = out;
        this.err = err;
        this.format = format;
    }

    /** One line about work under way. */
    public void progress(String line) {
        var writer = format == Format.JSON ? err : out;
        writer.println(line);
        writer.flush();
    }

    /** The answer: lines for people, or a value made of maps, lists, texts, numbers and truth values. */
    public void answer(List<String> lines, Object json) {
        if (format == Format.JSON) {
            out.println(render(json));
        } else {
            lines.forEach(out::println);
        }
        out.flush();
    }

    /** Whether what is written reaches nobody any more, as when the pager was left. */
    boolean isCut() {
        return out.checkError();
    }

    static String render(Object json) {
        var text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter());
            write(generator, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (var entry : map.entrySet()) {
                    generator.writeFieldName(String.valueOf(entry.getKey()));
                    write(generator, entry.getValue());
                }
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray();
                for (var element : list) {
                    write(generator, element);
                }
                generator.writeEndArray();
            }
            case Boolean truth -> generator.writeBoolean(truth);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            default -> generator.writeString(value.toString());
        }
    }

    /** Rows under their heads, in columns as wide as their widest cell. The first column and texts lean left; a column of figures leans right. */
    public static List<String> table(List<String> heads, List<List<String>> rows) {
        var lines = new ArrayList<String>();
        lines.add(line(heads, heads, rows));
        rows.forEach(row -> lines.add(line(row, heads, rows)));
        return lines;
    }

    private static String line(List<String> cells, List<String> heads, List<List<String>> rows) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            int at = column;
            var width =
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            var padding = " "
                    .repeat(Math.max(width, heads.get(at).length())
                            - cells.get(at).length());
            var figures = rows.stream().allMatch(row -> row.get(at).matches("-|[0-9][0-9.,]*( [kMGT]?i?B)?"));
            line.append(figures && at > 0 ? padding + cells.get(at) : cells.get(at) + padding)
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }
}
