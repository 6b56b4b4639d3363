package io.murmuration.consensus;

/**
 * How one replica behaves; nothing here bears on safety, and replicas of a group may differ.
 *
 * @param self node id of this replica
 * @param electionTimeoutMinMillis a follower that hears nothing campaigns after a random time in
 *     {@code [electionTimeoutMinMillis, electionTimeoutMaxMillis)}; a leader that hears no majority for the minimum, or whose disk makes nothing
 *     durable for the maximum, steps down
 * @param heartbeatMillis a leader lets each follower hear from it this often
 * @param appendBytesMax payload of one {@link Message.Append}, but always at least one entry
 * @param inFlightAppendsMax appends with entries that may be unanswered by one follower; one that is longer than {@code appendBytesMax}, for the sake
 *     of its only entry, counts for several
 * @param readsMax reads that may wait for a round; further ones are refused
 * @param uncommittedMax entries that may wait to be committed and durable here; further proposals are refused
 * @param uncommittedBytesMax payload of a leader's own proposals that may wait so. They are in memory and, until they are durable, a second time in the
 *     shell's queue. By default 32 MiB: a disk that syncs in 0.3 s then still takes 100 MiB/s, and ten groups whose disk stands still hold 320 MiB
 * @param tailBytesMax payload of durable entries kept in memory, so that applying and sending them needs no reading
 * @param firstToCampaign this replica campaigns almost at once until it hears of a first leader, so that leaders are spread by preference
 */
public record RaftOptions(
        long self,
        long electionTimeoutMinMillis,
        long electionTimeoutMaxMillis,
        long heartbeatMillis,
        int appendBytesMax,
        int inFlightAppendsMax,
        int readsMax,
        int uncommittedMax,
        long uncommittedBytesMax,
        int tailBytesMax,
        boolean firstToCampaign) {

    public RaftOptions {
        require(self != HardState.NOBODY, "self is a node id");
        require(heartbeatMillis > 0, "heartbeatMillis is positive");
        require(electionTimeoutMinMillis > heartbeatMillis, "electionTimeoutMinMillis exceeds heartbeatMillis");
        require(electionTimeoutMaxMillis > electionTimeoutMinMillis, "electionTimeoutMaxMillis exceeds the minimum");
        require(
                appendBytesMax > 0 && inFlightAppendsMax > 0 && readsMax > 0 && tailBytesMax >= 0,
                "bounds are positive");
        require(uncommittedMax > 0 && uncommittedBytesMax > 0, "bounds are positive");
    }

    public static RaftOptions defaults(long self) {
        return new RaftOptions(self, 1000, 2000, 150, 256 * 1024, 8, 10_000, 10_000, 32L << 20, 512 * 1024, false);
    }

    public RaftOptions campaigningFirst(boolean first) {
        return new RaftOptions(
                self,
                electionTimeoutMinMillis,
                electionTimeoutMaxMillis,
                heartbeatMillis,
                appendBytesMax,
                inFlightAppendsMax,
                readsMax,
                uncommittedMax,
                uncommittedBytesMax,
                tailBytesMax,
                first);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
