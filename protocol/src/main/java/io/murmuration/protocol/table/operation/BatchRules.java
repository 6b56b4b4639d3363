package io.murmuration.protocol.table.operation;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.KeyRules;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.operation.TableRequest.KeysOfTable;
import io.murmuration.protocol.table.operation.TableRequest.Write;
import io.murmuration.protocol.table.operation.TableRequest.WritesOfTable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a batch fits its tables. Messages are DynamoDB's. */
public final class BatchRules {
    private BatchRules() {}

    /** Checks the keys to read of one table. */
    public static void check(TableSchema table, KeysOfTable asked) {
        asked.keys().forEach(key -> KeyRules.checkKey(table, key));
    }

    /** Checks the writes to one table: their keys, and that no two are of one item. */
    public static void check(TableSchema table, WritesOfTable writes) {
        var keys = new HashSet<Map<String, AttributeValue>>();
        for (var write : writes.writes()) {
            var key =
                    switch (write) {
                        case Write.Put put -> keyPartOf(table, put.item());
                        case Write.Delete delete -> delete.key();
                    };
            // In a batch, a key that is missing or of the wrong type is told of an item in the same words as of a key.
            KeyRules.checkKey(table, key);
            if (!keys.add(key)) {
                throw ServiceException.validation("Provided list of item keys contains duplicates");
            }
        }
    }

    private static Map<String, AttributeValue> keyPartOf(TableSchema table, Map<String, AttributeValue> item) {
        var key = new LinkedHashMap<String, AttributeValue>();
        for (var name : table.keyNames()) {
            var value = item.get(name);
            if (value != null) {
                key.put(name, value);
            }
        }
        return key;
    }
}
