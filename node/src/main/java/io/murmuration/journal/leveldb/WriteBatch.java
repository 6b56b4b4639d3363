package io.murmuration.journal.leveldb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes that reach a LevelDB together or not at all; of two changes of one key the later wins. For one thread. */
public final class WriteBatch {
    /** A key with its new value, or null to delete it. */
    @SuppressWarnings("ArrayRecordComponent") // only carries the arrays, is never compared
    public record Change(byte[] key, byte @Nullable [] value) {}

    private final List<Change> changes = new ArrayList<>();
    private long sizeBytes;

    public void put(byte[] key, byte[] value) {
        changes.add(new Change(key, value));
        sizeBytes += key.length + value.length;
    }

    public void delete(byte[] key) {
        changes.add(new Change(key, null));
        sizeBytes += key.length;
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Bytes of the keys and values. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** In the order in which they were added. */
    public List<Change> changes() {
        return changes;
    }
}
