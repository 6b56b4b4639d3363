package io.murmuration.table;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.TableError;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a table does, in a sorted map and a few lines: it understands only the expressions that {@link RandomRequests} writes. */
final class TableModel {
    private static final Comparator<Map<String, AttributeValue>> BY_KEY = Comparator.comparing(
                    (Map<String, AttributeValue> item) -> ((S) of(item, "p")).value())
            .thenComparing(item -> number(item, "s"));

    private final TreeMap<Map<String, AttributeValue>, Map<String, AttributeValue>> items = new TreeMap<>(BY_KEY);

    static List<Map<String, AttributeValue>> sorted(List<Map<String, AttributeValue>> items) {
        return items.stream().sorted(BY_KEY).toList();
    }

    Object answer(TableRequest request) {
        return switch (request) {
            case TableRequest.PutItem put -> {
                var key = key(put.item());
                var old = items.get(key);
                if (!holds(put.expressions().condition(), put.expressions().values(), old)) {
                    yield failed();
                }
                items.put(key, put.item());
                yield new TableReply.ItemWritten(put.returnValues() == ReturnValues.ALL_OLD ? old : null, null);
            }
            case TableRequest.DeleteItem delete -> {
                var old = items.get(delete.key());
                if (!holds(
                        delete.expressions().condition(), delete.expressions().values(), old)) {
                    yield failed();
                }
                items.remove(delete.key());
                yield new TableReply.ItemWritten(delete.returnValues() == ReturnValues.ALL_OLD ? old : null, null);
            }
            case TableRequest.UpdateItem update -> update(update);
            case TableRequest.GetItem get -> new TableReply.ItemRead(items.get(get.key()), null);
            case TableRequest.BatchGetItem batch -> batchGet(batch);
            case TableRequest.BatchWriteItem batch -> batchWrite(batch);
            case TableRequest.Query query -> query(query);
            case TableRequest.Scan scan -> List.copyOf(items.values());
            default -> throw new IllegalArgumentException("not modelled: " + request);
        };
    }

    private Object update(TableRequest.UpdateItem request) {
        var old = items.get(request.key());
        var values = request.expressions().values();
        if (!holds(request.expressions().condition(), values, old)) {
            return failed();
        }
        var after = new LinkedHashMap<>(old == null ? request.key() : old);
        String touched;
        switch (String.valueOf(request.expressions().update())) {
            case "SET v = :v" -> {
                touched = "v";
                after.put("v", of(values, ":v"));
            }
            case "ADD n :n" -> {
                touched = "n";
                var by = number(values, ":n");
                after.merge(
                        "n",
                        new N(by),
                        (before, added) -> new N(((N) before).value().plus(by)));
            }
            case "REMOVE v" -> {
                touched = "v";
                if (old == null) {
                    return new TableReply.ItemWritten(null, null);
                }
                after.remove("v");
            }
            default -> throw new IllegalArgumentException("not modelled: " + request);
        }
        items.put(request.key(), after);
        return new TableReply.ItemWritten(
                switch (request.returnValues()) {
                    case NONE -> null;
                    case ALL_OLD -> old;
                    case ALL_NEW -> after;
                    case UPDATED_OLD -> only(touched, old);
                    case UPDATED_NEW -> only(touched, after);
                },
                null);
    }

    private static @Nullable Map<String, AttributeValue> only(String name, @Nullable Map<String, AttributeValue> item) {
        return item == null || !item.containsKey(name) ? null : Map.of(name, of(item, name));
    }

    private Object batchGet(TableRequest.BatchGetItem batch) {
        var found = new HashMap<String, List<Map<String, AttributeValue>>>();
        for (var keys : batch.tables()) {
            found.put(
                    keys.writtenAs(),
                    keys.keys().stream()
                            .filter(items::containsKey)
                            .map(items::get)
                            .toList());
        }
        return new TableReply.BatchRead(found, List.of(), List.of());
    }

    private Object batchWrite(TableRequest.BatchWriteItem batch) {
        for (var writes : batch.tables()) {
            for (var write : writes.writes()) {
                switch (write) {
                    case TableRequest.Write.Put put -> items.put(key(put.item()), put.item());
                    case TableRequest.Write.Delete delete -> items.remove(delete.key());
                }
            }
        }
        return new TableReply.BatchWritten(List.of(), List.of());
    }

    private Object query(TableRequest.Query query) {
        var values = query.expressions().values();
        var found = new ArrayList<Map<String, AttributeValue>>();
        for (var item : items.values()) {
            var s = number(item, "s");
            var inRange =
                    switch (String.valueOf(query.expressions().keyCondition())) {
                        case "p = :p" -> true;
                        case "p = :p AND s >= :a" -> s.compareTo(number(values, ":a")) >= 0;
                        case "p = :p AND s < :a" -> s.compareTo(number(values, ":a")) < 0;
                        case "p = :p AND s BETWEEN :a AND :b" ->
                            s.compareTo(number(values, ":a")) >= 0 && s.compareTo(number(values, ":b")) <= 0;
                        default -> throw new IllegalArgumentException("not modelled: " + query);
                    };
            var passes = query.expressions().filter() == null || item.containsKey("v");
            if (inRange && passes && of(item, "p").equals(of(values, ":p"))) {
                found.add(item);
            }
        }
        if (!query.forward()) {
            Collections.reverse(found);
        }
        return found;
    }

    private static DynamoNumber number(@Nullable Map<String, AttributeValue> values, String name) {
        return ((N) of(values, name)).value();
    }

    private static AttributeValue of(@Nullable Map<String, AttributeValue> values, String name) {
        return Objects.requireNonNull(Objects.requireNonNull(values).get(name));
    }

    private static boolean holds(
            @Nullable String condition,
            @Nullable Map<String, AttributeValue> values,
            @Nullable Map<String, AttributeValue> item) {
        return switch (String.valueOf(condition)) {
            case "null" -> true;
            case "attribute_not_exists(p)" -> item == null;
            case "attribute_exists(p)" -> item != null;
            case "v = :old" -> item != null && of(values, ":old").equals(item.get("v"));
            default -> throw new IllegalArgumentException("not modelled: " + condition);
        };
    }

    private static ServiceError failed() {
        return new ServiceError(TableError.CONDITION_FAILED, "The conditional request failed");
    }

    private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
        return Map.of("p", of(item, "p"), "s", of(item, "s"));
    }
}
