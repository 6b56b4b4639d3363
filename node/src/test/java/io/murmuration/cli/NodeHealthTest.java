package io.murmuration.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeHealthTest {
    private static final String ANSWER = """
            {"live": true, "ready": true, "waitingFor": "", "isolation": "bubblewrap; memory is bounded",
             "groups": [
              {"group": 0, "role": "leader", "leader": "9223372036854775807", "lag": 0},
              {"group": 1, "role": "leader", "leader": "9223372036854775807", "lag": 2},
              {"group": 2, "role": "follower", "leader": "0", "lag": 5}]}
            """;

    @Test
    void an_answer_is_read() {
        var health = NodeHealth.parse(ANSWER);

        assertThat(health.ready()).isTrue();
        assertThat(health.groups().getFirst().leader()).isEqualTo(Long.MAX_VALUE);
        assertThat(health.lag()).isEqualTo(5);
    }

    @Test
    void the_catalogue_is_no_shard() {
        assertThat(NodeHealth.parse(ANSWER).shardsLed()).isEqualTo(1);
    }

    @Test
    void something_else_is_no_answer() {
        assertThatThrownBy(() -> NodeHealth.parse("<html>")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> NodeHealth.parse("{}")).isInstanceOf(ConfigException.class);
    }

    @Test
    void groups_that_nobody_leads_are_told() {
        var line = new StatusReport.Line(
                1, "ready", Optional.of(7L), "http://127.0.0.1:4566", Optional.of(NodeHealth.parse(ANSWER)), 10);

        var report = new StatusReport(Path.of("data"), List.of(line));

        assertThat(report.lines()).contains("Isolation of functions on node 1: bubblewrap; memory is bounded.");
        assertThat(report.lines().getLast()).startsWith("Nobody leads the groups [2]");
        assertThat(report.json()).containsEntry("groupsWithoutLeader", List.of(2));
    }
}
