package io.murmuration.journal.entity;

import io.murmuration.journal.RowChange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.apache.pekko.serialization.JSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of {@link BatchDecided}: a version byte, the number of changes, and for each the key's length and bytes, then the value's length
 * (-1 for a deletion) and bytes. Numbers are big-endian 32-bit integers.
 */
public final class BatchDecidedSerializer extends JSerializer {
    private static final byte VERSION = 1;
    private static final int DELETED = -1;

    @Override
    public int identifier() {
        return 7_200_001;
    }

    @Override
    public boolean includeManifest() {
        return false;
    }

    @Override
    public byte[] toBinary(Object event) {
        var changes = ((BatchDecided) event).rowChanges();
        var size = 1 + Integer.BYTES;
        for (var change : changes) {
            size += 2 * Integer.BYTES + change.key().length + lengthOf(change.value());
        }
        var buffer = ByteBuffer.allocate(size).put(VERSION).putInt(changes.size());
        for (var change : changes) {
            buffer.putInt(change.key().length).put(change.key());
            var value = change.value();
            if (value == null) {
                buffer.putInt(DELETED);
            } else {
                buffer.putInt(value.length).put(value);
            }
        }
        return buffer.array();
    }

    @Override
    public Object fromBinaryJava(byte[] bytes, @Nullable Class<?> manifest) {
        var buffer = ByteBuffer.wrap(bytes);
        var version = buffer.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a decided batch: " + version);
        }
        var count = buffer.getInt();
        var changes = new ArrayList<RowChange>(count);
        for (var i = 0; i < count; i++) {
            var key = read(buffer, buffer.getInt());
            var length = buffer.getInt();
            changes.add(new RowChange(key, length == DELETED ? null : read(buffer, length)));
        }
        return new BatchDecided(changes);
    }

    private static byte[] read(ByteBuffer buffer, int length) {
        var bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    private static int lengthOf(byte @Nullable [] value) {
        return value == null ? 0 : value.length;
    }
}
