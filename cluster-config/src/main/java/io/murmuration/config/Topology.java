package io.murmuration.config;

import com.typesafe.config.ConfigFactory;
import java.util.Map;

/**
 * The size of a cluster, fixed when its data folder is formatted.
 *
 * @param shards how many replication groups hold its data, the catalogue not counted
 * @param replicas how many nodes hold each shard
 */
public record Topology(String name, int nodes, int shards, int replicas) {
    private static final Map<Integer, String> LOCAL = Map.of(1, "one", 3, "three", 5, "five");

    public Topology {
        if (nodes < 1 || shards < 1 || replicas < 1 || replicas > nodes) {
            throw new SettingsException("The topology " + name + " has " + nodes + " nodes, " + shards + " shards and "
                    + replicas + " replicas of each, which does not fit together.");
        }
    }

    /** The ready topology of this many processes on one machine: 1, 3 or 5. An even number would bear no more failures than one less. */
    public static Topology local(int nodes) {
        var name = LOCAL.get(nodes);
        if (name == null) {
            throw new SettingsException("A local cluster has 1, 3 or 5 nodes, not " + nodes + ".");
        }
        var reader = new SettingsReader(
                ConfigFactory.parseResources(Topology.class, name + ".conf").resolve(), "topology");
        var topology = new Topology(
                reader.text("name"),
                reader.number("nodes", 1, 1000),
                reader.number("shards", 1, 1024),
                reader.number("replicas", 1, 3));
        reader.refuseUnknown();
        return topology;
    }
}
