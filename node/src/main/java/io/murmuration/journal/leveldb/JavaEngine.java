package io.murmuration.journal.leveldb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBException;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.Snapshot;
import org.iq80.leveldb.WriteOptions;
import org.iq80.leveldb.impl.Iq80DBFactory;
import org.jspecify.annotations.Nullable;

/**
 * The pure Java LevelDB, for machines without a native library. Its iterators cannot go backwards
 * (see {@link BackwardCursor}), and it does not verify checksums when it reads, though it has options to ask for that.
 */
final class JavaEngine implements Engine {
    private static final int OPEN_FILES_MAX = 200;

    private final DB db;

    private JavaEngine(DB db) {
        this.db = db;
    }

    static JavaEngine open(Path dir, LevelDbOptions options) throws IOException {
        requirePlainDigits();
        try {
            return new JavaEngine(Iq80DBFactory.factory.open(
                    dir.toFile(),
                    new Options()
                            .createIfMissing(options.createIfMissing())
                            .paranoidChecks(true)
                            .verifyChecksums(true)
                            .cacheSize(options.blockCacheBytes())
                            .writeBufferSize(options.writeBufferBytes())
                            .maxOpenFiles(OPEN_FILES_MAX)
                            .compressionType(CompressionType.NONE)));
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) throws IOException {
        try {
            return db.get(key, reading(true));
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public void write(WriteBatch batch, boolean sync) throws IOException {
        try (var javaBatch = db.createWriteBatch()) {
            for (var change : batch.changes()) {
                if (change.value() == null) {
                    javaBatch.delete(change.key());
                } else {
                    javaBatch.put(change.key(), change.value());
                }
            }
            db.write(javaBatch, new WriteOptions().sync(sync));
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public EngineCursor scan(byte[] from, byte[] to, boolean reverse, boolean cached) throws IOException {
        return reverse ? new BackwardCursor(from, to) : new ForwardCursor(from, to, reading(cached));
    }

    @Override
    public void close() throws IOException {
        db.close();
    }

    private static ReadOptions reading(boolean cached) {
        return new ReadOptions().verifyChecksums(true).fillCache(cached);
    }

    /** It names its files with the digits of the default locale, and would not find them again under another. */
    private static void requirePlainDigits() throws IOException {
        if (!String.format(Locale.getDefault(Locale.Category.FORMAT), "%d", 0).equals("0")) {
            throw new IOException("The LevelDB in Java cannot name its files in a locale with digits of its own:"
                    + " start Java with -Duser.language=en.");
        }
    }

    /**
     * It reports damage by whatever exception its parser happens to meet. But an I/O failure, as of too many open files, comes wrapped likewise and says for
     * itself what it is; and what it throws on purpose, or an error or interrupt ended, is no damage either.
     */
    static IOException failure(RuntimeException e) {
        Throwable root = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
            root = cause;
        }
        boolean byParser = root instanceof RuntimeException && !(root instanceof DBException);
        return new IOException((byParser ? "Corruption: " : "The LevelDB in Java failed: ") + e, e);
    }

    private final class ForwardCursor implements EngineCursor {
        private final DBIterator iterator;
        private final byte[] to;
        private Map.@Nullable Entry<byte[], byte[]> at;

        ForwardCursor(byte[] from, byte[] to, ReadOptions options) throws IOException {
            this.to = to;
            try {
                iterator = db.iterator(options);
                iterator.seek(from);
            } catch (RuntimeException e) {
                throw failure(e);
            }
        }

        @Override
        public boolean next() throws IOException {
            try {
                at = iterator.hasNext() ? iterator.next() : null;
            } catch (RuntimeException e) {
                throw failure(e);
            }
            return at != null && Arrays.compareUnsigned(at.getKey(), to) < 0;
        }

        @Override
        public byte[] key() {
            return at == null ? new byte[0] : at.getKey();
        }

        @Override
        public byte[] value() {
            return at == null ? new byte[0] : at.getValue();
        }

        @Override
        public void close() {
            try {
                iterator.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Walks backwards by walking forwards again and again, each time keeping the last pairs before those already given out. Bounded in memory,
     * quadratic in time for long ranges: the price of a machine without the native library.
     */
    private final class BackwardCursor implements EngineCursor {
        private static final int WINDOW_PAIRS = 1_000;

        private final Snapshot snapshot = db.getSnapshot();
        private final byte[] from;
        private byte[] to;
        private final Deque<Map.Entry<byte[], byte[]>> window = new ArrayDeque<>();
        private Map.@Nullable Entry<byte[], byte[]> at;

        BackwardCursor(byte[] from, byte[] to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public boolean next() throws IOException {
            if (window.isEmpty()) {
                refill();
            }
            at = window.pollLast();
            if (at == null) {
                return false;
            }
            to = at.getKey();
            return true;
        }

        private void refill() throws IOException {
            try (var iterator = db.iterator(reading(true).snapshot(snapshot))) {
                iterator.seek(from);
                while (iterator.hasNext()) {
                    var pair = iterator.next();
                    if (Arrays.compareUnsigned(pair.getKey(), to) >= 0) {
                        return;
                    }
                    if (window.size() == WINDOW_PAIRS) {
                        window.removeFirst();
                    }
                    window.addLast(pair);
                }
            } catch (RuntimeException e) {
                throw failure(e);
            }
        }

        @Override
        public byte[] key() {
            return at == null ? new byte[0] : at.getKey();
        }

        @Override
        public byte[] value() {
            return at == null ? new byte[0] : at.getValue();
        }

        @Override
        public void close() {
            try {
                snapshot.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
