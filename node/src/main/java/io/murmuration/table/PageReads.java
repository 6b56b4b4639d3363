package io.murmuration.table;

import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.KeyBytes;
import io.murmuration.protocol.table.KeyRules;
import io.murmuration.protocol.table.expression.Condition;
import io.murmuration.protocol.table.expression.Expressions;
import io.murmuration.protocol.table.expression.KeyRange;
import io.murmuration.protocol.table.expression.Placeholders;
import io.murmuration.protocol.table.operation.CapacityRules;
import io.murmuration.protocol.table.operation.ConsumedCapacity;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest.Query;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.Scan;
import io.murmuration.protocol.table.operation.TableRequest.Select;
import io.murmuration.table.partition.PartitionHash;
import io.murmuration.table.partition.RowKeys;
import io.murmuration.table.partition.StoredItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Query and Scan: a page of a range of rows, filtered and projected here. */
final class PageReads {
    private final TableDirectory directory;
    private final Partitions partitions;

    PageReads(TableDirectory directory, Partitions partitions) {
        this.directory = directory;
        this.partitions = partitions;
    }

    /** What becomes of the rows of a page. */
    private record Shape(
            @Nullable Condition filter,
            CompiledProjection projection,
            Select select,
            boolean consistent,
            String table,
            ReturnCapacity returnCapacity) {
        void check(Table at, @Nullable String index) {
            if (index != null) {
                throw KeyRules.noSuchIndex(index);
            }
            if (filter != null) {
                filter.requireScalarKeys(at.schema().keyNames(), "Key");
            }
            projection.check(at);
        }

        TableReply.ItemsRead of(Table at, Read.Page page) {
            var items = new ArrayList<Map<String, AttributeValue>>();
            var count = 0;
            Map<String, AttributeValue> last = null;
            for (var row : page.rows()) {
                var item = StoredItem.read(row.value()).item();
                last = item;
                if (filter == null || filter.holds(item)) {
                    count++;
                    if (select != Select.COUNT) {
                        items.add(projection.of(item));
                    }
                }
            }
            var units = CapacityRules.read(PageWalk.sizeOf(page.rows()), consistent);
            return new TableReply.ItemsRead(
                    select == Select.COUNT ? null : items,
                    count,
                    page.rows().size(),
                    page.complete() || last == null ? null : KeyRules.keyOf(at.schema(), last),
                    ConsumedCapacity.of(returnCapacity, table, units));
        }
    }

