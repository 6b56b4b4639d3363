package io.murmuration.config;

/**
 * Whose data a node's folder holds: the content of {@code node-N/identity.json}.
 *
 * @param started true once the node has made its stores: from then on a missing store is a loss and not a beginning
 */
public record NodeIdentity(String clusterId, long nodeId, int number, boolean started) {
    NodeIdentity asStarted() {
        return new NodeIdentity(clusterId, nodeId, number, true);
    }
}
