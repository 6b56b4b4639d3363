package io.murmuration.table.partition;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.KeyBytes;
import io.murmuration.protocol.table.TableSchema;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys of the rows of tables in a group. Stored; numbers are big-endian and unsigned:
 *
 * <pre>
 * 't' | table id, 8 bytes | hash of the partition key, 8 bytes | partition key | sort key     an item
 * 'p' | table id, 8 bytes                                                                     the state of a partition
 * 's' | table id, 8 bytes | revision, 8 bytes                                                 a record of the table's stream
 * </pre>
 *
 * Key attributes are written as {@link KeyBytes}, which delimit themselves.
 */
public final class RowKeys {
    private static final byte ITEM = 't';
    private static final byte STATE = 'p';
    private static final byte RECORD = 's';
    private static final int TABLE_BYTES = 1 + Long.BYTES;

    private RowKeys() {}

    /** The key of the item with these key attributes, which have been checked. */
    public static byte[] item(long table, TableSchema schema, Map<String, AttributeValue> key) {
        var partitionKey = keyBytes(key, schema.partitionKey());
        var sort = schema.sortKey();
        var sortKey = sort == null ? new byte[0] : keyBytes(key, sort);
        return buffer(table, PartitionHash.of(partitionKey), partitionKey.length + sortKey.length)
                .put(partitionKey)
                .put(sortKey)
                .array();
    }

    /** What the keys of all items with this partition key begin with. */
    public static byte[] collection(long table, byte[] partitionKey) {
        return buffer(table, PartitionHash.of(partitionKey), partitionKey.length)
                .put(partitionKey)
                .array();
    }

    /** The least key of items whose hash is at least this one. */
    public static byte[] hash(long table, long hash) {
        return buffer(table, hash, 0).array();
    }

    /** What the keys of all items of the table begin with. */
    public static byte[] items(long table) {
        return ByteBuffer.allocate(TABLE_BYTES).put(ITEM).putLong(table).array();
    }

    /** The hash in an item's key. */
    public static long hashOf(byte[] itemKey) {
        return ByteBuffer.wrap(itemKey).getLong(TABLE_BYTES);
    }

    public static byte[] state(long table) {
        return ByteBuffer.allocate(TABLE_BYTES).put(STATE).putLong(table).array();
    }

    /** Where the states of all partitions of a group begin, and where they end. */
    public static byte[] statesFrom() {
        return new byte[] {STATE};
    }

    public static byte[] statesTo() {
        return new byte[] {STATE + 1};
    }

    /** The table id in the key of a state. */
    public static long tableOfState(byte[] stateKey) {
        return ByteBuffer.wrap(stateKey).getLong(1);
    }

    /** The record of the partition's change with this revision, which is the record's sequence number in the group. */
    public static byte[] streamRecord(long table, long revision) {
        return ByteBuffer.allocate(TABLE_BYTES + Long.BYTES)
                .put(RECORD)
                .putLong(table)
                .putLong(revision)
                .array();
    }

    /** The revision in the key of a record. */
    public static long revisionOf(byte[] recordKey) {
        return ByteBuffer.wrap(recordKey).getLong(TABLE_BYTES);
    }

    /** Where the stream's records of a table begin; they end where those of the next id do. */
    public static byte[] streamRecords(long table) {
        return ByteBuffer.allocate(TABLE_BYTES).put(RECORD).putLong(table).array();
    }

    /** The least key after this one. */
    public static byte[] next(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private static byte[] keyBytes(Map<String, AttributeValue> key, TableSchema.KeyAttribute attribute) {
        @Nullable AttributeValue value = key.get(attribute.name());
        if (value == null) {
            throw new IllegalArgumentException("an unchecked key lacks " + attribute.name());
        }
        return KeyBytes.encode(value);
    }

    private static ByteBuffer buffer(long table, long hash, int rest) {
        return ByteBuffer.allocate(TABLE_BYTES + Long.BYTES + rest)
                .put(ITEM)
                .putLong(table)
                .putLong(hash);
    }
}
