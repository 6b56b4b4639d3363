package io.murmuration.protocol.table.operation;

import io.murmuration.protocol.table.TableSchema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a table's stream. The label is the time at which the table was made, so that the streams of tables of the same name differ.
 *
 * @param tableArn of the table
 */
public record StreamArn(String tableArn, String label) {
    private static final Pattern TEXT =
            Pattern.compile("(arn:aws[a-z-]*:dynamodb:[^:]*:[^:]*:table/([^/|]+))/stream/([^/|]+)");
    private static final DateTimeFormatter LABEL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    public static StreamArn of(String tableArn, TableSchema schema) {
        return new StreamArn(tableArn, LABEL.format(Instant.ofEpochMilli(schema.createdMillis())));
    }

    /** Empty if it is none. */
    public static Optional<StreamArn> parse(String text) {
        var matcher = TEXT.matcher(text);
        return matcher.matches() ? Optional.of(new StreamArn(matcher.group(1), matcher.group(3))) : Optional.empty();
    }

    /** The name of the table. */
    public String table() {
        return tableArn.substring(tableArn.lastIndexOf('/') + 1);
    }

    public String text() {
        return tableArn + "/stream/" + label;
    }
}
