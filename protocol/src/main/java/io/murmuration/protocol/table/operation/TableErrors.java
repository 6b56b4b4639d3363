package io.murmuration.protocol.table.operation;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.table.TableError;

/** What DynamoDB says of tables that are not there, or not in the right state. */
public final class TableErrors {
    private TableErrors() {}

    /** For operations on items. */
    public static ServiceError notFound() {
        return new ServiceError(TableError.RESOURCE_NOT_FOUND, "Requested resource not found");
    }

    /** For operations on the table itself. */
    public static ServiceError notFound(String table) {
        return new ServiceError(
                TableError.RESOURCE_NOT_FOUND, "Requested resource not found: Table: " + table + " not found");
    }

    public static ServiceError exists(String table) {
        return new ServiceError(TableError.RESOURCE_IN_USE, "Table already exists: " + table);
    }

    public static ServiceError beingDeleted(String table) {
        return new ServiceError(
                TableError.RESOURCE_IN_USE,
                "Attempt to change a resource which is still in use: Table is being deleted: " + table);
    }

    public static ServiceError protectedAgainstDeletion() {
        return ServiceError.validation("Resource cannot be deleted as it is currently protected against deletion. "
                + "Disable deletion protection first.");
    }
}
