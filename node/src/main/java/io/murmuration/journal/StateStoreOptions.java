package io.murmuration.journal;

/**
 * How to open a state store.
 *
 * @param createIfMissing whether to begin an empty store where there is none; a node whose folder was formatted says no: there it is damage
 * @param blockCacheBytes native memory for blocks that were read
 * @param writeBufferBytes native memory for what is not in tables yet; held twice at times
 * @param javaOnly whether to do without the native library even where it loads
 */
public record StateStoreOptions(boolean createIfMissing, long blockCacheBytes, int writeBufferBytes, boolean javaOnly) {
    private static final int MIB = 1 << 20;

    public static StateStoreOptions defaults() {
        return new StateStoreOptions(true, 16L * MIB, 32 * MIB, false);
    }

    public StateStoreOptions withCreateIfMissing(boolean create) {
        return new StateStoreOptions(create, blockCacheBytes, writeBufferBytes, javaOnly);
    }

    public StateStoreOptions withWriteBufferBytes(int bytes) {
        return new StateStoreOptions(createIfMissing, blockCacheBytes, bytes, javaOnly);
    }

    public StateStoreOptions withJavaOnly(boolean only) {
        return new StateStoreOptions(createIfMissing, blockCacheBytes, writeBufferBytes, only);
    }
}
