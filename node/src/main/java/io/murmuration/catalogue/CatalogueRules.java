package io.murmuration.catalogue;

import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.journal.RowChange;
import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.Decision;
import io.murmuration.journal.entity.Entity;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.table.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** How changes of the catalogue are decided: one after the other, each over the state its predecessors leave. */
record CatalogueRules() implements Entity<CatalogueRules.Intent, CatalogueRules.Reply> {
    /** DynamoDB's own quota of tables in an account and region. */
    static final int TABLES_MAX = 2_500;

    sealed interface Intent {}

    record Create(TableSchema schema) implements Intent {}

    record Delete(String name) implements Intent {}

    sealed interface Reply {}

    /** The table that was made or deleted. */
    record Done(Table table) implements Reply {}

    record Refused(ServiceError error) implements Reply {}

    private record Step(CatalogueState state, List<RowChange> changes, Reply reply) {}

    @Override
    public String persistenceId() {
        return "catalogue@0";
    }

    @Override
    public Decision<Reply> decide(Rows rows, List<Intent> batch, int changesBytesMax) {
        var state = CatalogueState.read(rows);
        var changes = new ArrayList<RowChange>();
        var replies = new ArrayList<Reply>();
        for (var intent : batch) {
            if (changesBytes(changes) >= changesBytesMax) {
                break;
            }
            var step = decide(state, intent);
            state = step.state();
            changes.addAll(step.changes());
            replies.add(step.reply());
        }
        return new Decision<>(changes, replies);
    }

    private static Step decide(CatalogueState state, Intent intent) {
        return switch (intent) {
            case Create create -> create(state, create.schema());
            case Delete delete -> delete(state, delete.name());
        };
    }

    private static Step create(CatalogueState state, TableSchema schema) {
        if (state.table(schema.name()) != null) {
            return refuse(state, ErrorCode.RESOURCE_IN_USE, "Table already exists: " + schema.name());
        }
        if (state.byName().size() >= TABLES_MAX) {
            return refuse(
                    state,
                    ErrorCode.LIMIT_EXCEEDED,
                    "Subscriber limit exceeded: There is a limit of " + TABLES_MAX + " tables per subscriber");
        }
        var table = new Table(state.nextId(), schema);
        return new Step(
                state.with(table),
                List.of(
                        new RowChange(CatalogueRows.nextId(), CatalogueRows.writeNextId(table.id() + 1)),
                        new RowChange(CatalogueRows.table(schema.name()), CatalogueRows.writeTable(table))),
                new Done(table));
    }

    private static Step delete(CatalogueState state, String name) {
        var table = state.table(name);
        if (table == null) {
            return refuse(
                    state, ErrorCode.RESOURCE_NOT_FOUND, "Requested resource not found: Table: " + name + " not found");
        }
        if (table.schema().deletionProtection()) {
            return refuse(
                    state,
                    ErrorCode.VALIDATION,
                    "Resource cannot be deleted as it is currently protected against deletion. "
                            + "Disable deletion protection first.");
        }
        return new Step(state.without(table), List.of(new RowChange(CatalogueRows.table(name), null)), new Done(table));
    }

    private static Step refuse(CatalogueState state, ErrorCode code, String message) {
        return new Step(state, List.of(), new Refused(new ServiceError(code, message)));
    }

    private static long changesBytes(List<RowChange> changes) {
        var bytes = 0L;
        for (var change : changes) {
            var value = change.value();
            bytes += change.key().length + (value == null ? 0 : value.length);
        }
        return bytes;
    }
}
