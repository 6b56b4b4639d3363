package io.murmuration.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementRulesTest {
    private static final List<String> PLACES = List.of("here", "there", "far");

    @Test
    void the_first_instances_are_started_here() {
        assertThat(PlacementRules.next(PLACES, Map.of(), Set.of())).hasValue("here");
        assertThat(PlacementRules.next(PLACES, Map.of("here", 3L), Set.of())).hasValue("here");
    }

    @Test
    void once_there_are_many_here_the_emptiest_is_next() {
        assertThat(PlacementRules.next(PLACES, Map.of("here", 4L), Set.of())).hasValue("there");
        assertThat(PlacementRules.next(PLACES, Map.of("here", 4L, "there", 1L), Set.of()))
                .hasValue("far");
        assertThat(PlacementRules.next(PLACES, Map.of("here", 4L, "there", 1L, "far", 1L), Set.of()))
                .hasValue("here");
    }

    @Test
    void a_place_without_room_is_passed_over() {
        assertThat(PlacementRules.next(PLACES, Map.of(), Set.of("here"))).hasValue("there");
        assertThat(PlacementRules.next(PLACES, Map.of("here", 9L, "far", 1L), Set.of("there")))
                .hasValue("far");
        assertThat(PlacementRules.next(PLACES, Map.of(), Set.copyOf(PLACES))).isEmpty();
        assertThat(PlacementRules.next(List.of(), Map.of(), Set.of())).isEmpty();
    }
}
