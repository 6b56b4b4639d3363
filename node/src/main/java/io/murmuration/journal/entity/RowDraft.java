package io.murmuration.journal.entity;

import io.murmuration.journal.RowChange;
import io.murmuration.journal.Rows;
import io.murmuration.protocol.table.Binary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows as a batch leaves them so far: the stored ones, and over them what the batch has changed. Of one batch. */
public final class RowDraft {
    private final Rows rows;
    private final Map<Binary, RowChange> changed = new LinkedHashMap<>();
    private long bytes;

    public RowDraft(Rows rows) {
        this.rows = rows;
    }

    /** The row's value; null if there is none. */
    public byte @Nullable [] get(byte[] key) {
        var change = changed.get(new Binary(key));
        return change == null ? rows.get(key) : change.value();
    }

    /** @param value null removes the row */
    public void put(byte[] key, byte @Nullable [] value) {
        var replaced = changed.put(new Binary(key), new RowChange(key, value));
        bytes += weight(key, value) - (replaced == null ? 0 : weight(key, replaced.value()));
    }

    /** Size of the changes so far. */
    public long bytes() {
        return bytes;
    }

    /** Each changed row once, empty if there are none. */
    public List<RowChange> changes() {
        return new ArrayList<>(changed.values());
    }

    private static int weight(byte[] key, byte @Nullable [] value) {
        return key.length + (value == null ? 0 : value.length);
    }
}
