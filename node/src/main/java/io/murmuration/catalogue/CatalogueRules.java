package io.murmuration.catalogue;

import io.murmuration.catalogue.Catalogue.Status;
import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.journal.RowChange;
import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.Decision;
import io.murmuration.journal.entity.Entity;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.table.TableError;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.operation.TableErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How changes of the catalogue are decided: one after the other, each over the state its predecessors leave.
 *
 * <p>A deleted table keeps its name until every shard has closed its partition of it. A node that has not heard of the deletion may lead such a
 * shard and take writes to the table: were the name free before, they would be acknowledged after a successor's making, and not be in it.
 *
 * @param shards how many there are; they are the groups {@code [1, shards]}
 */
record CatalogueRules(int shards) implements Entity<CatalogueRules.Intent, CatalogueRules.Reply> {
    /** DynamoDB's own quota of tables in an account and region. */
    static final int TABLES_MAX = 2_500;

    sealed interface Intent permits Create, Delete, Closed, ResourceRules.Intent {}

    record Create(TableSchema schema) implements Intent {}

    record Delete(String name) implements Intent {}

    /** The group has closed its partition of the table, for good. */
    record Closed(long table, int group) implements Intent {}

    sealed interface Reply permits Done, Refused, Noted, ResourceRules.Decided {}

    /** The table that was made, or is being deleted. */
    record Done(Table table) implements Reply {}

    record Refused(ServiceError error) implements Reply {}

    /** The group's closing is known. */
    record Noted() implements Reply {}

    record Step(CatalogueState state, List<RowChange> changes, Reply reply) {}

    @Override
    public String persistenceId() {
        return "catalogue@0";
    }

    @Override
    public Decision<Reply> decide(Rows rows, List<Intent> batch, int changesBytesMax) {
        var state = CatalogueState.read(rows);
        var changes = new ArrayList<RowChange>();
        var replies = new ArrayList<Reply>();
        var bytes = 0L;
        for (var intent : batch) {
            var step = decide(state, intent);
            bytes += changesBytes(step.changes());
            if (bytes > changesBytesMax && !replies.isEmpty()) {
                break;
            }
            state = step.state();
            changes.addAll(step.changes());
            replies.add(step.reply());
        }
        return new Decision<>(changes, replies);
    }

    private Step decide(CatalogueState state, Intent intent) {
        return switch (intent) {
            case Create create -> create(state, create.schema());
            case Delete delete -> delete(state, delete.name());
            case Closed closed -> closed(state, closed);
            case ResourceRules.Intent resource -> ResourceRules.decide(state, resource);
        };
    }

    private static Step create(CatalogueState state, TableSchema schema) {
        var namesake = state.table(schema.name());
        if (namesake != null) {
            return refuse(
                    state,
                    namesake.active() ? TableErrors.exists(schema.name()) : TableErrors.beingDeleted(schema.name()));
        }
        if (state.byName().size() >= TABLES_MAX) {
            return refuse(
                    state,
                    new ServiceError(
                            TableError.LIMIT_EXCEEDED,
                            "Subscriber limit exceeded: There is a limit of " + TABLES_MAX + " tables per subscriber"));
        }
        var table = new Table(state.nextId(), schema);
        return new Step(
                state.with(table),
                List.of(new RowChange(CatalogueRows.nextId(), CatalogueRows.writeNextId(table.id() + 1)), row(table)),
                new Done(table));
    }

    private static Step delete(CatalogueState state, String name) {
        var table = state.table(name);
        if (table == null) {
            return refuse(state, TableErrors.notFound(name));
        }
        if (!table.active()) {
            return refuse(state, TableErrors.beingDeleted(name));
        }
        if (table.schema().deletionProtection()) {
            return refuse(state, TableErrors.protectedAgainstDeletion());
        }
        var deleting = new Table(table.id(), table.schema(), Status.DELETING, Set.of());
        return new Step(state.with(deleting), List.of(row(deleting)), new Done(deleting));
    }

    private Step closed(CatalogueState state, Closed closed) {
        var table = state.byId().get(closed.table());
        if (table == null || table.active() || table.closed().contains(closed.group())) {
            return new Step(state, List.of(), new Noted());
        }
        var groups = new HashSet<>(table.closed());
        groups.add(closed.group());
        if (groups.size() == shards) {
            return new Step(
                    state.without(table),
                    List.of(new RowChange(CatalogueRows.table(table.schema().name()), null)),
                    new Noted());
        }
        var next = new Table(table.id(), table.schema(), table.status(), groups);
        return new Step(state.with(next), List.of(row(next)), new Noted());
    }

    private static RowChange row(Table table) {
        return new RowChange(CatalogueRows.table(table.schema().name()), CatalogueRows.writeTable(table));
    }

    private static Step refuse(CatalogueState state, ServiceError error) {
        return new Step(state, List.of(), new Refused(error));
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
