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
import org.jspecify.annotations.Nullable;

/** BatchGetItem: each shard is asked for all of its keys at once. What a shard could not answer is unprocessed. */
final class BatchGets {
    private static final long REPLY_BYTES_MAX = 16L << 20;

    private final TableDirectory directory;
    private final Partitions partitions;

    BatchGets(TableDirectory directory, Partitions partitions) {
        this.directory = directory;
        this.partitions = partitions;
    }

    /** What one group answered: the rows by key, and why not all of them. */
    private record Share(
            Map<Binary, StoredItem> items,
            List<Binary> unread,
            @Nullable ServiceError error) {}

    /** One table's keys, in the client's order, and what was found of them. */
    private record Found(
            KeysOfTable asked,
            CompiledProjection projection,
            Map<Binary, Map<String, AttributeValue>> keys,
            Share share) {}

    CompletionStage<TableReply> read(BatchGetItem batch, long deadlineNanos) {
        var projections = batch.tables().stream()
                .map(keys -> CompiledProjection.of(keys.expressions()))
                .toList();
        var reading = new ArrayList<CompletableFuture<Found>>();
        for (var i = 0; i < projections.size(); i++) {
            var asked = batch.tables().get(i);
            var projection = projections.get(i);
            reading.add(directory
                    .with(asked.table(), deadlineNanos, table -> read(table, asked, projection, deadlineNanos))
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(reading.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> reply(
                        batch,
                        reading.stream().map(CompletableFuture::resultNow).toList()));
    }

    private CompletionStage<Optional<Found>> read(
            Table table, KeysOfTable asked, CompiledProjection projection, long deadlineNanos) {
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
        var reading = new ArrayList<CompletableFuture<Optional<Share>>>();
        byGroup.forEach((group, rowKeys) ->
                reading.add(readAll(table, group, asked.consistent(), rowKeys, new HashMap<>(), deadlineNanos)
                        .toCompletableFuture()));
        return CompletableFuture.allOf(reading.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    var shares =
                            reading.stream().map(CompletableFuture::resultNow).toList();
                    return shares.stream().allMatch(Optional::isPresent)
                            ? Optional.of(new Found(
                                    asked,
                                    projection,
                                    keys,
                                    together(shares.stream()
                                            .map(Optional::orElseThrow)
                                            .toList())))
                            : Optional.empty();
                });
    }

    /** Reads one group's keys, a page after the other; empty if the table is gone. */
    private CompletionStage<Optional<Share>> readAll(
            Table table,
            int group,
            boolean consistent,
            List<byte[]> rowKeys,
            Map<Binary, StoredItem> found,
            long deadlineNanos) {
        return partitions
                .read(group, consistent, new Read.Single(table.id(), rowKeys), deadlineNanos)
                .thenCompose(answer -> {
                    if (answer instanceof Answer.NotApplied<Read.Found> unread) {
                        var left = rowKeys.stream().map(Binary::new).toList();
                        return CompletableFuture.completedFuture(Optional.of(new Share(found, left, unread.error())));
                    }
                    var page = Answers.page(answer);
                    if (page.isEmpty()) {
                        return CompletableFuture.completedFuture(Optional.empty());
                    }
                    page.get().rows().forEach(row -> found.put(new Binary(row.key()), StoredItem.read(row.value())));
                    return page.get().complete()
                            ? CompletableFuture.completedFuture(Optional.of(new Share(found, List.of(), null)))
                            : readAll(
                                    table,
                                    group,
                                    consistent,
                                    rowKeys.subList(page.get().examined(), rowKeys.size()),
                                    found,
                                    deadlineNanos);
                });
    }

    private static Share together(List<Share> shares) {
        var items = new HashMap<Binary, StoredItem>();
        var unread = new ArrayList<Binary>();
        ServiceError error = null;
        for (var share : shares) {
            items.putAll(share.items());
            unread.addAll(share.unread());
            error = share.error() == null ? error : share.error();
        }
        return new Share(items, unread, error);
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
            error = table.share().error() == null ? error : table.share().error();
            for (var key : table.keys().entrySet()) {
                var item = table.share().items().get(key.getKey());
                var size = item == null ? 0 : item.sizeBytes();
                if (table.share().unread().contains(key.getKey()) || bytes + size > REPLY_BYTES_MAX) {
                    left.add(key.getValue());
                    continue;
                }
                processed++;
                bytes += size;
                units += CapacityRules.read(size, table.asked().consistent());
                if (item != null) {
                    items.add(table.projection().of(item.item()));
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
