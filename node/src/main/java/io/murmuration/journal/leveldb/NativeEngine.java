package io.murmuration.journal.leveldb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.fusesource.leveldbjni.internal.NativeCache;
import org.fusesource.leveldbjni.internal.NativeCompressionType;
import org.fusesource.leveldbjni.internal.NativeDB;
import org.fusesource.leveldbjni.internal.NativeIterator;
import org.fusesource.leveldbjni.internal.NativeOptions;
import org.fusesource.leveldbjni.internal.NativeReadOptions;
import org.fusesource.leveldbjni.internal.NativeWriteBatch;
import org.fusesource.leveldbjni.internal.NativeWriteOptions;
import org.jspecify.annotations.Nullable;

/**
 * Google's LevelDB through leveldbjni. It goes below leveldbjni's own implementation of the common interface because that one takes three moves of
 * the native iterator for each step backwards, and does not check the status of all of them.
 */
final class NativeEngine implements Engine {
    private static final int OPEN_FILES_MAX = 200;

    private final NativeCache cache;
    private final NativeDB db;
    private final NativeReadOptions cachedRead =
            new NativeReadOptions().verifyChecksums(true).fillCache(true);
    private final NativeReadOptions passingRead =
            new NativeReadOptions().verifyChecksums(true).fillCache(false);
    private final NativeWriteOptions synced = new NativeWriteOptions().sync(true);
    private final NativeWriteOptions unsynced = new NativeWriteOptions().sync(false);

    private NativeEngine(NativeDB db, NativeCache cache) {
        this.db = db;
        this.cache = cache;
    }

    static NativeEngine open(Path dir, LevelDbOptions options) throws IOException {
        var cache = new NativeCache(options.blockCacheBytes());
        var nativeOptions = new NativeOptions()
                .createIfMissing(options.createIfMissing())
                .paranoidChecks(true)
                .writeBufferSize(options.writeBufferBytes())
                .maxOpenFiles(OPEN_FILES_MAX)
                .compression(NativeCompressionType.kNoCompression)
                .cache(cache);
        try {
            return new NativeEngine(NativeDB.open(nativeOptions, dir.toFile()), cache);
        } catch (IOException e) {
            cache.delete();
            throw e;
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) throws IOException {
        return db.get(cachedRead, key);
    }

    @Override
    public void write(WriteBatch batch, boolean sync) throws IOException {
        var nativeBatch = new NativeWriteBatch();
        try {
            for (var change : batch.changes()) {
                if (change.value() == null) {
                    nativeBatch.delete(change.key());
                } else {
                    nativeBatch.put(change.key(), change.value());
                }
            }
            db.write(sync ? synced : unsynced, nativeBatch);
        } finally {
            nativeBatch.delete();
        }
    }

    @Override
    public EngineCursor scan(byte[] from, byte[] to, boolean reverse, boolean cached) throws IOException {
        var iterator = db.iterator(cached ? cachedRead : passingRead);
        try {
            iterator.seek(reverse ? to : from);
            if (reverse && !iterator.isValid()) {
                // past the last pair of the store; its status is checked by the next move or, if nothing is there, by
                // this seek
                iterator.seekToLast();
                if (!iterator.isValid()) {
                    iterator.seek(from);
                }
            } else if (reverse) {
                iterator.prev();
            }
            return new NativeCursor(iterator, from, to, reverse);
        } catch (IOException | RuntimeException e) {
            iterator.delete();
            throw e;
        }
    }

    @Override
    public void close() {
        db.delete();
        cache.delete();
    }

    /** Stands on the pair to be given out next, so that {@link #next} moves the iterator only after the first. */
    private static final class NativeCursor implements EngineCursor {
        private final NativeIterator iterator;
        private final byte[] from;
        private final byte[] to;
        private final boolean reverse;
        private boolean started;
        private byte[] key = {};
        private byte[] value = {};

        NativeCursor(NativeIterator iterator, byte[] from, byte[] to, boolean reverse) {
            this.iterator = iterator;
            this.from = from;
            this.to = to;
            this.reverse = reverse;
        }

        @Override
        public boolean next() throws IOException {
            if (started && iterator.isValid()) {
                if (reverse) {
                    iterator.prev();
                } else {
                    iterator.next();
                }
            }
            started = true;
            if (!iterator.isValid()) {
                return false;
            }
            key = iterator.key();
            if (reverse ? Arrays.compareUnsigned(key, from) < 0 : Arrays.compareUnsigned(key, to) >= 0) {
                return false;
            }
            value = iterator.value();
            return true;
        }

        @Override
        public byte[] key() {
            return key;
        }

        @Override
        public byte[] value() {
            return value;
        }

        @Override
        public void close() {
            iterator.delete();
        }
    }
}
