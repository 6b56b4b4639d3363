package io.murmuration.table;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.Query;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.protocol.table.operation.TableRequest.Scan;
import io.murmuration.protocol.table.operation.TableRequest.Select;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests over few keys, so that they meet. */
final class RandomRequests {
    private static final int PARTITIONS = 4;
    private static final int SORTS = 6;
    private static final List<ReturnValues> RETURN_VALUES = List.of(ReturnValues.values());

    private final Random random;
    private final String table;

    RandomRequests(Random random, String table) {
        this.random = random;
        this.table = table;
    }

    TableRequest next() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> put();
            case 5, 6, 7, 8, 9, 10 -> update();
            case 11, 12 -> delete();
            case 13, 14 ->
                new TableRequest.GetItem(table, key(), random.nextBoolean(), ExpressionTexts.NONE, ReturnCapacity.NONE);
            case 15, 16, 17 -> query();
            case 18 -> random.nextBoolean() ? batchWrite() : batchGet();
            default -> scan();
        };
    }

    private TableRequest put() {
        var values = new HashMap<String, AttributeValue>();
        var condition = condition(values);
        return new TableRequest.PutItem(
                table, item(), texts(condition, null, values), allOldOrNone(), false, ReturnCapacity.NONE);
    }

    private TableRequest delete() {
        var values = new HashMap<String, AttributeValue>();
        var condition = condition(values);
        return new TableRequest.DeleteItem(
                table, key(), texts(condition, null, values), allOldOrNone(), false, ReturnCapacity.NONE);
    }

    private TableRequest update() {
        var values = new HashMap<String, AttributeValue>();
        var condition = condition(values);
        var update =
                switch (random.nextInt(3)) {
                    case 0 -> {
                        values.put(":v", value());
                        yield "SET v = :v";
                    }
                    case 1 -> {
                        values.put(":n", number(random.nextInt(20) - 10));
                        yield "ADD n :n";
                    }
                    default -> "REMOVE v";
                };
        var returnValues = RETURN_VALUES.get(random.nextInt(RETURN_VALUES.size()));
        return new TableRequest.UpdateItem(
                table, key(), texts(condition, update, values), returnValues, false, ReturnCapacity.NONE);
    }

    private TableRequest query() {
        var values = new HashMap<String, AttributeValue>();
        values.put(":p", partition());
        var condition =
                switch (random.nextInt(4)) {
                    case 0 -> "p = :p";
                    case 1 -> {
                        values.put(":a", sort());
                        yield "p = :p AND s >= :a";
                    }
                    case 2 -> {
                        values.put(":a", sort());
                        yield "p = :p AND s < :a";
                    }
                    default -> {
                        var from = random.nextInt(SORTS);
                        values.put(":a", number(from - 2));
                        values.put(":b", number(from - 2 + random.nextInt(SORTS)));
                        yield "p = :p AND s BETWEEN :a AND :b";
                    }
                };
        var filter = random.nextInt(3) == 0 ? "attribute_exists(v)" : null;
        var texts = new ExpressionTexts(null, null, condition, filter, null, null, null, values);
        return new Query(
                table,
                null,
                texts,
                Select.ALL_ATTRIBUTES,
                limit(),
                random.nextBoolean(),
                random.nextBoolean(),
                null,
                ReturnCapacity.NONE);
    }

    private TableRequest scan() {
        return new Scan(
                table,
                null,
                ExpressionTexts.NONE,
                Select.ALL_ATTRIBUTES,
                limit(),
                random.nextBoolean(),
                null,
                0,
                1 + random.nextInt(5),
                ReturnCapacity.NONE);
    }

    private TableRequest batchWrite() {
        var writes = new ArrayList<TableRequest.Write>();
        for (var key : keys()) {
            if (random.nextBoolean()) {
                writes.add(new TableRequest.Write.Delete(key));
            } else {
                var item = new HashMap<>(key);
                item.put("v", value());
                writes.add(new TableRequest.Write.Put(item));
            }
        }
        return new TableRequest.BatchWriteItem(
                List.of(new TableRequest.WritesOfTable(table, table, writes)), ReturnCapacity.NONE);
    }

    private TableRequest batchGet() {
        return new TableRequest.BatchGetItem(
                List.of(new TableRequest.KeysOfTable(
                        table, table, List.copyOf(keys()), random.nextBoolean(), ExpressionTexts.NONE)),
                ReturnCapacity.NONE);
    }

    private Set<Map<String, AttributeValue>> keys() {
        var keys = new HashSet<Map<String, AttributeValue>>();
        for (var i = 1 + random.nextInt(8); i > 0; i--) {
            keys.add(key());
        }
        return keys;
    }

    private @Nullable String condition(Map<String, AttributeValue> values) {
        return switch (random.nextInt(6)) {
            case 0 -> "attribute_not_exists(p)";
            case 1 -> "attribute_exists(p)";
            case 2 -> {
                values.put(":old", value());
                yield "v = :old";
            }
            default -> null;
        };
    }

    private static ExpressionTexts texts(
            @Nullable String condition, @Nullable String update, Map<String, AttributeValue> values) {
        return new ExpressionTexts(condition, update, null, null, null, null, null, values.isEmpty() ? null : values);
    }

    private Map<String, AttributeValue> item() {
        var item = new HashMap<>(key());
        if (random.nextInt(4) > 0) {
            item.put("v", value());
        }
        if (random.nextInt(4) == 0) {
            item.put("n", number(random.nextInt(100)));
        }
        return item;
    }

    private Map<String, AttributeValue> key() {
        return Map.of("p", partition(), "s", sort());
    }

    private AttributeValue partition() {
        return new S("partition-" + random.nextInt(PARTITIONS));
    }

    private AttributeValue sort() {
        return number(random.nextInt(SORTS) - 2);
    }

    private AttributeValue value() {
        return new S("v" + random.nextInt(3));
    }

    private ReturnValues allOldOrNone() {
        return random.nextBoolean() ? ReturnValues.ALL_OLD : ReturnValues.NONE;
    }

    private int limit() {
        return random.nextBoolean() ? TableRequest.NO_LIMIT : 1 + random.nextInt(4);
    }

    private static AttributeValue number(long value) {
        return new N(DynamoNumber.of(value));
    }

    static Query from(Query query, Map<String, AttributeValue> startKey) {
        return new Query(
                query.table(),
                query.index(),
                query.expressions(),
                query.select(),
                query.limit(),
                query.consistent(),
                query.forward(),
                startKey,
                query.returnCapacity());
    }

    static Scan from(Scan scan, Map<String, AttributeValue> startKey) {
        return scan(scan, startKey, scan.segment());
    }

    static Scan segment(Scan scan, int segment) {
        return scan(scan, scan.startKey(), segment);
    }

    private static Scan scan(Scan scan, @Nullable Map<String, AttributeValue> startKey, int segment) {
        return new Scan(
                scan.table(),
                scan.index(),
                scan.expressions(),
                scan.select(),
                scan.limit(),
                scan.consistent(),
                startKey,
                segment,
                scan.segments(),
                scan.returnCapacity());
    }
}
