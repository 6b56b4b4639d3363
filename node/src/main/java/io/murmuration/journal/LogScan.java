package io.murmuration.journal;

import io.murmuration.consensus.HardState;
import io.murmuration.journal.leveldb.Cursor;
import io.murmuration.journal.leveldb.Pairs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole log store at its start: every record's checksum, every group's chain. Keeps the newest entries in the logs' caches.
 */
final class LogScan {
    private final Pairs pairs;
    private final LogReader reader;
    private final Consumer<LogWrite> writes;
    private final int cacheBytes;
    private final boolean begunAnew;
    private final Map<Integer, GroupLog> logs = new HashMap<>();
    private final Map<Integer, LogBatch.Written> written = new HashMap<>();

    /** The parameters but the first are those of the logs that it makes. */
    LogScan(Pairs pairs, LogReader reader, Consumer<LogWrite> writes, int cacheBytes, boolean begunAnew) {
        this.pairs = pairs;
        this.reader = reader;
        this.writes = writes;
        this.cacheBytes = cacheBytes;
        this.begunAnew = begunAnew;
    }

    /** Number of the last batch that the store holds, 0 if there is none. */
    static long batchNumber(Pairs pairs) {
        var record = pairs.get(StoreKeys.BATCH);
        return record == null ? 0 : LogStoreCodec.number(record);
    }

    /** Throws if the store ends before the batch that is known to have been synced. */
    static void requireSynced(long batchNumber, long synced) {
        if (batchNumber < synced) {
            throw new DamagedStoreException("The log store ends at batch " + batchNumber + " and had synced batch "
                    + synced + ": the last appends and votes of this node are lost.");
        }
    }

    Map<Integer, GroupLog> logs() {
        return logs;
    }

    Map<Integer, LogBatch.Written> written() {
        return written;
    }

    void run() {
        try (var cursor = pairs.scanOnce(StoreKeys.key(0, 0), StoreKeys.key(StoreKeys.WHOLE_STORE, 0))) {
            boolean more = cursor.next();
            while (more) {
                more = readGroup(StoreKeys.group(cursor.key()), cursor);
            }
        }
    }

    /** Stands on a group's first pair, and leaves on the next group's; false at the end. */
    private boolean readGroup(int group, Cursor cursor) {
        var hardState = HardState.NEW;
        var start = LogStart.EMPTY;
        boolean more = true;
        for (; more && isOf(group, cursor) && StoreKeys.kind(cursor.key()) < StoreKeys.ENTRY; more = cursor.next()) {
            if (StoreKeys.kind(cursor.key()) == StoreKeys.HARD_STATE) {
                hardState = LogStoreCodec.hardState(cursor.value());
            } else {
                start = LogStoreCodec.logStart(cursor.value());
            }
        }
        var log = new GroupLog(group, reader, writes, hardState, start, cacheBytes, begunAnew);
        long last = start.index();
        int checksum = start.checksum();
        for (; more && isOf(group, cursor) && StoreKeys.kind(cursor.key()) == StoreKeys.ENTRY; more = cursor.next()) {
            var stored = follow(group, cursor, last, checksum);
            log.appended(List.of(stored));
            last = stored.entry().index();
            checksum = stored.checksum();
        }
        if (more && isOf(group, cursor) && StoreKeys.kind(cursor.key()) == StoreKeys.CURED) {
            log.wasCured();
            more = cursor.next();
        }
        if (more && isOf(group, cursor)) {
            throw new DamagedStoreException("The log of group " + group + " holds a record of an unknown kind.");
        }
        logs.put(group, log);
        written.put(group, new LogBatch.Written(start, last, checksum));
        return more;
    }

    private static EntryCodec.Stored follow(int group, Cursor cursor, long last, int checksum) {
        EntryCodec.Stored stored;
        try {
            stored = EntryCodec.decode(cursor.value());
        } catch (DamagedStoreException e) {
            throw lost(group, last + 1, e);
        }
        long index = stored.entry().index();
        if (index != last + 1 || index != StoreKeys.entryIndex(cursor.key()) || stored.previousChecksum() != checksum) {
            throw lost(group, last + 1, null);
        }
        return stored;
    }

    private static DamagedStoreException lost(int group, long from, @Nullable DamagedStoreException cause) {
        return new DamagedStoreException("The log of group " + group + " is lost from entry " + from + " on.", cause);
    }

    private static boolean isOf(int group, Cursor cursor) {
        return StoreKeys.group(cursor.key()) == group;
    }
}
