package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTopologyTest {
    private final JournalTopology five = new JournalTopology(20, List.of(10L, 20L, 30L, 40L, 50L), 16, 3);

    @Test
    void the_catalogue_is_on_every_node_and_shards_follow_each_other_round() {
        assertThat(five.replicasOf(0)).containsExactly(10L, 20L, 30L, 40L, 50L);
        assertThat(five.replicasOf(1)).containsExactly(10L, 20L, 30L);
        assertThat(five.replicasOf(4)).containsExactly(40L, 50L, 10L);
        assertThat(five.replicasOf(16)).containsExactly(10L, 20L, 30L);
        assertThat(five.ownGroups()).containsExactly(0, 1, 2, 5, 6, 7, 10, 11, 12, 15, 16);
    }

    @Test
    void a_shard_has_no_more_replicas_than_there_are_nodes() {
        assertThat(new JournalTopology(1, List.of(1L), 2, 3).replicasOf(2)).containsExactly(1L);
    }

    @Test
    void there_is_no_group_beyond_the_last() {
        assertThatThrownBy(() -> five.replicasOf(17)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_entity_lives_in_the_group_that_its_id_names() {
        assertThat(five.groupOf("table-7@0")).isZero();
        assertThat(five.groupOf("table-7@16")).isEqualTo(16);
    }

    /** These never change: stored events are found again by them. */
    @Test
    void any_other_entity_is_hashed_over_the_shards() {
        assertThat(List.of(
                        five.groupOf("somebody"),
                        five.groupOf("ünïcode"),
                        five.groupOf(""),
                        five.groupOf("table-7@17"),
                        five.groupOf("table-7@01"),
                        five.groupOf("somebody@example")))
                .containsExactly(12, 9, 2, 3, 2, 5);
    }
}
