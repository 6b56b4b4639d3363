package io.murmuration.journal;

import io.murmuration.consensus.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest entries of a log, without gaps, as many as fit the bound; at least the last one. Not safe for use by several threads. */
final class EntryCache {
    private static final int SLOTS_AT_FIRST = 16;

    private final int bytesMax;
    private EntryCodec.@Nullable Stored[] ring = new EntryCodec.@Nullable Stored[SLOTS_AT_FIRST];
    private long first = 1;
    private long next = 1;
    private long bytes;

    EntryCache(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Index of the first entry held; the next to come if none is. */
    long first() {
        return first;
    }

    boolean holds(long index) {
        return index >= first && index < next;
    }

    EntryCodec.Stored get(long index) {
        var stored = ring[slot(index)];
        if (!holds(index) || stored == null) {
            throw new IllegalArgumentException("not in the cache: " + index);
        }
        return stored;
    }

    /** Adds the entry, forgetting those at or after its index, and old ones for want of room. */
    void add(EntryCodec.Stored stored) {
        long index = stored.entry().index();
        if (index > next || index < first) {
            clear(index);
        }
        dropFrom(index);
        if (next - first == ring.length) {
            enlarge();
        }
        ring[slot(index)] = stored;
        next++;
        bytes += sizeBytes(stored);
        while (bytes > bytesMax && next - first > 1) {
            dropUpTo(first);
        }
    }

    void dropFrom(long index) {
        while (next > index && next > first) {
            next--;
            forget(next);
        }
    }

    void dropUpTo(long index) {
        while (first <= index && first < next) {
            forget(first);
            first++;
        }
        if (first == next && first <= index) {
            clear(index + 1);
        }
    }

    /** Forgets everything; the next entry to come has this index. */
    void clear(long nextIndex) {
        Arrays.fill(ring, null);
        first = nextIndex;
        next = nextIndex;
        bytes = 0;
    }

    /** Entries from {@code from}, which is held, up to {@code payloadBytesMax} but at least one. */
    List<Entry> entries(long from, int payloadBytesMax) {
        var entries = new ArrayList<Entry>();
        long size = 0;
        for (long index = from; index < next; index++) {
            var entry = get(index).entry();
            size += entry.payload().length;
            if (size > payloadBytesMax && !entries.isEmpty()) {
                break;
            }
            entries.add(entry);
        }
        return entries;
    }

    private void forget(long index) {
        int slot = slot(index);
        var stored = ring[slot];
        if (stored != null) {
            bytes -= sizeBytes(stored);
            ring[slot] = null;
        }
    }

    private void enlarge() {
        var larger = new EntryCodec.@Nullable Stored[ring.length * 2];
        for (long index = first; index < next; index++) {
            larger[(int) (index & (larger.length - 1))] = ring[slot(index)];
        }
        ring = larger;
    }

    private int slot(long index) {
        return (int) (index & (ring.length - 1));
    }

    private static long sizeBytes(EntryCodec.Stored stored) {
        return stored.entry().payload().length + 64L;
    }
}
