package io.murmuration.journal;

import org.jspecify.annotations.Nullable;

/**
 * The rows of one group's local replica, ordered by key as unsigned bytes. Reads any thread; each method sees one state of the rows. A read that meets
 * damage throws {@link DamagedStoreException} and the node stops to be refilled.
 */
public interface Rows {
    byte @Nullable [] get(byte[] key);

    /** Walks the keys in {@code [from, to)} upwards, or downwards from the end if {@code reverse}; sees one state throughout. Close it. */
    RowCursor scan(byte[] from, byte[] to, boolean reverse);

    /** The sequence number of the entity's last event that these rows contain; 0 if none. */
    long sequenceNumber(String persistenceId);

    /** Log index up to which these rows contain everything. */
    long appliedIndex();

    interface RowCursor extends AutoCloseable {
        /** Moves to the next row; false at the end. */
        boolean next();

        byte[] key();

        byte[] value();

        @Override
        void close();
    }
}
