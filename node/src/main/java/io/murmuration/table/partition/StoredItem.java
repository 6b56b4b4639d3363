package io.murmuration.table.partition;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.ItemCodec;
import io.murmuration.protocol.table.ItemSize;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The value of an item's row: a version byte, the revision (8 bytes), the item's size as DynamoDB counts it (4 bytes) and the item.
 *
 * @param revision the partition's number of this change; grows with every change of the item, also over its deletion
 */
public record StoredItem(long revision, int sizeBytes, Map<String, AttributeValue> item) {
    private static final byte VERSION = 1;
    private static final int SIZE_AT = 1 + Long.BYTES;
    private static final int ITEM_AT = SIZE_AT + Integer.BYTES;

    static StoredItem of(long revision, Map<String, AttributeValue> item) {
        return new StoredItem(revision, ItemSize.of(item), item);
    }

    byte[] toBytes() {
        var encoded = ItemCodec.encode(item);
        return ByteBuffer.allocate(ITEM_AT + encoded.length)
                .put(VERSION)
                .putLong(revision)
                .putInt(sizeBytes)
                .put(encoded)
                .array();
    }

    public static StoredItem read(byte[] row) {
        var buffer = checked(row);
        return new StoredItem(buffer.getLong(1), buffer.getInt(SIZE_AT), ItemCodec.decode(buffer.position(ITEM_AT)));
    }

    /** The size of a row's item without decoding it. */
    public static int sizeOf(byte[] row) {
        return checked(row).getInt(SIZE_AT);
    }

    private static ByteBuffer checked(byte[] row) {
        if (row[0] != VERSION) {
            throw new IllegalArgumentException("unknown version of a stored row: " + row[0]);
        }
        return ByteBuffer.wrap(row);
    }
}
