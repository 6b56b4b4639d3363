package io.murmuration.edge.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.config.Geography;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
    private final Geography geography = Geography.standard();

    @Test
    void three_nodes_share_the_regions() {
        var counts = new HashMap<Integer, Integer>();
        for (var presence : geography.presences()) {
            counts.merge(node(presence.id(), Set.of(1, 2, 3)), 1, Integer::sum);
        }

        assertThat(counts.values()).containsExactlyInAnyOrder(4, 3, 3);
    }

    /** What does not have to move stays. */
    @Test
    void only_what_was_on_a_node_that_is_gone_moves() {
        for (int gone = 1; gone <= 3; gone++) {
            var left = new HashSet<>(List.of(1, 2, 3));
            left.remove(gone);
            for (var presence : geography.presences()) {
                int before = node(presence.id(), Set.of(1, 2, 3));
                int after = node(presence.id(), left);
                assertThat(after).as(presence.id()).isIn(left);
                if (before != gone) {
                    assertThat(after).as(presence.id()).isEqualTo(before);
                }
            }
        }
    }

    @Test
    void where_there_is_no_node_there_is_no_place() {
        assertThat(PlacementRules.node(geography, "LHR1", 3, Set.of())).isEmpty();
        assertThat(PlacementRules.node(geography, "XXX1", 3, Set.of(1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "99,0", "100,1", "9562,95", "20015,200", "100000,250"})
    void distance_costs_time_within_bounds(int kilometres, long millis) {
        assertThat(DistanceRules.delayMillis(kilometres)).isEqualTo(millis);
    }

    @Test
    void the_nearest_comes_first() {
        var nearby = new Nearby(geography);

        assertThat(nearby.home().getFirst().presence()).isEqualTo("LHR1");
        assertThat(nearby.of("Osaka").getFirst()).isEqualTo(new Nearby.Near("NRT1", 396));
        assertThat(nearby.of("0,0")).hasSize(10);
    }

    private int node(String presence, Set<Integer> there) {
        return PlacementRules.node(geography, presence, 3, there).orElseThrow();
    }
}
