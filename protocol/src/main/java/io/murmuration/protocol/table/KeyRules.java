package io.murmuration.protocol.table;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue.B;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether keys and items fit a table's key schema. Messages are DynamoDB's. */
public final class KeyRules {
    public static final int PARTITION_KEY_BYTES_MAX = 2048;
    public static final int SORT_KEY_BYTES_MAX = 1024;

    private KeyRules() {}

    /** Checks the key of an item to be put. */
    public static void checkItem(TableSchema table, Map<String, AttributeValue> item) {
        for (var key : table.keyAttributes()) {
            var value = item.get(key.name());
            if (value == null) {
                throw invalid("Missing the key " + key.name() + " in the item");
            }
            if (!key.type().is(value)) {
                throw invalid("Type mismatch for key " + key.name() + " expected: " + key.type() + " actual: "
                        + value.type());
            }
            checkValue(table, key, value);
        }
    }

    /** Checks a key given to read, update or delete an item. */
    public static void checkKey(TableSchema table, Map<String, AttributeValue> key) {
        if (key.size() != table.keyAttributes().size()) {
            throw doesNotMatch();
        }
        for (var attribute : table.keyAttributes()) {
            var value = key.get(attribute.name());
            if (value == null || !attribute.type().is(value)) {
                throw doesNotMatch();
            }
            checkValue(table, attribute, value);
        }
    }

    /** Checks the key at which a query or scan shall go on. */
    public static void checkStartKey(TableSchema table, Map<String, AttributeValue> key) {
        try {
            checkKey(table, key);
        } catch (ServiceException refused) {
            throw ServiceException.validation(
                    "The provided starting key is invalid: " + refused.error().message());
        }
    }

    /** The item's key; the item has passed {@link #checkItem}. */
    public static Map<String, AttributeValue> keyOf(TableSchema table, Map<String, AttributeValue> item) {
        var key = LinkedHashMap.<String, AttributeValue>newLinkedHashMap(2);
        for (var attribute : table.keyAttributes()) {
            var value = item.get(attribute.name());
            if (value == null) {
                throw new IllegalArgumentException("an unchecked item lacks its key " + attribute.name());
            }
            key.put(attribute.name(), value);
        }
        return Collections.unmodifiableMap(key);
    }

    /** Refuses an index name: there are no secondary indexes. */
    public static ServiceException noSuchIndex(String index) {
        return ServiceException.validation("The table does not have the specified index: " + index);
    }

    private static void checkValue(TableSchema table, KeyAttribute key, AttributeValue value) {
        var bytes =
                switch (value) {
                    case S s -> Utf8.length(s.value());
                    case B b -> b.value().length();
                    default -> 1;
                };
        if (bytes == 0) {
            throw ServiceException.validation(
                    "One or more parameter values are not valid. The AttributeValue for a key "
                            + "attribute cannot contain an empty " + (key.type() == KeyType.S ? "string" : "binary")
                            + " value. Key: " + key.name());
        }
        if (key.equals(table.partitionKey())) {
            if (bytes > PARTITION_KEY_BYTES_MAX) {
                // The missing blank is DynamoDB's.
                throw invalid("Size of hashkey has exceeded the maximum size limit of2048 bytes");
            }
        } else if (bytes > SORT_KEY_BYTES_MAX) {
            throw invalid("Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
        }
    }

    private static ServiceException doesNotMatch() {
        return ServiceException.validation("The provided key element does not match the schema");
    }

    private static ServiceException invalid(String problem) {
        return ServiceException.validation("One or more parameter values were invalid: " + problem);
    }
}
