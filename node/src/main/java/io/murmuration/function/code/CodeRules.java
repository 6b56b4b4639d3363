package io.murmuration.function.code;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Where code lies. Pure. */
final class CodeRules {
    private CodeRules() {}

    /**
     * The nodes that keep it, by rendezvous hashing: the same on every node, and evenly spread.
     *
     * @param nodes all of the cluster
     * @param replicas how many of them, or all if there are fewer
     */
    static List<Long> places(CodeId id, List<Long> nodes, int replicas) {
        return ranked(id, nodes).subList(0, Math.min(replicas, nodes.size()));
    }

    /** All nodes, in the order in which they are asked for it: its places first. */
    static List<Long> ranked(CodeId id, List<Long> nodes) {
        return nodes.stream()
                .sorted(Comparator.<Long>comparingLong(node -> mixed(id, node)).thenComparing(node -> node))
                .toList();
    }

    static int majority(int places) {
        return places / 2 + 1;
    }

    /** A finaliser of 64 bits, so that neighbouring node ids rank unlike each other. */
    private static long mixed(CodeId id, long node) {
        long mixed = Objects.hash(id.hex()) * 0x9E37_79B9_7F4A_7C15L ^ node;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }
}
