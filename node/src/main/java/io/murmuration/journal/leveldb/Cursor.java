package io.murmuration.journal.leveldb;

/** Walks the pairs of a range in one state of the store. For one thread at a time; close it, or the store cannot close. */
public interface Cursor extends AutoCloseable {
    /** Moves to the next pair; false at the end. */
    boolean next();

    byte[] key();

    byte[] value();

    @Override
    void close();
}
