package io.murmuration.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.Journal.ReplicaStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadinessRulesTest {
    private static final long SELF = 7;
    private static final long OTHER = 8;

    @Test
    void a_node_whose_groups_are_led_and_that_serves_its_own_is_ready() {
        var replicas = List.of(replica(0, "leader", SELF), replica(1, "follower", OTHER));

        assertThat(ReadinessRules.waitingFor(replicas, Set.of(0), 2, 3)).isEmpty();
    }

    @Test
    void a_group_without_a_leader_is_waited_for() {
        var replicas = List.of(replica(0, "follower", 0), replica(1, "candidate", 0), replica(2, "follower", OTHER));

        assertThat(ReadinessRules.waitingFor(replicas, Set.of(), 1, 3))
                .contains("Waiting for a leader of the catalogue and shard 1; 1 of 3 nodes are heard.");
    }

    @Test
    void many_groups_are_counted_and_not_named() {
        var replicas = IntStream.rangeClosed(1, 16)
                .mapToObj(group -> replica(group, "follower", 0))
                .toList();

        assertThat(ReadinessRules.waitingFor(replicas, Set.of(), 1, 3))
                .contains("Waiting for a leader of 16 shards; 1 of 3 nodes are heard.");
    }

    @Test
    void a_leader_that_has_not_applied_its_first_entry_is_not_ready() {
        var replicas = List.of(replica(0, "leader", SELF), replica(3, "leader", SELF));

        assertThat(ReadinessRules.waitingFor(replicas, Set.of(0), 1, 1)).contains("Waiting to take office in shard 3.");
    }

    @Test
    void a_damaged_replica_is_told_first() {
        var replicas = List.of(replica(1, "damaged", OTHER), replica(2, "follower", 0));

        assertThat(ReadinessRules.waitingFor(replicas, Set.of(), 2, 3))
                .contains("Waiting for the other nodes to repair shard 1; 2 of 3 nodes are heard.");
    }

    @Test
    void before_any_replica_runs_nothing_is_ready() {
        assertThat(ReadinessRules.waitingFor(List.of(), Set.of(), 1, 1)).isPresent();
    }

    private static ReplicaStatus replica(int group, String role, long leader) {
        return new ReplicaStatus(group, role, 1, leader, 5, 5, 5, 0);
    }
}
