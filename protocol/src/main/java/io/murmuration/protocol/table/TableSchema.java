package io.murmuration.protocol.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a table is, apart from its items and its state.
 *
 * @param id a random UUID that tells tables of the same name apart
 * @param sortKey null if items have a partition key alone
 * @param tags by key, in the order given
 * @param createdMillis epoch milliseconds
 * @param stream what the table's stream shows of each change, null if it has none
 */
public record TableSchema(
        String name,
        String id,
        KeyAttribute partitionKey,
        @Nullable KeyAttribute sortKey,
        Billing billing,
        TableClass tableClass,
        boolean deletionProtection,
        Map<String, String> tags,
        long createdMillis,
        @Nullable StreamView stream) {

    /** Of a table without a stream. */
    public TableSchema(
            String name,
            String id,
            KeyAttribute partitionKey,
            @Nullable KeyAttribute sortKey,
            Billing billing,
            TableClass tableClass,
            boolean deletionProtection,
            Map<String, String> tags,
            long createdMillis) {
        this(name, id, partitionKey, sortKey, billing, tableClass, deletionProtection, tags, createdMillis, null);
    }

    /** The same with a stream that shows this, or without one. */
    public TableSchema withStream(@Nullable StreamView view) {
        return new TableSchema(
                name, id, partitionKey, sortKey, billing, tableClass, deletionProtection, tags, createdMillis, view);
    }

    /** A key attribute's name and type. */
    public record KeyAttribute(String name, KeyType type) {}

    /** How capacity is paid for. A table that is paid by request provisions 0 units of both kinds. */
    public record Billing(Mode mode, long readUnits, long writeUnits) {
        public static final Billing BY_REQUEST = new Billing(Mode.PAY_PER_REQUEST, 0, 0);

        /** As on the wire. */
        public enum Mode {
            PROVISIONED,
            PAY_PER_REQUEST
        }
    }

    /** As on the wire; it changes prices only. */
    public enum TableClass {
        STANDARD,
        STANDARD_INFREQUENT_ACCESS
    }

    /** The partition key and, if there is one, the sort key. */
    public List<KeyAttribute> keyAttributes() {
        return sortKey == null ? List.of(partitionKey) : List.of(partitionKey, sortKey);
    }

    public boolean isKey(String attribute) {
        return partitionKey.name().equals(attribute)
                || (sortKey != null && sortKey.name().equals(attribute));
    }

    /** The names of {@link #keyAttributes()}. */
    public List<String> keyNames() {
        var names = new ArrayList<String>(2);
        keyAttributes().forEach(key -> names.add(key.name()));
        return names;
    }
}
