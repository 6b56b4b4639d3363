package io.murmuration.table;

import io.murmuration.base.Clock;
import io.murmuration.protocol.table.KeyRules;
import io.murmuration.protocol.table.operation.CapacityRules;
import io.murmuration.protocol.table.operation.ConsumedCapacity;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.GetItem;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.table.partition.Outcome;
import io.murmuration.table.partition.PartitionHash;
import io.murmuration.table.partition.RowKeys;
import io.murmuration.table.partition.StoredItem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Answers requests: compiles and checks them here, and brings them to the leaders of their shards. */
final class TableService implements Tables {
    private static final long ENDPOINT_CACHE_MINUTES = 1_440;

    private final TableDirectory directory;
    private final Partitions partitions;
    private final PageReads pages;
    private final BatchGets batchGets;
    private final BatchWrites batchWrites;
    private final TableSettings settings;
    private final Clock clock;

    TableService(TableDirectory directory, Partitions partitions, TableSettings settings, Clock clock) {
        this.directory = directory;
        this.partitions = partitions;
        this.pages = new PageReads(directory, partitions);
        this.batchGets = new BatchGets(directory, partitions);
        this.batchWrites = new BatchWrites(directory, partitions, clock);
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public CompletionStage<TableReply> answer(TableRequest request, long deadlineNanos) {
        var share = partitions.openShare();
        return answer(request, deadlineNanos, share).whenComplete((reply, failure) -> share.close());
    }

    @Override
    public <R> CompletionStage<R> answer(
            TableRequest request, long deadlineNanos, Function<TableReply, R> use, Executor on) {
        var share = partitions.openShare();
        return answer(request, deadlineNanos, share)
                .thenApplyAsync(use, on)
                .whenComplete((used, failure) -> share.close());
    }

    private CompletionStage<TableReply> answer(TableRequest request, long deadlineNanos, ReadBudget.Share share) {
        var patient = clock.nanos() + settings.patience().toNanos();
        try {
            return dispatch(request, deadlineNanos - patient < 0 ? deadlineNanos : patient, share);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private CompletionStage<TableReply> dispatch(TableRequest request, long deadlineNanos, ReadBudget.Share share) {
        return switch (request) {
            case TableRequest.CreateTable create -> directory.create(create, deadlineNanos);
            case TableRequest.DescribeTable describe -> directory.describe(describe, deadlineNanos);
            case TableRequest.DeleteTable delete -> directory.delete(delete, deadlineNanos);
            case TableRequest.ListTables list -> CompletableFuture.completedFuture(directory.list(list));
            case TableRequest.DescribeLimits limits ->
                CompletableFuture.completedFuture(TableReply.LimitsDescribed.DEFAULT);
            case TableRequest.DescribeEndpoints endpoints ->
                CompletableFuture.completedFuture(
                        new TableReply.EndpointsDescribed(settings.endpoint(), ENDPOINT_CACHE_MINUTES));
            case TableRequest.PutItem put ->
                write(CompiledWrite.of(put), put.table(), put.returnCapacity(), deadlineNanos);
            case TableRequest.UpdateItem update ->
                write(CompiledWrite.of(update), update.table(), update.returnCapacity(), deadlineNanos);
            case TableRequest.DeleteItem delete ->
                write(CompiledWrite.of(delete), delete.table(), delete.returnCapacity(), deadlineNanos);
            case GetItem get -> get(get, deadlineNanos, share);
            case TableRequest.Query query -> pages.query(query, deadlineNanos, share);
            case TableRequest.Scan scan -> pages.scan(scan, deadlineNanos, share);
            case TableRequest.BatchGetItem batch -> batchGets.read(batch, deadlineNanos, share);
            case TableRequest.BatchWriteItem batch -> batchWrites.write(batch, deadlineNanos);
        };
    }

    private CompletionStage<TableReply> write(
            CompiledWrite compiled, String name, ReturnCapacity returnCapacity, long deadlineNanos) {
        return directory.with(name, deadlineNanos, table -> {
            var write = compiled.on(table, clock.millis());
            var group = PartitionHash.group(write.hash(), partitions.shards());
            return partitions.write(table, group, List.of(write), deadlineNanos).thenApply(answers -> Answers.written(
                            compiled.request(), answers.getFirst())
                    .map(written -> reply(written, name, returnCapacity)));
        });
    }

    private static TableReply reply(Outcome.Written written, String table, ReturnCapacity returnCapacity) {
        var units = CapacityRules.write(written.sizeBefore(), written.sizeAfter());
        return new TableReply.ItemWritten(written.attributes(), ConsumedCapacity.of(returnCapacity, table, units));
    }

    private CompletionStage<TableReply> get(GetItem get, long deadlineNanos, ReadBudget.Share share) {
        var projection = CompiledProjection.of(get.expressions());
        return directory.with(get.table(), deadlineNanos, table -> {
            projection.check(table);
            KeyRules.checkKey(table.schema(), get.key());
            var rowKey = RowKeys.item(table.id(), table.schema(), get.key());
            var group = PartitionHash.group(RowKeys.hashOf(rowKey), partitions.shards());
            return partitions
                    .read(group, get.consistent(), new Read.Single(table.id(), List.of(rowKey)), deadlineNanos, share)
                    .thenApply(answer -> Answers.page(answer).map(page -> reply(get, projection, page)));
        });
    }

    private static TableReply reply(GetItem get, CompiledProjection projection, Read.Page page) {
        var stored = page.rows().isEmpty()
                ? null
                : StoredItem.read(page.rows().getFirst().value());
        var units = CapacityRules.read(stored == null ? 0 : stored.sizeBytes(), get.consistent());
        return new TableReply.ItemRead(
                stored == null ? null : projection.of(stored.item()),
                ConsumedCapacity.of(get.returnCapacity(), get.table(), units));
    }
}
