package io.murmuration.journal;

import io.murmuration.journal.leveldb.LevelDb;
import io.murmuration.journal.leveldb.WriteBatch;
import org.jspecify.annotations.Nullable;

/** The version of a store's layout, in the store itself. */
final class StoreFormat {
    private static final long VERSION = 1;

    private StoreFormat() {}

    /**
     * Checks the version.
     *
     * @param first what a new store begins with, or null if there must be a store already
     * @throws IllegalStateException if a newer release wrote the store
     */
    static void check(LevelDb db, String what, @Nullable WriteBatch first) {
        var stored = db.get(StoreKeys.FORMAT);
        if (stored != null) {
            long version = LogStoreCodec.number(stored);
            if (version > VERSION) {
                throw new IllegalStateException("The " + what + " has format " + version
                        + ", written by a newer release; this one knows formats up to " + VERSION + ".");
            }
        } else if (first != null) {
            first.put(StoreKeys.FORMAT, LogStoreCodec.encode(VERSION));
            db.write(first, true);
        } else {
            throw new DamagedStoreException("The " + what + " is empty.");
        }
    }
}
