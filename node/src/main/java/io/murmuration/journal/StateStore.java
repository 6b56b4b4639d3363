package io.murmuration.journal;

import io.murmuration.journal.leveldb.Cursor;
import io.murmuration.journal.leveldb.LevelDb;
import io.murmuration.journal.leveldb.LevelDbOptions;
import io.murmuration.journal.leveldb.WriteBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rows of all groups of a node, in one LevelDB; each group's carry the index of the log entry up to which they contain everything.
 *
 * <p>Owner: the node, for as long as it runs.
 * <p>Invariants: rows and applied index change in one atomic batch, unsynced; after a crash they are those of some earlier applied index, the same
 * moment for all groups, and the logs replay the rest (docs/safety.md, rule 13). {@link #checkpoint} says how far a log may be truncated (rule 14).
 * <p>Failure: a failed write halts the process; a read that meets damage throws {@link DamagedStoreException}, and so does the next start. Batches lost
 * from the end are no damage by themselves: only if a log no longer holds them, which {@link ReplicaStores} checks.
 */
public final class StateStore implements AutoCloseable {
    private static final int INSTALL_BATCH_BYTES = 1 << 20;

    private final LevelDb db;
    private final Halt halt;
    private final Map<Integer, GroupState> states = new ConcurrentHashMap<>();
    private final AtomicLong checkpoints = new AtomicLong();

    private StateStore(LevelDb db, Halt halt) {
        this.db = db;
        this.halt = halt;
    }

    /**
     * Opens the store in the folder {@code dir}, or begins it.
     *
     * @throws DamagedStoreException if what was written is missing or wrong; the content of tables is not read (see {@link #verify})
     * @throws UncheckedIOException if the folder cannot be used, as when another process uses it
     */
    public static StateStore open(Path dir, StateStoreOptions options, Halt halt) {
        var db = LevelDb.open(
                dir,
                new LevelDbOptions(
                        options.createIfMissing(),
                        false,
                        LevelDbOptions.Recovery.KEEP_A_PREFIX,
                        options.blockCacheBytes(),
                        options.writeBufferBytes(),
                        options.javaOnly()));
        try {
            StoreFormat.check(db, "state store " + dir, options.createIfMissing() ? new WriteBatch() : null);
            var store = new StateStore(db, halt);
            store.checkpoint();
            return store;
        } catch (RuntimeException e) {
            db.close();
            throw e;
        }
    }

    /** Puts the store aside, in a folder beside it, and begins an empty one. */
    public static StateStore beginAnew(Path dir, StateStoreOptions options, Halt halt) {
        LevelDb.setAside(dir);
        return open(dir, options.withCreateIfMissing(true), halt);
    }

    /** The group's rows; none if nothing was ever applied. */
    ReplicaState state(int group) {
        return groupState(group);
    }

    /** Makes all that was applied before this call durable and moves the durable indexes. Waits for the disk. */
    public void checkpoint() {
        var applied = new HashMap<GroupState, Long>();
        states.values().forEach(state -> applied.put(state, state.appliedIndex()));
        var batch = new WriteBatch();
        batch.put(StoreKeys.CHECKPOINT, LogStoreCodec.encode(checkpoints.incrementAndGet()));
        orHalt(() -> db.syncAll(batch));
        applied.forEach(GroupState::becameDurable);
    }

    /** Reads everything, so that damage is found while other replicas can cure it. Takes as long as the disk takes. */
    public void verify() {
        db.verify();
    }

    /** The group's rows as of now, as a stream of bytes for another node. */
    public SnapshotExport export(int group) {
        if (groupState(group).isReplaced()) {
            throw new RowsReplacedException(group);
        }
        return new SnapshotExport(group, db.scanOnce(StoreKeys.key(group, 0), StoreKeys.key(group, StoreKeys.ROW + 1)));
    }

    /**
     * Replaces the group's rows by those of a snapshot; durable when it returns. The replica applies nothing meanwhile, and reads are refused. Waits
     * for the disk.
     *
     * @throws IOException if the stream fails or is not such a snapshot; if rows were replaced already the group {@link
     *     ReplicaState#needsSnapshot needs another}
     */
    public SnapshotHeader install(int group, InputStream stream) throws IOException {
        var reader = SnapshotReader.open(stream);
        if (reader.header().group() != group) {
            throw new IOException("The snapshot is of group " + reader.header().group() + ", not " + group + ".");
        }
        var state = groupState(group);
        state.beginInstall();
        boolean complete = false;
        try {
            replaceRows(group, reader);
            complete = true;
        } finally {
            state.endInstall(complete ? reader.header().mark() : null);
        }
        return reader.header();
    }

    @Override
    public void close() {
        db.close();
    }

    private void write(WriteBatch batch) {
        orHalt(() -> db.write(batch, false));
    }

    private GroupState groupState(int group) {
        return states.computeIfAbsent(group, id -> GroupState.load(id, db, this::write));
    }

    private void replaceRows(int group, SnapshotReader reader) throws IOException {
        var begin = new WriteBatch();
        begin.put(StoreKeys.key(group, StoreKeys.INSTALLING), LogStoreCodec.encode(1));
        begin.delete(StoreKeys.key(group, StoreKeys.STATE));
        orHalt(() -> db.syncAll(begin));
        deleteRows(group);
        var batch = new WriteBatch();
        for (var row = reader.next(); row != null; row = reader.next()) {
            batch.put(StoreKeys.row(group, row.key()), row.value());
            batch = writeIfFull(batch);
        }
        batch.put(StoreKeys.key(group, StoreKeys.STATE), reader.header().mark().encode());
        batch.delete(StoreKeys.key(group, StoreKeys.INSTALLING));
        var last = batch;
        orHalt(() -> db.syncAll(last));
    }

    private void deleteRows(int group) {
        var batch = new WriteBatch();
        try (Cursor cursor =
                db.scanOnce(StoreKeys.key(group, StoreKeys.ROW), StoreKeys.key(group, StoreKeys.ROW + 1))) {
            while (cursor.next()) {
                batch.delete(cursor.key());
                batch = writeIfFull(batch);
            }
        }
        write(batch);
    }

    private WriteBatch writeIfFull(WriteBatch batch) {
        if (batch.sizeBytes() < INSTALL_BATCH_BYTES) {
            return batch;
        }
        write(batch);
        return new WriteBatch();
    }

    /** A use after the close, at a shutdown, is no failed write. */
    private void orHalt(Runnable write) {
        try {
            write.run();
        } catch (DamagedStoreException | UncheckedIOException e) {
            halt.halt("The state store could not write; the process ends, for nobody knows what is on the disk.", e);
            throw e;
        }
    }
}
