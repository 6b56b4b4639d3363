package io.murmuration.journal.leveldb;

import org.jspecify.annotations.Nullable;

/** An ordered map of bytes that outlives the process; keys are compared as unsigned. What may fail says {@link LevelDb}. */
public interface Pairs {
    byte @Nullable [] get(byte[] key);

    /** Writes all or nothing; {@code sync} waits until this and all before it is on the disk. */
    void write(WriteBatch batch, boolean sync);

    /** Pairs with keys in {@code [from, to)}, upwards or downwards. */
    Cursor scan(byte[] from, byte[] to, boolean reverse);

    /** As {@link #scan} upwards, without keeping in memory what is read: for walks over everything. */
    Cursor scanOnce(byte[] from, byte[] to);
}
