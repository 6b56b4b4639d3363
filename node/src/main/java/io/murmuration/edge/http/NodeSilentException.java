package io.murmuration.edge.http;

/** Nothing was heard of a node for so long that its answer is not waited for. */
final class NodeSilentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeSilentException(long node) {
        super("Nothing is heard of node " + node, null, false, false);
    }
}