    CompletionStage<TableReply> query(Query query, long deadlineNanos, ReadBudget.Share share) {
        var texts = query.expressions();
        var placeholders = Placeholders.of(texts.names(), texts.values());
        if (texts.keyCondition() == null) {
            throw ServiceException.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        var keyCondition = Expressions.keyCondition(texts.keyCondition(), placeholders);
        var filter = filter(texts, placeholders);
        var shape = new Shape(
                filter,
                CompiledProjection.of(texts, placeholders),
                query.select(),
                query.consistent(),
                query.table(),
                query.returnCapacity());
        keyCondition.requireShape();
        return directory.with(query.table(), deadlineNanos, table -> {
            shape.check(table, query.index());
            var schema = table.schema();
            var range = keyCondition.on(schema.partitionKey(), schema.sortKey());
            if (filter != null) {
                filter.refuseKeyAttributes(schema.keyNames());
            }
            return page(queryWalk(query, table, range, deadlineNanos, share), table, shape);
        });
    }

    private PageWalk queryWalk(Query query, Table table, KeyRange range, long deadlineNanos, ReadBudget.Share share) {
        var collection = RowKeys.collection(table.id(), KeyBytes.encode(range.partition()));
        var to = range.sort().to();
        var group = PartitionHash.group(RowKeys.hashOf(collection), partitions.shards());
        var walk = new PageWalk(
                partitions,
                table.id(),
                concat(collection, range.sort().from()),
                to.length == 0 ? KeyBytes.after(collection) : concat(collection, to),
                group,
                group,
                !query.forward(),
                query.consistent(),
                query.limit(),
                deadlineNanos,
                share);
        var startKey = query.startKey();
        return startKey == null ? walk : walk.after(startRow(table, range, collection, startKey));
    }

    private static byte[] startRow(
            Table table, KeyRange range, byte[] collection, Map<String, AttributeValue> startKey) {
        KeyRules.checkStartKey(table.schema(), startKey);
        var row = RowKeys.item(table.id(), table.schema(), startKey);
        if (!startsWith(row, collection)) {
            throw ServiceException.validation(
                    "The provided starting key is outside query boundaries based on provided conditions");
        }
        var sortKey = table.schema().sortKey();
        var sort = sortKey == null ? null : startKey.get(sortKey.name());
        if (sort != null && !range.sort().contains(sort)) {
            throw ServiceException.validation("The provided starting key does not match the range key predicate");
        }
        return row;
    }

    CompletionStage<TableReply> scan(Scan scan, long deadlineNanos, ReadBudget.Share share) {
        var texts = scan.expressions();
        var placeholders = Placeholders.of(texts.names(), texts.values());
        var shape = new Shape(
                filter(texts, placeholders),
                CompiledProjection.of(texts, placeholders),
                scan.select(),
                scan.consistent(),
                scan.table(),
                scan.returnCapacity());
        return directory.with(scan.table(), deadlineNanos, table -> {
            shape.check(table, scan.index());
            return page(scanWalk(scan, table, deadlineNanos, share), table, shape);
        });
    }

    private PageWalk scanWalk(Scan scan, Table table, long deadlineNanos, ReadBudget.Share share) {
        var isLast = scan.segment() + 1 == scan.segments();
        var first = PartitionHash.first(scan.segment(), scan.segments());
        var end = isLast ? 0 : PartitionHash.first(scan.segment() + 1, scan.segments());
        var startKey = scan.startKey();
        var start = startKey == null ? null : startRow(scan, table, first, end - 1, startKey);
        var walk = new PageWalk(
                partitions,
                table.id(),
                RowKeys.hash(table.id(), first),
                isLast ? RowKeys.items(table.id() + 1) : RowKeys.hash(table.id(), end),
                PartitionHash.group(start == null ? first : RowKeys.hashOf(start), partitions.shards()),
                PartitionHash.group(end - 1, partitions.shards()),
                false,
                scan.consistent(),
                scan.limit(),
                deadlineNanos,
                share);
        return start == null ? walk : walk.after(start);
    }

    /** @param last the last hash of the segment */
    private static byte[] startRow(
            Scan scan, Table table, long first, long last, Map<String, AttributeValue> startKey) {
        KeyRules.checkStartKey(table.schema(), startKey);
        var row = RowKeys.item(table.id(), table.schema(), startKey);
        var hash = RowKeys.hashOf(row);
        if (Long.compareUnsigned(hash, first) < 0 || Long.compareUnsigned(hash, last) > 0) {
            throw ServiceException.validation("The provided starting key is invalid: Invalid ExclusiveStartKey. "
                    + "Please use ExclusiveStartKey with correct Segment. TotalSegments: " + scan.segments()
                    + " Segment: " + scan.segment());
        }
        return row;
    }

    private static CompletionStage<Optional<TableReply>> page(PageWalk walk, Table table, Shape shape) {
        if (Arrays.compareUnsigned(walk.from(), walk.to()) >= 0) {
            return CompletableFuture.completedFuture(
                    Optional.of(shape.of(table, new Read.Page(List.of(), 0, Read.End.COMPLETE))));
        }
        return walk.read().thenApply(found -> found.map(page -> shape.of(table, page)));
    }

    private static @Nullable Condition filter(ExpressionTexts texts, Placeholders placeholders) {
        return texts.filter() == null ? null : Expressions.condition(Expressions.FILTER, texts.filter(), placeholders);
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        var both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
