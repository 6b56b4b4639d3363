package io.murmuration.cluster;

/**
 * Bounds of the link to one node.
 *
 * @param frameBytesMax payload of one remoting message; what is longer goes in pieces
 * @param queuedBytesMax bytes that wait for being sent; more are dropped and counted
 * @param inFlightBytesMax bytes sent and not yet confirmed
 * @param callsMax calls that may wait for their answers
 * @param silentMillisMax a node not heard for longer is sent greetings only, so that nothing piles up for it
 * @param confirmMillisMax what is not confirmed after this time is given up for lost
 * @param helloMillis after this time without sending anything a greeting is sent
 */
record LinkLimits(
        int frameBytesMax,
        int queuedBytesMax,
        int inFlightBytesMax,
        int callsMax,
        long silentMillisMax,
        long confirmMillisMax,
        long helloMillis) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    static final LinkLimits DEFAULT = new LinkLimits(128 * KIB, 16 * MIB, 4 * MIB, 10_000, 3_000, 2_000, 500);
}
