package io.murmuration.object.chunk;

import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** Which nodes a chunk's copies belong on: those with the highest scores for its id (rendezvous hashing), so that a node more or less moves little. */
final class PlacementRules {
    private PlacementRules() {}

    /** As many nodes as there are replicas, or all if there are fewer; the same whatever the order of the nodes. */
    static List<Long> places(ChunkId id, List<Long> nodes, int replicas) {
        var scores = new HashMap<Long, Long>();
        nodes.forEach(node -> scores.put(node, score(id, node)));
        var ordered = new ArrayList<>(nodes);
        ordered.sort(Comparator.<Long, Long>comparing(scores::get, Long::compareUnsigned)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        return List.copyOf(ordered.subList(0, Math.min(replicas, ordered.size())));
    }

    private static long score(ChunkId id, long node) {
        return Hashing.farmHashFingerprint64()
                .newHasher()
                .putLong(id.high())
                .putLong(id.low())
                .putLong(node)
                .hash()
                .asLong();
    }
}
