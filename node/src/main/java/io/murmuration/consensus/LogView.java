package io.murmuration.consensus;

import java.util.List;

/**
 * The durable part of a replica's log, as the core reads it. Together with the entries that the core still holds because they are not yet
 * reported durable it is the whole log. Reading has no effect and the answer depends only on what the core had persisted before.
 */
public interface LogView {
    /** Index of the first entry kept; the one before it is covered by the state store. At least 1. */
    long firstIndex();

    /** Index of the last durable entry, {@code firstIndex() - 1} if there is none. */
    long lastIndex();

    /** Term of the entry at {@code index}, which lies in {@code [firstIndex() - 1, lastIndex()]}; term 0 at index 0. */
    long term(long index);

    /** Entries from {@code from} on, up to {@code bytesMax} of payload but at least one; empty if {@code from > lastIndex()}. */
    List<Entry> entries(long from, int bytesMax);
}
