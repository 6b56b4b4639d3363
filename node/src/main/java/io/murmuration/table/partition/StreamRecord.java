package io.murmuration.table.partition;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.ItemCodec;
import io.murmuration.protocol.table.ItemSize;
import io.murmuration.protocol.table.StreamView;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of an item, as the table's stream tells it; a row of the partition, written with the change. The row: a version byte, the time (8 bytes,
 * epoch milliseconds), the size as DynamoDB counts it (4 bytes), the change and what the view shows (a byte each), then the key and the images, each a length (4
 * bytes, -1 for none) and an item. It begins as the row of an item does, so that pages of both are measured alike.
 *
 * @param newImage null if the view does not show it, or the item was removed
 * @param oldImage null if the view does not show it, or the item was inserted
 */
public record StreamRecord(
        long millis,
        int sizeBytes,
        Change change,
        StreamView view,
        Map<String, AttributeValue> key,
        @Nullable Map<String, AttributeValue> newImage,
        @Nullable Map<String, AttributeValue> oldImage) {
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 1 + Long.BYTES + Integer.BYTES + 2;
    private static final int NONE = -1;
    private static final int NEW_IMAGE = 1;
    private static final int OLD_IMAGE = 2;

    /** As on the wire. */
    public enum Change {
        INSERT(1),
        MODIFY(2),
        REMOVE(3);

        private final int stored;

        Change(int stored) {
            this.stored = stored;
        }

        private static Change of(int stored) {
            for (var change : values()) {
                if (change.stored == stored) {
                    return change;
                }
            }
            throw new IllegalArgumentException("unknown change in a stored stream record: " + stored);
        }
    }

    /** Of a change that made a difference: the item before and after, null where there was none. */
    static StreamRecord of(
            Intent.Recording recording,
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> after) {
        var item = after == null ? before : after;
        if (item == null) {
            throw new IllegalArgumentException("nothing was changed");
        }
        var key = new LinkedHashMap<String, AttributeValue>();
        recording.keyNames().forEach(name -> key.put(name, value(item, name)));
        var newImage = recording.view().showsNewImage() ? after : null;
        var oldImage = recording.view().showsOldImage() ? before : null;
        var size = ItemSize.of(key)
                + (newImage == null ? 0 : ItemSize.of(newImage))
                + (oldImage == null ? 0 : ItemSize.of(oldImage));
        var change = before == null ? Change.INSERT : after == null ? Change.REMOVE : Change.MODIFY;
        return new StreamRecord(recording.millis(), size, change, recording.view(), key, newImage, oldImage);
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String name) {
        var value = item.get(name);
        if (value == null) {
            throw new IllegalArgumentException("an item without its key attribute " + name);
        }
        return value;
    }

    byte[] toBytes() {
        var keyBytes = ItemCodec.encode(key);
        var newBytes = newImage == null ? null : ItemCodec.encode(newImage);
        var oldBytes = oldImage == null ? null : ItemCodec.encode(oldImage);
        var to = ByteBuffer.allocate(HEAD_BYTES + length(keyBytes) + length(newBytes) + length(oldBytes))
                .put(VERSION)
                .putLong(millis)
                .putInt(sizeBytes)
                .put((byte) change.stored)
                .put(stored(view));
        put(to, keyBytes);
        put(to, newBytes);
        put(to, oldBytes);
        return to.array();
    }

    public static StreamRecord read(byte[] row) {
        var from = ByteBuffer.wrap(row);
        var version = from.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a stored stream record: " + version);
        }
        var millis = from.getLong();
        var size = from.getInt();
        var change = Change.of(from.get());
        var view = view(from.get());
        var key = take(from);
        if (key == null) {
            throw new IllegalArgumentException("a stored stream record without a key");
        }
        return new StreamRecord(millis, size, change, view, key, take(from), take(from));
    }

    /** The time of a row's record without decoding it. */
    static long millisOf(byte[] row) {
        return ByteBuffer.wrap(row).getLong(1);
    }

    private static byte stored(StreamView view) {
        return (byte) ((view.showsNewImage() ? NEW_IMAGE : 0) | (view.showsOldImage() ? OLD_IMAGE : 0));
    }

    private static StreamView view(byte stored) {
        for (var view : StreamView.values()) {
            if (stored(view) == stored) {
                return view;
            }
        }
        throw new IllegalArgumentException("unknown view in a stored stream record: " + stored);
    }

    private static int length(byte @Nullable [] item) {
        return Integer.BYTES + (item == null ? 0 : item.length);
    }

    private static void put(ByteBuffer to, byte @Nullable [] item) {
        to.putInt(item == null ? NONE : item.length);
        if (item != null) {
            to.put(item);
        }
    }

    private static @Nullable Map<String, AttributeValue> take(ByteBuffer from) {
        var length = from.getInt();
        if (length == NONE) {
            return null;
        }
        var item = ItemCodec.decode(from.slice(from.position(), length));
        from.position(from.position() + length);
        return item;
    }
}
