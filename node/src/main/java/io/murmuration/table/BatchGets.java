package io.murmuration.table;

import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.journal.entity.Answer;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.Binary;
import io.murmuration.protocol.table.operation.BatchRules;
import io.murmuration.protocol.table.operation.CapacityRules;
import io.murmuration.protocol.table.operation.ConsumedCapacity;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest.BatchGetItem;
import io.murmuration.protocol.table.operation.TableRequest.KeysOfTable;
import io.murmuration.table.partition.PartitionHash;
import io.murmuration.table.partition.RowKeys;
import io.murmuration.table.partition.StoredItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * BatchGetItem: each shard is asked for all of its keys at once. What a shard could not answer is unprocessed, and so is what is left once enough for one
 * reply was gathered.
 */
final class BatchGets {
    private static final long REPLY_BYTES_MAX = 16L << 20;

    private final TableDirectory directory;
    private final Partitions partitions;

    BatchGets(TableDirectory directory, Partitions partitions) {
        this.directory = directory;
        this.partitions = partitions;
    }

    /** What one group answered: the rows by key, and why not all of them. */
    private record Part(
            Map<Binary, byte[]> rows,
            List<Binary> unread,
            @Nullable ServiceError error) {}

    /** What all parts of one batch have in common. */
    private record Gathering(AtomicLong bytes, long deadlineNanos, ReadBudget.Share share) {}

    /** One table's keys, in the client's order, and what was found of them. */
    private record Found(
            KeysOfTable asked,
            CompiledProjection projection,
            Map<Binary, Map<String, AttributeValue>> keys,
            Part part) {}

    CompletionStage<TableReply> read(BatchGetItem batch, long deadlineNanos, ReadBudget.Share share) {
        var gathering = new Gathering(new AtomicLong(), deadlineNanos, share);
        var projections = batch.tables().stream()
                .map(keys -> CompiledProjection.of(keys.expressions()))
                .toList();
        var reading = new ArrayList<CompletableFuture<Found>>();
        for (var i = 0; i < projections.size(); i++) {
            var asked = batch.tables().get(i);
            var projection = projections.get(i);
            reading.add(directory
                    .with(asked.table(), deadlineNanos, table -> read(table, asked, projection, gathering))
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(reading.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> reply(
                        batch,
                        reading.stream().map(CompletableFuture::resultNow).toList()));
    }

    private CompletionStage<Optional<Found>> read(
            Table table, KeysOfTable asked, CompiledProjection projection, Gathering gathering) {
        projection.check(table);
        var keys = new LinkedHashMap<Binary, Map<String, AttributeValue>>();
        var byGroup = new TreeMap<Integer, List<byte[]>>();
        BatchRules.check(table.schema(), asked);
        for (var key : asked.keys()) {
            var rowKey = RowKeys.item(table.id(), table.schema(), key);
            keys.put(new Binary(rowKey), key);
            byGroup.computeIfAbsent(
                            PartitionHash.group(RowKeys.hashOf(rowKey), partitions.shards()),
                            group -> new ArrayList<>())
                    .add(rowKey);
        }
        var reading = new ArrayList<CompletableFuture<Optional<Part>>>();
        byGroup.forEach((group, rowKeys) ->
                reading.add(readAll(table, group, asked.consistent(), rowKeys, new HashMap<>(), gathering)
                        .toCompletableFuture()));
        return CompletableFuture.allOf(reading.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    var parts =
                            reading.stream().map(CompletableFuture::resultNow).toList();
                    return parts.stream().allMatch(Optional::isPresent)
                            ? Optional.of(new Found(
                                    asked,
                                    projection,
                                    keys,
                                    together(parts.stream()
                                            .map(Optional::orElseThrow)
                                            .toList())))
                            : Optional.empty();
                });
    }

    /** Reads one group's keys, a page after the other; empty if the table is gone. */
    private CompletionStage<Optional<Part>> readAll(
            Table table,
            int group,
            boolean consistent,
            List<byte[]> rowKeys,
            Map<Binary, byte[]> found,
            Gathering gathering) {
        if (gathering.bytes().get() >= REPLY_BYTES_MAX) {
            return CompletableFuture.completedFuture(Optional.of(new Part(found, binaries(rowKeys), null)));
        }
        var single = new Read.Single(table.id(), rowKeys);
        return partitions
                .read(group, consistent, single, gathering.deadlineNanos(), gathering.share())
                .thenCompose(answer -> {
                    if (answer instanceof Answer.NotApplied<Read.Found> unread) {
                        return CompletableFuture.completedFuture(
                                Optional.of(new Part(found, binaries(rowKeys), unread.error())));
                    }
                    var page = Answers.page(answer);
                    if (page.isEmpty()) {
                        return CompletableFuture.completedFuture(Optional.empty());
                    }
                    page.get().rows().forEach(row -> found.put(new Binary(row.key()), row.value()));
                    gathering.bytes().addAndGet(PageWalk.sizeOf(page.get().rows()));
                    return page.get().complete()
                            ? CompletableFuture.completedFuture(Optional.of(new Part(found, List.of(), null)))
                            : readAll(
                                    table,
                                    group,
                                    consistent,
                                    rowKeys.subList(page.get().examined(), rowKeys.size()),
                                    found,
                                    gathering);
                });
    }

    private static List<Binary> binaries(List<byte[]> rowKeys) {
        return rowKeys.stream().map(Binary::new).toList();
    }

    private static Part together(List<Part> parts) {
        var rows = new HashMap<Binary, byte[]>();
        var unread = new ArrayList<Binary>();
        ServiceError error = null;
        for (var part : parts) {
            rows.putAll(part.rows());
            unread.addAll(part.unread());
            error = part.error() == null ? error : part.error();
        }
        return new Part(rows, unread, error);
    }

    private static TableReply reply(BatchGetItem batch, List<Found> tables) {
        var found = new LinkedHashMap<String, List<Map<String, AttributeValue>>>();
        var unprocessed = new ArrayList<KeysOfTable>();
        var capacity = new ArrayList<ConsumedCapacity>();
        var bytes = 0L;
        var processed = 0;
        ServiceError error = null;
        for (var table : tables) {
            var items = new ArrayList<Map<String, AttributeValue>>();
            var left = new ArrayList<Map<String, AttributeValue>>();
            var units = 0.0;
            error = table.part().error() == null ? error : table.part().error();
            for (var key : table.keys().entrySet()) {
                var row = table.part().rows().get(key.getKey());
                var size = row == null ? 0 : StoredItem.sizeOf(row);
                if (table.part().unread().contains(key.getKey()) || bytes + size > REPLY_BYTES_MAX) {
                    left.add(key.getValue());
                    continue;
                }
                processed++;
                bytes += size;
                units += CapacityRules.read(size, table.asked().consistent());
                if (row != null) {
                    items.add(table.projection().of(StoredItem.read(row).item()));
                }
            }
            found.put(table.asked().writtenAs(), items);
            if (!left.isEmpty()) {
                unprocessed.add(only(table.asked(), left));
            }
            var consumed =
                    ConsumedCapacity.of(batch.returnCapacity(), table.asked().table(), units);
            if (consumed != null) {
                capacity.add(consumed);
            }
        }
        if (processed == 0 && error != null) {
            throw new ServiceException(error);
        }
        return new TableReply.BatchRead(found, unprocessed, capacity);
    }

    private static KeysOfTable only(KeysOfTable asked, List<Map<String, AttributeValue>> keys) {
        return new KeysOfTable(asked.table(), asked.writtenAs(), keys, asked.consistent(), asked.expressions());
    }
}
