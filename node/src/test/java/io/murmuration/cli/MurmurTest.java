package io.murmuration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.config.DataFolder;
import io.murmuration.config.Topology;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MurmurTest {
    private final Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    MurmurTest(@TempDir Path temp) {
        this.data = temp.resolve("data");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fly",
                "up --nodes many",
                "up --port",
                "kill",
                "kill one",
                "pause",
                "resume",
                "restart",
                "logs 1 2",
                "status --output xml",
                "env --node"
            })
    void a_command_that_makes_no_sense_ends_with_2_and_says_how_it_goes(String line) {
        assertThat(run(line)).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("Usage: murmur");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "up --help", "down --help", "status --help", "demo --help", "logs -h", "kill -h"})
    void help_is_given(String line) {
        assertThat(run(line)).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).startsWith("Usage: murmur");
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "status", "env", "logs", "kill 1", "pause 1", "resume 1", "restart 1"})
    void without_a_cluster_there_is_one_sentence(String verb) {
        assertThat(run(verb + " --data " + data)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString().strip()).isEqualTo("There is no cluster in " + data + ": start one with murmur up.");
        assertThat(data).doesNotExist();
    }

    @Test
    void a_cluster_of_an_even_number_is_refused() {
        assertThat(run("up --nodes 2 --data " + data)).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString().strip()).isEqualTo("A local cluster has 1, 3 or 5 nodes, not 2.");
        assertThat(data).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill", "pause", "resume", "restart", "logs"})
    void a_node_that_the_cluster_does_not_have_is_refused(String verb) {
        format();

        assertThat(run(verb + " 4 --data " + data)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString().strip()).isEqualTo("There is no node 4: this cluster has nodes 1 to 3.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill", "pause", "resume"})
    void a_node_that_does_not_run_gets_no_signal(String verb) {
        format();

        assertThat(run(verb + " 2 --data " + data)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString().strip()).isEqualTo("Node 2 is not running: murmur restart 2 starts it.");
    }

    @Test
    void the_status_of_a_stopped_cluster_is_shown_and_ends_with_3() {
        format();

        assertThat(run("status --data " + data)).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(out.toString().lines().toList()).hasSize(4);
        assertThat(out.toString().lines().skip(1)).allMatch(line -> line.contains("down"));
    }

    @Test
    void the_status_comes_as_json_too() {
        format();

        run("status --output json --data " + data);

        assertThat(out.toString()).startsWith("{").contains("\"node\" : 1").contains("\"state\" : \"down\"");
    }

    @Test
    void stopping_what_does_not_run_is_no_failure() {
        format();

        assertThat(run("down --data " + data)).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().strip()).isEqualTo("No node was running.");
    }

    @Test
    void the_environment_of_a_client_is_exported() {
        format();

        assertThat(run("env --node 3 --data " + data)).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().lines())
                .containsExactly(
                        "export AWS_ENDPOINT_URL=http://127.0.0.1:4568",
                        "export AWS_ACCESS_KEY_ID=murmur",
                        "export AWS_SECRET_ACCESS_KEY=murmur",
                        "export AWS_REGION=us-east-1",
                        "export AWS_DEFAULT_REGION=us-east-1");
    }

    @Test
    void logs_of_all_nodes_say_whose_they_are() throws IOException {
        format();
        Files.writeString(data.resolve("node-1/node.log"), "one\n");
        Files.writeString(data.resolve("node-3/node.log"), "three\nand more\n");

        assertThat(run("logs --data " + data)).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().lines()).containsExactly("node-1 | one", "node-3 | three", "node-3 | and more");
    }

    @Test
    void logs_come_as_one_json_value() throws IOException {
        format();
        Files.writeString(data.resolve("node-1/node.log"), "one\n".repeat(600_000)); // more than is read at once

        assertThat(run("logs --output json --data " + data)).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).startsWith("[").containsOnlyOnce("[").contains("node-1 | one");
    }

    @Test
    void the_demo_starts_nothing_where_too_few_nodes_were_formatted() {
        DataFolder.at(data).format(Topology.local(1), 4566, new Random(1));

        assertThat(run("demo --data " + data)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).startsWith("The demo kills nodes and needs at least 3");
        assertThat(data.resolve("node-1/node.log")).doesNotExist();
    }

    @Test
    void a_cluster_is_not_stopped_while_another_command_works_on_it() {
        format();

        try (var held = DataFolder.at(data).lock()) {
            assertThat(held).isNotNull();
            assertThat(run("down --data " + data)).isEqualTo(ExitCodes.FAILED);
        }
        assertThat(err.toString()).startsWith("Another command is working on " + data);
    }

    @Test
    void a_misspelt_setting_stops_the_start(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("murmuration.conf"), "murmuration.node.htp.requests-max = 1");

        assertThat(run("up --nodes 1 --data " + other)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).startsWith("There is no setting murmuration.node.htp.requests-max");
        assertThat(other.resolve("cluster.json")).doesNotExist();
    }

    private void format() {
        DataFolder.at(data).format(Topology.local(3), 4566, new Random(1));
    }

    private int run(String line) {
        return Murmur.run(new PrintWriter(out, true), new PrintWriter(err, true), line.split(" "));
    }
}
