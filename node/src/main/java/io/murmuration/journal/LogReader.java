package io.murmuration.journal;

import io.murmuration.consensus.Entry;
import io.murmuration.journal.leveldb.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads entries of the logs that are written to one store, from the disk and whatever the thread. */
final class LogReader {
    private final Pairs pairs;
    private final Consumer<DamagedStoreException> damage;

    /** @param damage is told of an entry that should be there and is not, before the exception is thrown */
    LogReader(Pairs pairs, Consumer<DamagedStoreException> damage) {
        this.pairs = pairs;
        this.damage = damage;
    }

    /** Entries of {@code [from, to)}, up to {@code bytesMax} of payload but at least one; empty if the first is not there. */
    List<Entry> entries(int group, long from, long to, int bytesMax) {
        var entries = new ArrayList<Entry>();
        EntryCodec.@Nullable Stored before = null;
        long size = 0;
        try (var cursor = pairs.scan(StoreKeys.entry(group, from), StoreKeys.entry(group, to), false)) {
            while (cursor.next()) {
                var stored = EntryCodec.decode(cursor.value());
                if (stored.entry().index() != from + entries.size()
                        || (before != null && stored.previousChecksum() != before.checksum())) {
                    throw lost(group, from + entries.size());
                }
                size += stored.entry().payload().length;
                if (size > bytesMax && !entries.isEmpty()) {
                    break;
                }
                entries.add(stored.entry());
                before = stored;
            }
        }
        return entries;
    }

    EntryCodec.@Nullable Stored stored(int group, long index) {
        var record = pairs.get(StoreKeys.entry(group, index));
        return record == null ? null : EntryCodec.decode(record);
    }

    /** The entry should be there: remembers the damage. */
    DamagedStoreException lost(int group, long index) {
        var damaged = new DamagedStoreException("The log of group " + group + " lost its entry " + index + ".");
        damage.accept(damaged);
        return damaged;
    }
}
