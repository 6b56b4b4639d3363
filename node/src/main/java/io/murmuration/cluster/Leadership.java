package io.murmuration.cluster;

import java.util.function.Consumer;

/** Who leads which replication group, as this node knows it. Safety never rests on it: what is true is what the log says. */
public interface Leadership {
    /** Number of groups on the whole cluster: group 0 is the catalogue, groups {@code [1, groups())} are the shards. */
    int groups();

    /** The group's leader as last heard of, 0 if unknown. Any thread. */
    long leaderOf(int group);

    /** Records a better guess that another node gave; ignored for groups that this node replicates itself. */
    void hint(int group, long leader);

    /** Node ids that hold a replica of the group. */
    java.util.List<Long> replicasOf(int group);

    /**
     * Tells the listener of each change of office of this node's replicas, in order for each group, beginning with those held now. Called on the
     * replica's thread: it must only pass the news on.
     */
    void onOffice(Consumer<OfficeChange> listener);

    /** @param serving true: this node took office in this term, and its rows hold everything acknowledged before; false: it lost it */
    record OfficeChange(int group, long term, boolean serving) {}
}
