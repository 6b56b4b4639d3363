package io.murmuration.object.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacementRulesTest {
    private static final int CHUNKS = 3_000;

    @Test
    void places_depend_on_the_set_of_nodes_alone() {
        var nodes = new ArrayList<>(List.of(1L, 2L, 3L, 4L, 5L));
        var places = PlacementRules.places(id(1), nodes, 3);
        Collections.reverse(nodes);

        assertThat(places).doesNotHaveDuplicates().hasSize(3);
        assertThat(PlacementRules.places(id(1), nodes, 3)).isEqualTo(places);
        assertThat(PlacementRules.places(id(1), List.of(9L, 8L), 3)).containsExactlyInAnyOrder(8L, 9L);
    }

    @Test
    void chunks_are_spread_evenly() {
        var counts = new HashMap<Long, Integer>();
        for (int each = 0; each < CHUNKS; each++) {
            PlacementRules.places(id(each), List.of(1L, 2L, 3L, 4L, 5L), 3)
                    .forEach(node -> counts.merge(node, 1, Integer::sum));
        }

        assertThat(counts.values()).allMatch(count -> Math.abs(count - CHUNKS * 3 / 5) < CHUNKS / 15);
    }

    /** "the set of objects … is remapped" only from and to the node that came or went: that is what rendezvous hashing is for. */
    @Test
    void a_new_node_moves_only_what_it_takes() {
        for (int each = 0; each < CHUNKS; each++) {
            var before = PlacementRules.places(id(each), List.of(1L, 2L, 3L, 4L), 3);
            var after = new ArrayList<>(PlacementRules.places(id(each), List.of(1L, 2L, 3L, 4L, 5L), 3));
            after.remove(5L);

            assertThat(before).containsSubsequence(after);
        }
    }

    private static ChunkId id(long seed) {
        var random = new Random(seed);
        return new ChunkId(random.nextLong(), random.nextLong());
    }
}
