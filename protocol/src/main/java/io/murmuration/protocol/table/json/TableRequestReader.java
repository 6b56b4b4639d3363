package io.murmuration.protocol.table.json;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.DeleteTable;
import io.murmuration.protocol.table.operation.TableRequest.DescribeTable;
import io.murmuration.protocol.table.operation.TableRequest.ListTables;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the small requests about tables as such. */
final class TableRequestReader {
    private TableRequestReader() {}

    static TableRequest describe(JsonInput in) throws IOException {
        return new DescribeTable(table(in, "DescribeTableInput"));
    }

    static TableRequest delete(JsonInput in) throws IOException {
        return new DeleteTable(table(in, "DeleteTableInput"));
    }

    static TableRequest list(JsonInput in) throws IOException {
        var after = new @Nullable String[1];
        var limit = new @Nullable Long[1];
        in.document("ListTablesInput", name -> {
            switch (name) {
                case "ExclusiveStartTableName" -> after[0] = in.text();
                case "Limit" -> limit[0] = in.integer("Integer");
                default -> {
                    return false;
                }
            }
            return true;
        });
        var constraints = new Constraints();
        constraints.atLeast("limit", limit[0], 1);
        constraints.atMost("limit", limit[0], ListTables.LIMIT_MAX);
        constraints.name("exclusiveStartTableName", after[0]);
        constraints.check();
        return new ListTables(after[0], limit[0] == null ? ListTables.LIMIT_MAX : Math.toIntExact(limit[0]));
    }

    /** A document whose members do not matter. */
    static void empty(JsonInput in, String type) throws IOException {
        in.document(type, name -> false);
    }

    private static String table(JsonInput in, String type) throws IOException {
        var given = new @Nullable String[1];
        in.document(type, name -> {
            if (name.equals("TableName")) {
                given[0] = in.text();
                return true;
            }
            return false;
        });
        var name = requiredTable(given[0]);
        var constraints = new Constraints();
        constraints.name("tableName", name);
        constraints.check();
        return name;
    }

    /** The name of the table that a request about tables must have. */
    static String requiredTable(@Nullable String given) {
        if (given == null) {
            throw ServiceException.validation(
                    "The parameter 'TableName' is required but was not present in the request");
        }
        return TableNames.nameOf(given);
    }
}
