package io.murmuration.journal;

import io.murmuration.journal.leveldb.Pairs;
import io.murmuration.journal.leveldb.WriteBatch;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The changes of several groups' logs that become durable together, and what is to be told once they are.
 *
 * <p>Owner: the log store's thread. {@code written} says of each log how far it is written, this batch included.
 */
final class LogBatch {
    /** How far a log is written: its start and its last entry. */
    record Written(LogStart start, long last, int lastChecksum) {}

    private final Pairs pairs;
    private final Map<Integer, Written> written;
    private final WriteBatch changes = new WriteBatch();
    private final Set<Integer> groups = new HashSet<>();
    private final List<Runnable> afterwards = new ArrayList<>();

    private LogBatch(Pairs pairs, Map<Integer, Written> written) {
        this.pairs = pairs;
        this.written = written;
    }

    /** Takes from the front of what waits as much as may become durable together; at least one change. */
    static LogBatch takeFrom(Deque<LogWrite> waiting, Pairs pairs, Map<Integer, Written> written) {
        var batch = new LogBatch(pairs, written);
        for (var next = waiting.peek(); next != null && batch.accepts(next); next = waiting.peek()) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    /** Whether the change may join: one that overwrites reads what is on the disk, so nothing of its log may be on the way there. */
    private boolean accepts(LogWrite write) {
        return !(write instanceof LogWrite.Persist persist)
                || !overwrites(persist)
                || !groups.contains(persist.log().group());
    }

    private void add(LogWrite write) {
        groups.add(write.log().group());
        switch (write) {
            case LogWrite.Persist persist -> add(persist);
            case LogWrite.Truncate truncate -> add(truncate);
            case LogWrite.Reset reset -> add(reset);
            case LogWrite.Cure cure -> {
                changes.put(StoreKeys.key(cure.log().group(), StoreKeys.CURED), LogStoreCodec.encode(1));
                afterwards.add(cure.log()::wasCured);
                afterwards.add(cure.durable());
            }
        }
    }

    /** Writes and syncs; the store's failures come out of here. */
    void write(long number) {
        changes.put(StoreKeys.BATCH, LogStoreCodec.encode(number));
        pairs.write(changes, true);
    }

    /** Tells the logs and then the callers, in the order of the calls. */
    void report() {
        afterwards.forEach(Runnable::run);
    }

    private boolean overwrites(LogWrite.Persist persist) {
        return !persist.append().isEmpty()
                && persist.append().getFirst().index() <= written(persist.log()).last();
    }

    private void add(LogWrite.Persist persist) {
        int group = persist.log().group();
        if (persist.hardState() != null) {
            changes.put(StoreKeys.key(group, StoreKeys.HARD_STATE), LogStoreCodec.encode(persist.hardState()));
        }
        if (!persist.append().isEmpty()) {
            var before = written(persist.log());
            int checksum = checksumBefore(group, persist.append().getFirst().index(), before);
            var stored = new ArrayList<EntryCodec.Stored>(persist.append().size());
            for (var entry : persist.append()) {
                var record = EntryCodec.encode(entry, checksum);
                changes.put(StoreKeys.entry(group, entry.index()), record);
                int previous = checksum;
                checksum = SealedRecord.checksumOf(record);
                stored.add(new EntryCodec.Stored(entry, previous, checksum));
            }
            long last = persist.append().getLast().index();
            deleteEntries(group, last + 1, before.last());
            written.put(group, new Written(before.start(), last, checksum));
            afterwards.add(() -> persist.log().appended(stored));
        }
        afterwards.add(persist.durable());
    }

    private void add(LogWrite.Truncate truncate) {
        int group = truncate.log().group();
        var before = written(truncate.log());
        var start = truncate.start();
        deleteEntries(group, before.start().index() + 1, start.index());
        changes.put(StoreKeys.key(group, StoreKeys.LOG_START), LogStoreCodec.encode(start));
        boolean emptied = before.last() == start.index();
        written.put(group, new Written(start, before.last(), emptied ? start.checksum() : before.lastChecksum()));
    }

    private void add(LogWrite.Reset reset) {
        int group = reset.log().group();
        var before = written(reset.log());
        var start = reset.start();
        deleteEntries(group, before.start().index() + 1, before.last());
        changes.put(StoreKeys.key(group, StoreKeys.HARD_STATE), LogStoreCodec.encode(reset.hardState()));
        changes.put(StoreKeys.key(group, StoreKeys.LOG_START), LogStoreCodec.encode(start));
        written.put(group, new Written(start, start.index(), start.checksum()));
        afterwards.add(() -> reset.log().wasReset(start));
        afterwards.add(reset.durable());
    }

    private int checksumBefore(int group, long index, Written before) {
        if (index == before.last() + 1) {
            return before.lastChecksum();
        }
        if (index == before.start().index() + 1) {
            return before.start().checksum();
        }
        var record = pairs.get(StoreKeys.entry(group, index - 1));
        if (record == null) {
            throw new DamagedStoreException("The log of group " + group + " lost its entry " + (index - 1) + ".");
        }
        return SealedRecord.checksumOf(record);
    }

    private void deleteEntries(int group, long from, long to) {
        for (long index = from; index <= to; index++) {
            changes.delete(StoreKeys.entry(group, index));
        }
    }

    private Written written(GroupLog log) {
        return written.getOrDefault(log.group(), new Written(LogStart.EMPTY, 0, 0));
    }
}
