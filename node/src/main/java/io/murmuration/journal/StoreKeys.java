package io.murmuration.journal;

import java.nio.ByteBuffer;

/**
 * The keys of both stores: {@code group (4) | kind (1) | rest}. Group {@code 0xFFFFFFFF} holds what belongs to a store as a whole, its format last: so
 * every range of a group has a pair behind it, and a walk backwards finds its start by a plain seek.
 */
final class StoreKeys {
    static final int WHOLE_STORE = -1;

    static final byte[] FORMAT = key(WHOLE_STORE, 0xff);
    /** Log store: number of the last batch. */
    static final byte[] BATCH = key(WHOLE_STORE, 0);
    /** Log store: present if the store was begun anew after damage. */
    static final byte[] BEGUN_ANEW = key(WHOLE_STORE, 1);
    /** State store: written to have something to sync. */
    static final byte[] CHECKPOINT = key(WHOLE_STORE, 2);

    static final int HARD_STATE = 0;
    static final int LOG_START = 1;
    static final int ENTRY = 2;
    /** Present if the group is cured of the damage after which the store was begun anew. */
    static final int CURED = 3;

    static final int STATE = 0;
    /** Present while a snapshot is being installed. */
    static final int INSTALLING = 1;

    static final int ROW = 2;

    static final int PREFIX_BYTES = 5;

    private StoreKeys() {}

    static byte[] key(int group, int kind) {
        return ByteBuffer.allocate(PREFIX_BYTES).putInt(group).put((byte) kind).array();
    }

    static byte[] entry(int group, long index) {
        return ByteBuffer.allocate(PREFIX_BYTES + Long.BYTES)
                .putInt(group)
                .put((byte) ENTRY)
                .putLong(index)
                .array();
    }

    static byte[] row(int group, byte[] key) {
        return ByteBuffer.allocate(PREFIX_BYTES + key.length)
                .putInt(group)
                .put((byte) ROW)
                .put(key)
                .array();
    }

    static int group(byte[] key) {
        return ByteBuffer.wrap(key).getInt();
    }

    static int kind(byte[] key) {
        return key[Integer.BYTES];
    }

    static long entryIndex(byte[] key) {
        return ByteBuffer.wrap(key).getLong(PREFIX_BYTES);
    }
}
