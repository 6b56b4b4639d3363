package io.murmuration.protocol.table.json;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.ItemSize;
import io.murmuration.protocol.table.json.AttributeValueReader.Values;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.BatchGetItem;
import io.murmuration.protocol.table.operation.TableRequest.BatchWriteItem;
import io.murmuration.protocol.table.operation.TableRequest.KeysOfTable;
import io.murmuration.protocol.table.operation.TableRequest.Write;
import io.murmuration.protocol.table.operation.TableRequest.WritesOfTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads batches, and checks them in DynamoDB's order. */
final class BatchRequestReader {
    private static final int KEYS_MAX = 100;
    private static final int WRITES_MAX = 25;
    private static final String WRITES = "java.util.List<com.amazonaws.dynamodb.v20120810.WriteRequest>";

    private static final Set<String> KEYS_AND_ATTRIBUTES =
            Set.of("AttributesToGet", "ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames");
    private static final Set<String> BESIDES_ITEMS = Set.of("ReturnConsumedCapacity", "ReturnItemCollectionMetrics");
    private static final ExpressionParameters OF_GET =
            new ExpressionParameters(List.of("ProjectionExpression"), List.of("AttributesToGet"));

    private BatchRequestReader() {}

    /** What is asked of one table. */
    private static final class KeysMembers {
        final RequestMembers members;

        @Nullable
        List<Values> keys;

        KeysMembers(RequestMembers members) {
            this.members = members;
        }
    }

    /** One element of a list of writes; a proper one has exactly one of the two. */
    private static final class WriteMembers {
        boolean put;
        boolean delete;

        @Nullable
        Values item;

        @Nullable
        Values key;
    }

    static TableRequest get(JsonInput in) throws IOException {
        var members = new RequestMembers(in);
        var tables = new LinkedHashMap<String, KeysMembers>();
        var given = new boolean[1];
        in.document("BatchGetItemInput", name -> {
            if (name.equals("RequestItems")) {
                given[0] = in.entries("KeysAndAttributes", table -> tables.put(table, keysOfTable(in)));
                return true;
            }
            return name.equals("ReturnConsumedCapacity") && members.member(name);
        });
        var constraints = new Constraints();
        ItemRequestReader.checkCapacity(constraints, members);
        checkTables(constraints, given[0], tables, "BatchGetItem");
        tables.forEach((table, asked) -> checkKeys(constraints, "requestItems." + table + ".member", table, asked));
        constraints.check();
        var count = tables.values().stream()
                .mapToInt(asked -> ItemRequestReader.required(asked.keys).size())
                .sum();
        var read = new ArrayList<KeysOfTable>(tables.size());
        for (var entry : tables.entrySet()) {
            read.add(keysOfTable(entry.getKey(), entry.getValue()));
        }
        if (count > KEYS_MAX) {
            throw ServiceException.validation("Too many items requested for the BatchGetItem call");
        }
        checkNoTableTwice(read.stream().map(KeysOfTable::table).toList());
        return new BatchGetItem(Collections.unmodifiableList(read), ItemRequestReader.capacity(members));
    }

    private static KeysMembers keysOfTable(JsonInput in) throws IOException {
        var asked = new KeysMembers(new RequestMembers(in));
        in.element("KeysAndAttributes", name -> {
            if (name.equals("Keys")) {
                var keys = new ArrayList<Values>();
                in.elements(() -> {
                    var key = AttributeValueReader.read(in);
                    keys.add(key == null ? new Values(Map.of(), null, "") : key);
                });
                asked.keys = keys;
                return true;
            }
            return KEYS_AND_ATTRIBUTES.contains(name) && asked.members.member(name);
        });
        return asked;
    }

    private static void checkKeys(Constraints constraints, String path, String table, KeysMembers asked) {
        constraints.notNull(path + ".keys", asked.keys);
        var keys = asked.keys == null ? List.of() : asked.keys;
        constraints.lengthAtLeast(path + ".keys", asked.keys, keys.size(), 1);
        if (keys.size() > KEYS_MAX) {
            constraints.violateWithoutValue(
                    "RequestItems." + table + ".member.Keys",
                    "Member must have length less than or equal to " + KEYS_MAX);
        }
        ItemRequestReader.checkAttributesToGet(constraints, path + ".attributesToGet", asked.members.attributesToGet);
    }

    private static KeysOfTable keysOfTable(String writtenAs, KeysMembers asked) {
        OF_GET.check(asked.members);
        ExpressionParameters.checkDuplicates(asked.members.attributesToGet);
        var expressions = ExpressionParameters.texts(asked.members);
        var keys = new ArrayList<Map<String, AttributeValue>>();
        var seen = new HashSet<Map<String, AttributeValue>>();
        for (var values : ItemRequestReader.required(asked.keys)) {
            var key = values.checked();
            if (!seen.add(key)) {
                throw ServiceException.validation("Provided list of item keys contains duplicates");
            }
            keys.add(key);
        }
        return new KeysOfTable(
                TableNames.nameOf(writtenAs),
                writtenAs,
                Collections.unmodifiableList(keys),
                Boolean.TRUE.equals(asked.members.consistent),
                expressions);
    }

