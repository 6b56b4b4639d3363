package io.murmuration.journal;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which node holds which groups.
 *
 * @param self this node's id
 * @param nodes ids of all nodes, in the order of their numbers: the same on every node
 * @param shards number of shards, at least 1; fixed when the data was formatted
 * @param replicas replicas of each shard, at most as many as there are nodes
 */
public record JournalTopology(long self, List<Long> nodes, int shards, int replicas) {
    /** The catalogue's group. */
    public static final int CATALOGUE = 0;

    public JournalTopology {
        nodes = List.copyOf(nodes);
        replicas = Math.min(replicas, nodes.size());
        if (!nodes.contains(self) || shards < 1 || replicas < 1) {
            throw new IllegalArgumentException("a topology has this node, shards and replicas");
        }
    }

    /** The catalogue's group and the shards'. */
    public int groups() {
        return shards + 1;
    }

    /** Nodes with a replica of the group. The first campaigns first, so that leaders are spread. The catalogue is everywhere. */
    public List<Long> replicasOf(int group) {
        if (group < 0 || group >= groups()) {
            throw new IllegalArgumentException("there is no group " + group);
        }
        if (group == CATALOGUE) {
            return nodes;
        }
        return IntStream.range(0, replicas)
                .mapToObj(at -> nodes.get((group - 1 + at) % nodes.size()))
                .toList();
    }

    /** The groups with a replica on this node. */
    public List<Integer> ownGroups() {
        return IntStream.range(0, groups())
                .filter(group -> replicasOf(group).contains(self))
                .boxed()
                .toList();
    }

    /**
     * The group of an entity: an id that ends in {@code @g} lives in group {@code g}, if there is one; any other is hashed over the shards.
     */
    public int groupOf(String persistenceId) {
        return PersistenceIdRules.groupOf(persistenceId, groups());
    }
}
