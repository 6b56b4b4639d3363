package io.murmuration.cluster;

/**
 * Bounds of the link to one node.
 *
 * @param queuedBytesMax bytes that wait for being sent; more are dropped and counted
 * @param frameBytesMax what waits leaves together up to this size; a longer message goes alone
 * @param callsMax calls that may wait for their answers
 * @param helloMillis after this time without sending anything a greeting is sent
 * @param silentMillisMax a connection on which nothing was heard for longer is given up, and made anew
 * @param dialPauseMillis between two attempts to connect
 * @param refusedPauseMillis likewise after the other side did not want to talk
 */
record LinkLimits(
        int queuedBytesMax,
        int frameBytesMax,
        int callsMax,
        long helloMillis,
        long silentMillisMax,
        long dialPauseMillis,
        long refusedPauseMillis) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    static final LinkLimits DEFAULT = new LinkLimits(16 * MIB, 256 * KIB, 10_000, 500, 3_000, 100, 2_000);
}
