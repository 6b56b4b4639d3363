package io.murmuration.journal;

/**
 * How to open a log store.
 *
 * @param createIfMissing whether to begin an empty store where there is none; a node whose folder was formatted says no: there it is damage
 * @param blockCacheBytes native memory for blocks that were read
 * @param writeBufferBytes native memory for what is not in tables yet; held twice at times
 * @param entryCacheBytes memory for the newest entries of each group, so that replication and apply seldom read the disk
 * @param batchBytesMax payload that one synced batch takes from the queue; at least one append
 * @param javaOnly whether to do without the native library even where it loads
 */
public record LogStoreOptions(
        boolean createIfMissing,
        long blockCacheBytes,
        int writeBufferBytes,
        int entryCacheBytes,
        int batchBytesMax,
        boolean javaOnly) {
    private static final int MIB = 1 << 20;

    public static LogStoreOptions defaults() {
        return new LogStoreOptions(true, 2L * MIB, 32 * MIB, 2 * MIB, 8 * MIB, false);
    }

    public LogStoreOptions withCreateIfMissing(boolean create) {
        return new LogStoreOptions(create, blockCacheBytes, writeBufferBytes, entryCacheBytes, batchBytesMax, javaOnly);
    }

    public LogStoreOptions withEntryCacheBytes(int bytes) {
        return new LogStoreOptions(createIfMissing, blockCacheBytes, writeBufferBytes, bytes, batchBytesMax, javaOnly);
    }

    public LogStoreOptions withWriteBufferBytes(int bytes) {
        return new LogStoreOptions(createIfMissing, blockCacheBytes, bytes, entryCacheBytes, batchBytesMax, javaOnly);
    }

    public LogStoreOptions withJavaOnly(boolean only) {
        return new LogStoreOptions(
                createIfMissing, blockCacheBytes, writeBufferBytes, entryCacheBytes, batchBytesMax, only);
    }
}
