package io.murmuration.journal;

import io.murmuration.cluster.Leadership;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The port of the replicated journal on this node. Writing goes through Pekko Persistence: the persistence id decides the group (an id that ends in
 * {@code @g} lives in group {@code g}, any other is hashed over the shards).
 */
public interface Journal extends Leadership {
    /** The rows of the group's replica on this node. Fails with {@link IllegalArgumentException} where there is no such replica. */
    Rows rows(int group);

    boolean hasReplica(int group);

    /**
     * The read barrier: completes when this node's rows of the group hold every write acknowledged anywhere before the call, with the index that
     * guarantees it. One quorum round serves all barriers that waited for it, and only those that waited before it began. Fails with
     * {@link NotLeaderException} if this node does not lead the group, with {@link NoQuorumException} after 1.5 s.
     */
    CompletionStage<Long> barrier(int group);

    /**
     * Completes when this node's rows of the group have reached the index. The caller bounds the wait. Fails with {@link NotLeaderException} while the
     * replica is starting, and with {@link NoQuorumException} after 10 s.
     */
    CompletionStage<Void> applied(int group, long index);

    /**
     * How old the rows of this node's replica may be: milliseconds since they held everything that a leader then called committed, 0 where it leads and
     * serves. {@code Long.MAX_VALUE} if that was never so since the start, while the replica is damaged, and while it fetches or
     * installs other rows. It is as of the last tick.
     */
    long staleMillis(int group);

    /** One line for each replica on this node. */
    List<ReplicaStatus> status();

    /**
     * @param role one of follower, candidate, leader, damaged
     * @param leader node id, 0 if unknown
     * @param lagEntries entries that this replica knows to be committed and has not applied
     */
    record ReplicaStatus(
            int group,
            String role,
            long term,
            long leader,
            long commitIndex,
            long appliedIndex,
            long lastIndex,
            long lagEntries) {}
}
