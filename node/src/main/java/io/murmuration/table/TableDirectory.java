package io.murmuration.table;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.Catalogue;
import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.journal.Journal;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.operation.TableErrors;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableReply.TableDescription;
import io.murmuration.protocol.table.operation.TableReply.TableDescription.Status;
import io.murmuration.protocol.table.operation.TableRequest.CreateTable;
import io.murmuration.protocol.table.operation.TableRequest.DeleteTable;
import io.murmuration.protocol.table.operation.TableRequest.DescribeTable;
import io.murmuration.protocol.table.operation.TableRequest.ListTables;
import io.murmuration.table.partition.PartitionState;
import io.murmuration.table.partition.RowKeys;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Operations on tables as such, and finding a table by name. */
final class TableDirectory {
    private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long RANDOM_VERSION = 0x4000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Catalogue catalogue;
    private final Journal journal;
    private final TableSettings settings;
    private final Clock clock;
    private final Chance chance;
    private final Executor reads;

    TableDirectory(
            Catalogue catalogue, Journal journal, TableSettings settings, Clock clock, Chance chance, Executor reads) {
        this.catalogue = catalogue;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
        this.chance = chance;
        this.reads = reads;
    }

    CompletionStage<TableReply> create(CreateTable request, long deadlineNanos) {
        return catalogue
                .create(request.schema(randomId(), clock.millis()), deadlineNanos)
                .thenApply(table -> new TableReply.TableCreated(describe(table, Status.CREATING, Counts.NONE)));
    }

    CompletionStage<TableReply> describe(DescribeTable request, long deadlineNanos) {
        return described(request.table(), deadlineNanos)
                .thenApplyAsync(
                        table -> new TableReply.TableDescribed(
                                describe(table, table.active() ? Status.ACTIVE : Status.DELETING, count(table))),
                        reads);
    }

    /** Whoever waits for the end of a deletion shall not be told of a view that lags behind it. */
    private CompletionStage<Table> described(String name, long deadlineNanos) {
        var table = active(name);
        return table.isPresent()
                ? CompletableFuture.completedFuture(table.get())
                : catalogue.confirm(deadlineNanos).thenApply(confirmed -> catalogue
                        .table(name)
                        .orElseThrow(() -> new ServiceException(TableErrors.notFound(name))));
    }

    CompletionStage<TableReply> delete(DeleteTable request, long deadlineNanos) {
        return catalogue
                .delete(request.table(), deadlineNanos)
                .thenApplyAsync(
                        table -> new TableReply.TableDeleted(describe(table, Status.DELETING, count(table))), reads);
    }

    TableReply list(ListTables request) {
        var names = catalogue.tableNames(request.after(), request.limit() + 1);
        return names.size() <= request.limit()
                ? new TableReply.TablesListed(names, null)
                : new TableReply.TablesListed(names.subList(0, request.limit()), names.get(request.limit() - 1));
    }

    /**
     * Uses the table of this name.
     *
     * @param use completes empty if the partitions say that the table is gone: it is looked for once more, for another may bear its name
     */
    <R> CompletionStage<R> with(String name, long deadlineNanos, Function<Table, CompletionStage<Optional<R>>> use) {
        return find(name, deadlineNanos)
                .thenCompose(table -> use.apply(table)
                        .thenCompose(used -> used.isPresent()
                                ? CompletableFuture.completedFuture(used)
                                : successor(table, deadlineNanos).thenCompose(use)))
                .thenApply(used -> used.orElseThrow(() -> new ServiceException(Answers.NO_SUCH_TABLE)));
    }

    /** The table that now bears the name of one that its partitions say is gone. */
    CompletionStage<Table> successor(Table gone, long deadlineNanos) {
        return catalogue.confirm(deadlineNanos).thenApply(confirmed -> active(
                        gone.schema().name())
                .filter(table -> table.id() != gone.id())
                .orElseThrow(() -> new ServiceException(Answers.NO_SUCH_TABLE)));
    }

    /** The active table of this name. "Not found" is said only after the catalogue's read barrier. */
    CompletionStage<Table> find(String name, long deadlineNanos) {
        var table = active(name);
        return table.isPresent()
                ? CompletableFuture.completedFuture(table.get())
                : catalogue.confirm(deadlineNanos).thenApply(confirmed -> active(name)
                        .orElseThrow(() -> new ServiceException(Answers.NO_SUCH_TABLE)));
    }

    private Optional<Table> active(String name) {
        return catalogue.table(name).filter(Table::active);
    }

    private record Counts(long items, long sizeBytes) {
        static final Counts NONE = new Counts(0, 0);
    }

    /** Of the replicas on this node, as far as they have applied: what a node does not hold it does not count. */
    private Counts count(Table table) {
        var items = 0L;
        var sizeBytes = 0L;
        for (var group = 1; group < journal.groups(); group++) {
            if (journal.hasReplica(group)) {
                var state = PartitionState.read(journal.rows(group).get(RowKeys.state(table.id())));
                items += state.items();
                sizeBytes += state.sizeBytes();
            }
        }
        return new Counts(items, sizeBytes);
    }

    private TableDescription describe(Table table, Status status, Counts counts) {
        var schema = table.schema();
        return new TableDescription(
                schema, status, settings.arnPrefix() + schema.name(), counts.items(), counts.sizeBytes());
    }

    private String randomId() {
        return new UUID(
                        (chance.nextLong() & VERSION_MASK) | RANDOM_VERSION,
                        (chance.nextLong() & VARIANT_MASK) | VARIANT)
                .toString();
    }
}
