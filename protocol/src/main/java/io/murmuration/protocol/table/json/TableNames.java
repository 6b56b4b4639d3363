package io.murmuration.protocol.table.json;

import java.util.regex.Pattern;

/** Tables may be named by their ARN wherever their name is expected. */
final class TableNames {
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:dynamodb:[a-z0-9-]*:[0-9]*:table/([^/]+)");
    private static final int CHARS_MAX = 1024;

    private TableNames() {}

    /** The table's name, or the text itself if it is no table's ARN. */
    static String nameOf(String nameOrArn) {
        if (nameOrArn.length() <= CHARS_MAX && nameOrArn.startsWith("arn:")) {
            var arn = ARN.matcher(nameOrArn);
            return arn.matches() ? arn.group(1) : nameOrArn;
        }
        return nameOrArn;
    }
}
