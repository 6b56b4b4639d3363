package io.murmuration.journal;

/**
 * Bounds of one replica.
 *
 * @param entryBytesMax longest command; longer ones are refused by whoever makes them
 * @param pendingMax appends that may wait for their outcome
 * @param pendingBytesMax bytes of the commands that wait for their outcome
 * @param appendTimeoutMillis after which the outcome of an append is called unknown
 * @param barriersMax read barriers that may wait
 * @param barrierTimeoutMillis after which a barrier fails for want of a quorum
 * @param applyEntriesMax entries applied in one go before messages get their turn
 * @param applyBytesMax bytes of entries applied in one go
 * @param tailEntriesMax entries kept behind the durable rows for replicas that lag
 * @param tailBytesMax bytes of such entries
 * @param truncateStep fewer entries than this are not worth a truncation
 */
record ReplicaLimits(
        int entryBytesMax,
        int pendingMax,
        int pendingBytesMax,
        long appendTimeoutMillis,
        int barriersMax,
        long barrierTimeoutMillis,
        int applyEntriesMax,
        int applyBytesMax,
        int tailEntriesMax,
        long tailBytesMax,
        int truncateStep) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    static final ReplicaLimits DEFAULT =
            new ReplicaLimits(MIB, 1024, 16 * MIB, 1_800, 4096, 1_500, 64, MIB, 4096, 8 * MIB, 512);

    ReplicaLimits keeping(int entries) {
        return new ReplicaLimits(
                entryBytesMax,
                pendingMax,
                pendingBytesMax,
                appendTimeoutMillis,
                barriersMax,
                barrierTimeoutMillis,
                applyEntriesMax,
                applyBytesMax,
                entries,
                tailBytesMax,
                Math.max(1, entries / 8));
    }
}
