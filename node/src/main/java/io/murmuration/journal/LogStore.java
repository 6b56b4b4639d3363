package io.murmuration.journal;

import io.murmuration.consensus.HardState;
import io.murmuration.journal.leveldb.LevelDb;
import io.murmuration.journal.leveldb.LevelDbOptions;
import io.murmuration.journal.leveldb.WriteBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs and hard states of all groups of a node, in one LevelDB, written by one thread (docs/safety.md, rule 12).
 *
 * <p>Owner: the node, for as long as it runs.
 * <p>Invariants: every batch is synced before it is reported, before the next is written, and before its number goes to the high-water file.
 * <p>Failure: a failed write or sync halts the process. Damage is found at the start, by reading everything:
 * <ul>
 *   <li>any record, entry or table that is wrong, missing or out of its chain: always;
 *   <li>batches missing from the end, though they were synced: whenever the high-water file is newer than the log. After a killed process that file is
 *       exact, so whatever was cut off is found. After a power failure it may be older than the log, by what the system had not yet written back
 *       of it (seconds): then batches of that time, lost afterwards by other means than the failure itself, pass for
 *       never acknowledged. Two faults of one node within seconds are needed for that, and the other replicas still hold what was lost.
 *   <li>a log and a high-water file that were both put back to an earlier state, as from a backup: never.
 * </ul>
 * What was written and not yet synced when the process ended was acknowledged to nobody, and its loss is no damage.
 * <p>Limits: the queue has no bound of its own: each replica bounds what it has in flight. Of it {@link LogStoreOptions#batchBytesMax} goes into one batch.
 */
public final class LogStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogStore.class);

    private final LevelDb db;
    private final HighWater highWater;
    private final LogStoreOptions options;
    private final boolean begunAnew;
    private final LogReader reader;
    private final Map<Integer, GroupLog> logs = new ConcurrentHashMap<>();
    private final LogQueue queue = new LogQueue();
    private final LogWriter writer;

    /**
     * Opens the store in the folder {@code dir}, or begins it.
     *
     * @throws DamagedStoreException if what was written is missing or wrong, with a sentence that says what is lost
     * @throws UncheckedIOException if the folder cannot be used, as when another process uses it
     */
    public static LogStore open(Path dir, LogStoreOptions options, Halt halt) {
        return open(dir, options, halt, new WriteBatch());
    }

    /**
     * Puts a damaged store aside, in a folder beside it, and begins an empty one whose groups are {@link ReplicaLog#damaged damaged} until each is cured.
     */
    public static LogStore beginAnew(Path dir, LogStoreOptions options, Halt halt) {
        LevelDb.setAside(dir);
        var first = new WriteBatch();
        first.put(StoreKeys.BEGUN_ANEW, LogStoreCodec.encode(1));
        return open(dir, options.withCreateIfMissing(true), halt, first);
    }

    private static LogStore open(Path dir, LogStoreOptions options, Halt halt, WriteBatch first) {
        boolean existed = LevelDb.exists(dir);
        if (!existed && HighWater.exists(dir)) {
            throw new DamagedStoreException("The log store " + dir + " is missing: all logs of this node are lost.");
        }
        var db = LevelDb.open(dir, levelDbOptions(options));
        try {
            StoreFormat.check(db, "log store " + dir, options.createIfMissing() ? first : null);
            return new LogStore(dir, db, options, halt);
        } catch (IOException e) {
            db.close();
            throw new UncheckedIOException(e);
        } catch (DamagedStoreException e) {
            db.noteDamage(e);
            db.close();
            throw e;
        } catch (RuntimeException e) {
            db.close();
            throw e;
        }
    }

    private LogStore(Path dir, LevelDb db, LogStoreOptions options, Halt halt) throws IOException {
        this.db = db;
        this.options = options;
        this.begunAnew = db.get(StoreKeys.BEGUN_ANEW) != null;
        this.reader = new LogReader(db, db::noteDamage);
        long batchNumber = LogScan.batchNumber(db);
        if (!HighWater.exists(dir)) {
            if (batchNumber > 0) {
                throw new DamagedStoreException("The log store " + dir + " lost its high-water file.");
            }
            HighWater.create(dir);
        }
        this.highWater = HighWater.open(dir);
        try {
            LogScan.requireSynced(batchNumber, highWater.read());
            var scan = new LogScan(db, reader, queue::add, options.entryCacheBytes(), begunAnew);
            scan.run();
            logs.putAll(scan.logs());
            this.writer =
                    new LogWriter(db, highWater, queue, scan.written(), batchNumber, options.batchBytesMax(), halt);
        } catch (IOException | RuntimeException e) {
            highWater.close();
            throw e;
        }
        writer.start();
    }

    /** The group's log; an empty one if nothing was ever written to it. */
    ReplicaLog log(int group) {
        return logs.computeIfAbsent(
                group,
                id -> new GroupLog(
                        id, reader, queue::add, HardState.NEW, LogStart.EMPTY, options.entryCacheBytes(), begunAnew));
    }

    /** Throws if some group's rows end before its log begins: nothing here can fill the gap (docs/safety.md, rule 7). */
    void requireReplayable(StateStore states) {
        for (var log : logs.values()) {
            var state = states.state(log.group());
            if (state.appliedIndex() < log.start().index() && !state.needsSnapshot()) {
                throw new DamagedStoreException("The rows of group " + log.group() + " end at entry "
                        + state.appliedIndex() + ", and its log begins after entry "
                        + log.start().index() + ".");
            }
        }
    }

    /** Payload that waits for the disk. */
    public long queuedBytes() {
        return queue.sizeBytes();
    }

    /** Writes what waits, reports it, and closes. Not to be called by the store's own callbacks. */
    @Override
    public void close() {
        queue.close();
        try {
            writer.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("The log store was not closed: its closer was interrupted while the last batch was written");
            return;
        }
        db.close();
        try {
            highWater.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LevelDbOptions levelDbOptions(LogStoreOptions options) {
        return new LevelDbOptions(
                options.createIfMissing(),
                true,
                LevelDbOptions.Recovery.EVERY_BATCH_WAS_SYNCED,
                options.blockCacheBytes(),
                options.writeBufferBytes(),
                options.javaOnly());
    }
}