    static TableRequest write(JsonInput in) throws IOException {
        var members = new RequestMembers(in);
        var tables = new LinkedHashMap<String, List<WriteMembers>>();
        var given = new boolean[1];
        in.document("BatchWriteItemInput", name -> {
            if (name.equals("RequestItems")) {
                given[0] = in.entries(WRITES, table -> tables.put(table, writesOfTable(in)));
                return true;
            }
            return BESIDES_ITEMS.contains(name) && members.member(name);
        });
        var constraints = new Constraints();
        ItemRequestReader.checkCapacity(constraints, members);
        constraints.oneOf("returnItemCollectionMetrics", members.returnMetrics, "SIZE", "NONE");
        checkTables(constraints, given[0], tables, "BatchWriteItem");
        tables.forEach((table, writes) -> checkWrites(constraints, table, writes));
        constraints.check();
        var read = new ArrayList<WritesOfTable>(tables.size());
        for (var entry : tables.entrySet()) {
            var writes = new ArrayList<Write>();
            for (var write : entry.getValue()) {
                writes.add(write(write));
            }
            read.add(new WritesOfTable(
                    TableNames.nameOf(entry.getKey()), entry.getKey(), Collections.unmodifiableList(writes)));
        }
        if (read.stream().mapToInt(table -> table.writes().size()).sum() > WRITES_MAX) {
            throw ServiceException.validation("Too many items requested for the BatchWriteItem call");
        }
        checkNoTableTwice(read.stream().map(WritesOfTable::table).toList());
        return new BatchWriteItem(Collections.unmodifiableList(read), ItemRequestReader.capacity(members));
    }

    private static List<WriteMembers> writesOfTable(JsonInput in) throws IOException {
        var writes = new ArrayList<WriteMembers>();
        in.elements(() -> {
            var write = new WriteMembers();
            in.element("WriteRequest", name -> switch (name) {
                case "PutRequest" -> {
                    write.put = in.field("PutRequest", member -> {
                        if (member.equals("Item")) {
                            write.item = AttributeValueReader.read(in);
                        }
                        return member.equals("Item");
                    });
                    yield true;
                }
                case "DeleteRequest" -> {
                    write.delete = in.field("DeleteRequest", member -> {
                        if (member.equals("Key")) {
                            write.key = AttributeValueReader.read(in);
                        }
                        return member.equals("Key");
                    });
                    yield true;
                }
                default -> false;
            });
            writes.add(write);
        });
        return writes;
    }

    private static void checkWrites(Constraints constraints, String table, List<WriteMembers> writes) {
        if (writes.isEmpty() || writes.size() > WRITES_MAX) {
            constraints.violate(
                    "'{" + table + "=[" + writes.size() + " x WriteRequest]}'",
                    "requestItems",
                    "Map value must satisfy constraint: [Member must have length less than or equal to " + WRITES_MAX
                            + ", Member must have length greater than or equal to 1]");
        }
        for (var i = 0; i < writes.size(); i++) {
            var path = "requestItems." + table + ".member." + (i + 1) + ".member.";
            var write = writes.get(i);
            if (write.put) {
                constraints.notNull(path + "putRequest.item", write.item);
            }
            if (write.delete) {
                constraints.notNull(path + "deleteRequest.key", write.key);
            }
        }
    }

    private static Write write(WriteMembers write) {
        if (write.put == write.delete) {
            // So DynamoDB says also when there is none.
            throw ServiceException.validation("Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes");
        }
        if (write.delete) {
            return new Write.Delete(ItemRequestReader.required(write.key).checked());
        }
        var item = ItemRequestReader.required(write.item).checked();
        ItemSize.checkPut(item);
        return new Write.Put(item);
    }

    private static void checkTables(Constraints constraints, boolean given, Map<String, ?> tables, String operation) {
        if (!given) {
            constraints.notNull("requestItems", null);
        } else if (tables.isEmpty()) {
            throw ServiceException.validation("The requestItems parameter is required for " + operation);
        }
        var names = new HashSet<String>();
        tables.keySet().forEach(table -> names.add(TableNames.nameOf(table)));
        constraints.names("requestItems", names, tables.keySet());
    }

    /** A table may be written as its name or its ARN, but not as both. */
    private static void checkNoTableTwice(List<String> tables) {
        if (new HashSet<>(tables).size() < tables.size()) {
            throw ServiceException.validation("Provided list of table names contains duplicates");
        }
    }
}
