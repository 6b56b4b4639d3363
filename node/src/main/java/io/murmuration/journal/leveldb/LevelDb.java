package io.murmuration.journal.leveldb;

import io.murmuration.journal.DamagedStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One LevelDB: an ordered map of bytes, keys compared as unsigned.
 *
 * <p>Owner: the store that opened it; it holds a lock on the folder. Safe for use by many threads.
 * <p>Invariants: every read verifies checksums (not in the Java LevelDB: there all tables are checked at the open); the files were looked over before LevelDB saw them ({@link Inspection}).
 * <p>Failure: what it cannot have written throws {@link DamagedStoreException} and leaves a note in the folder, so that the next open throws
 * too. Anything else that fails throws {@link UncheckedIOException}.
 * <p>Limits: the block cache and twice the write buffer in native memory. A cursor left open keeps the files open after {@link #close}: the native
 * library ends the process when it is used after it was closed, so the last user closes it.
 */
public final class LevelDb implements Pairs, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LevelDb.class);
    private static final long CLOSED = Long.MIN_VALUE;

    private final Path dir;
    private final Engine engine;
    private final FolderLock lock;
    private final AtomicLong users = new AtomicLong();
    private final AtomicBoolean engineClosed = new AtomicBoolean();

    private LevelDb(Path dir, Engine engine, FolderLock lock) {
        this.dir = dir;
        this.engine = engine;
        this.lock = lock;
    }

    /**
     * Opens the LevelDB in {@code dir/db}.
     *
     * @throws DamagedStoreException if something that was written is missing or wrong
     * @throws UncheckedIOException if it cannot be opened for another reason; nothing was changed
     */
    public static LevelDb open(Path dir, LevelDbOptions options) {
        try {
            Files.createDirectories(dbFolder(dir));
            var lock = FolderLock.take(dir);
            try {
                return new LevelDb(dir, openEngine(dir, options), lock);
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there was ever a LevelDB here that got as far as to be used. */
    public static boolean exists(Path dir) {
        return Files.exists(dbFolder(dir).resolve("CURRENT"));
    }

    /**
     * Moves a store that is not open to a folder beside it: {@code <name>-damaged}, which is never replaced, for it may be the last copy of what was there before
     * the trouble began; or if there is one, {@code <name>-damaged-again}, in place of what was put there before.
     */
    public static void setAside(Path dir) {
        Damage.setAside(dir);
    }

    /** Remembers damage that the caller found in what it read, so that the next open throws. */
    public void noteDamage(DamagedStoreException damaged) {
        Damage.note(dir, damaged);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        enter();
        try {
            return engine.get(key);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            leave();
        }
    }

    /** {@inheritDoc} In LevelDB {@code sync} reaches what lies before in the same write-ahead file; {@link #syncAll} reaches all. */
    @Override
    public void write(WriteBatch batch, boolean sync) {
        enter();
        try {
            engine.write(batch, sync);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            leave();
        }
    }

    @Override
    public Cursor scan(byte[] from, byte[] to, boolean reverse) {
        return scan(from, to, reverse, true);
    }

    @Override
    public Cursor scanOnce(byte[] from, byte[] to) {
        return scan(from, to, false, false);
    }

    /**
     * Makes everything written before this call durable. A synced write alone does not: LevelDB closes a full write-ahead file without syncing it and
     * starts the next. Until its content is in a table, which is synced, such a file exists beside the newest one, and is synced here: before, so that the
     * last batch is never there without it, and after, for one that was closed meanwhile; then the names of all files.
     */
    public void syncAll(WriteBatch last) {
        syncWriteAhead();
        write(last, true);
        syncWriteAhead();
        syncNames();
    }

    private void syncNames() {
        enter();
        try {
            LevelDbFiles.syncNames(dbFolder(dir));
        } catch (IOException e) {
            throw failed(e);
        } finally {
            leave();
        }
    }

    private void syncWriteAhead() {
        enter();
        try {
            for (var file : LevelDbFiles.writeAhead(dbFolder(dir))) {
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                } catch (NoSuchFileException gone) {
                    LOG.debug("A write-ahead file became a table while it was to be synced: {}", gone.getMessage());
                }
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            leave();
        }
    }

    /**
     * Reads all tables that the manifest names, and their checksums. What is not in a table yet was read at the open; a file that no manifest names is one
     * that LevelDB is still writing, or is about to delete.
     */
    public void verify() {
        enter();
        try {
            for (long table : Manifest.current(dbFolder(dir)).tables()) {
                verify(table);
            }
        } catch (DamagedStoreException e) {
            Damage.note(dir, e);
            throw e;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            leave();
        }
    }

    private void verify(long table) throws IOException {
        try {
            var file = LevelDbFiles.table(dbFolder(dir), table)
                    .orElseThrow(() -> new DamagedStoreException("The store " + dir + " lost table " + table + "."));
            TableFile.checkAll(file);
        } catch (DamagedStoreException | NoSuchFileException e) {
            if (Manifest.current(dbFolder(dir)).tables().contains(table)) {
                throw e instanceof DamagedStoreException damaged
                        ? damaged
                        : new DamagedStoreException("The store " + dir + " lost table " + table + ".", e);
            }
            LOG.debug("A table was merged into others before its turn came: {}", e.getMessage());
        }
    }

    /** Closes it now, or once the last cursor is closed. Later calls of other methods throw {@link IllegalStateException}. */
    @Override
    public void close() {
        if (users.get() >= 0) {
            users.incrementAndGet();
            users.getAndUpdate(count -> count < 0 ? count : count + CLOSED);
            leave();
        }
    }

    private static Engine openEngine(Path dir, LevelDbOptions options) throws IOException {
        Damage.refuseIfNoted(dir);
        boolean inJava = options.javaOnly() || !NativeLibrary.isLoaded();
        try {
            Inspection.run(dbFolder(dir), options, inJava || options.wholeTables());
            var engine = inJava ? JavaEngine.open(dbFolder(dir), options) : NativeEngine.open(dbFolder(dir), options);
            return withDurableNames(dir, engine);
        } catch (DamagedStoreException e) {
            Damage.note(dir, e);
            throw e;
        } catch (IOException e) {
            throw Damage.classify(dir, e);
        }
    }

    /** The open began new files, and the first open the folders. */
    private static Engine withDurableNames(Path dir, Engine engine) throws IOException {
        try {
            LevelDbFiles.syncNames(dbFolder(dir));
            LevelDbFiles.syncNames(dir);
            LevelDbFiles.syncNames(dir.resolve("..")); // dir may be a name without a parent
            return engine;
        } catch (IOException e) {
            engine.close();
            throw e;
        }
    }

    private Cursor scan(byte[] from, byte[] to, boolean reverse, boolean cached) {
        enter();
        try {
            return new GuardedCursor(engine.scan(from, to, reverse, cached));
        } catch (IOException e) {
            leave();
            throw failed(e);
        } catch (RuntimeException e) {
            leave();
            throw e;
        }
    }

    private RuntimeException failed(IOException e) {
        return Damage.classify(dir, e);
    }

    private void enter() {
        if (users.incrementAndGet() < 0) {
            leave();
            throw new IllegalStateException("The store is closed.");
        }
    }

    private void leave() {
        if (users.decrementAndGet() == CLOSED && engineClosed.compareAndSet(false, true)) {
            try (lock) {
                engine.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Path dbFolder(Path dir) {
        return dir.resolve("db");
    }

    private final class GuardedCursor implements Cursor {
        private final Engine.EngineCursor cursor;
        private boolean open = true;

        GuardedCursor(Engine.EngineCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean next() {
            if (!open) {
                throw new IllegalStateException("The cursor is closed.");
            }
            try {
                return cursor.next();
            } catch (IOException e) {
                throw failed(e);
            }
        }

        @Override
        public byte[] key() {
            return cursor.key();
        }

        @Override
        public byte[] value() {
            return cursor.value();
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                try {
                    cursor.close();
                } finally {
                    leave();
                }
            }
        }
    }
}
