package io.murmuration.journal.leveldb;

/**
 * How to open a LevelDB.
 *
 * @param createIfMissing whether to start an empty one where there is none; else its absence is damage
 * @param wholeTables whether the open reads every table with all its checksums, and not its index alone
 * @param recovery what the end of its write-ahead files may look like
 * @param blockCacheBytes memory for blocks that were read
 * @param writeBufferBytes memory for pairs not yet in tables; LevelDB may hold it twice
 * @param javaOnly whether to do without the native library even where it loads
 */
public record LevelDbOptions(
        boolean createIfMissing,
        boolean wholeTables,
        Recovery recovery,
        long blockCacheBytes,
        int writeBufferBytes,
        boolean javaOnly) {
    public enum Recovery {
        /** Every batch was synced before the next was written: only the very last one may be incomplete. */
        EVERY_BATCH_WAS_SYNCED,
        /** Batches were not synced: whatever follows the first one missing or damaged is dropped, so that what remains was once the whole. */
        KEEP_A_PREFIX
    }
}
