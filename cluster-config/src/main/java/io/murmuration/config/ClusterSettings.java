package io.murmuration.config;

import java.util.List;

/**
 * What every node of a cluster agrees on: the content of {@code cluster.json}.
 *
 * @param clusterId 32 hexadecimal digits, drawn when the folder was formatted
 * @param secret 64 hexadecimal digits that only nodes of the cluster know; they sign what they send each other with it
 * @param shards number of shards; the catalogue's group is not counted
 * @param replicas nodes that hold each shard
 * @param nodes by number, from 1 without gaps
 */
public record ClusterSettings(String clusterId, String secret, int shards, int replicas, List<Node> nodes) {
    public ClusterSettings {
        nodes = List.copyOf(nodes);
    }

    /**
     * @param number what people call the node, from 1
     * @param nodeId what the log calls it: random, positive, never given to another node
     */
    public record Node(int number, long nodeId, Ports ports) {}

    /**
     * TCP ports of one node.
     *
     * @param http where clients speak to it
     * @param remoting where other nodes do
     */
    public record Ports(int http, int remoting) {
        static final int REMOTING_OFFSET = 10_000;

        /** The ports of a node of a local cluster whose first node listens on {@code firstPort}; the others follow it. */
        public static Ports local(int firstPort, int number) {
            var http = firstPort + number - 1;
            return new Ports(http, http + REMOTING_OFFSET);
        }
    }

    /**
     * The node that people call by this number.
     *
     * @throws DataFolderException if there is none
     */
    public Node node(int number) {
        if (number < 1 || number > nodes.size()) {
            throw new DataFolderException("There is no node " + number + ": this cluster has "
                    + (nodes.size() == 1 ? "node 1 only." : "nodes 1 to " + nodes.size() + "."));
        }
        return nodes.get(number - 1);
    }

    /** The same cluster on the ports from {@code firstPort} on. */
    ClusterSettings onPorts(int firstPort) {
        var moved = nodes.stream()
                .map(node -> new Node(node.number(), node.nodeId(), Ports.local(firstPort, node.number())))
                .toList();
        return new ClusterSettings(clusterId, secret, shards, replicas, moved);
    }

    /** Without the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "ClusterSettings[clusterId=" + clusterId + ", shards=" + shards + ", replicas=" + replicas + ", nodes="
                + nodes + "]";
    }
}
