package io.murmuration.journal;

/**
 * Bounds of one replica.
 *
 * @param entryBytesMax longest command; longer ones are refused by whoever makes them. The largest item, and both images of it in its table's stream,
 *     fit; and an entry fits into a message between nodes
 * @param pendingMax appends that may wait for their outcome
 * @param pendingBytesMax bytes of the commands that wait for their outcome
 * @param appendTimeoutMillis after which the outcome of an append is called unknown
 * @param barriersMax read barriers that may wait
 * @param barrierTimeoutMillis after which a barrier fails for want of a quorum
 * @param applyEntriesMax entries applied in one go before messages get their turn
 * @param applyBytesMax bytes of entries applied in one go
 * @param tailEntriesMax entries kept behind the durable rows for replicas that lag
 * @param tailBytesMax bytes of such entries
 * @param refillBytesMax bytes of entries kept while a follower is being filled, by rows or by the log. By default 256 MiB: some ten seconds of a fast
 *     disk, and little beside the rows of a group that take longer than that to send
 * @param refillMillisMax age of entries kept so. By default ten minutes, in which 10 GiB of rows travel at 20 MiB/s
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
        long refillBytesMax,
        long refillMillisMax,
        int truncateStep) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    static final ReplicaLimits DEFAULT = new ReplicaLimits(
            3 * MIB + 256 * KIB, 1024, 16 * MIB, 1_800, 4096, 1_500, 64, MIB, 4096, 8 * MIB, 256L * MIB, 600_000, 512);

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
                refillBytesMax,
                refillMillisMax,
                Math.max(1, entries / 8));
    }
}
