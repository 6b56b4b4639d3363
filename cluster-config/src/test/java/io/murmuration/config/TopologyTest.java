package io.murmuration.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
    @ParameterizedTest
    @CsvSource({"one,1,1", "three,3,3", "five,5,3"})
    void the_ready_topologies_have_sixteen_shards(String name, int nodes, int replicas) {
        assertThat(Topology.local(nodes)).isEqualTo(new Topology(name, nodes, 16, replicas));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 4, 6})
    void other_sizes_are_refused(int nodes) {
        assertThatThrownBy(() -> Topology.local(nodes))
                .isInstanceOf(SettingsException.class)
                .hasMessage("A local cluster has 1, 3 or 5 nodes, not " + nodes + ".");
    }

    @Test
    void a_shard_has_no_more_replicas_than_there_are_nodes() {
        assertThatThrownBy(() -> new Topology("odd", 1, 16, 3)).isInstanceOf(SettingsException.class);
    }
}
