package io.murmuration.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.FreePorts;
import io.murmuration.MostlyWaits;
import io.murmuration.base.Clock;
import io.murmuration.config.DataFolder;
import io.murmuration.config.DataFolderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts, signals and refusals, on real processes that stand in for nodes. */
@MostlyWaits
class LocalClusterTest {
    private final Path data;
    private final int port;
    private final List<String> told = new ArrayList<>();

    LocalClusterTest(@TempDir Path temp) throws IOException {
        this.data = temp.resolve("data");
        this.port = FreePorts.row(3);
    }

    @AfterEach
    void no_process_stays() {
        DataFolder.at(data).find().ifPresent(formatted -> cluster().nodes().forEach(LocalNode::kill));
    }

    @Test
    void a_start_formats_the_folder_and_waits_until_every_node_is_ready() {
        var cluster = start(1, port);

        assertThat(cluster.nodes()).hasSize(1).allMatch(LocalNode::isRunning);
        assertThat(told.getFirst()).isEqualTo("Formatting " + data + " for 1 node and 16 shards.");
        assertThat(told.getLast()).startsWith("node 1 ready  http://127.0.0.1:" + port);
        var report = StatusReport.of(cluster);
        assertThat(report.nodes().getFirst().state()).isEqualTo("ready");
        assertThat(report.lines().get(1)).contains("ready").contains("http://127.0.0.1:" + port);
    }

    @Test
    void a_second_start_is_refused_while_a_node_runs() {
        start(1, port);

        assertThatThrownBy(() -> start(null, null))
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith("The cluster in " + data + " runs already (node 1)");
        assertThat(cluster().node(1).isRunning()).isTrue();
    }

    @Test
    void a_stopped_cluster_starts_again_as_it_was_formatted() {
        var first = start(1, port);
        var stopped = first.stop(Duration.ofSeconds(30));
        var before = DataFolder.at(data).read();

        start(null, null);

        assertThat(stopped).isEmpty();
        assertThat(DataFolder.at(data).read()).isEqualTo(before);
    }

    @Test
    void a_later_start_may_move_to_other_ports() throws IOException {
        start(1, port).stop(Duration.ofSeconds(30));
        var other = FreePorts.row(3);

        start(null, other);

        assertThat(cluster().node(1).endpoint().getPort()).isEqualTo(other);
    }

    @Test
    void another_number_of_nodes_than_formatted_is_refused() {
        start(1, port).stop(Duration.ofSeconds(30));
        var before = DataFolder.at(data).read();

        assertThatThrownBy(() -> start(3, null))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("The cluster in " + data
                        + " was formatted with 1 node, not 3: leave --nodes out, or use another --data.");
        assertThat(DataFolder.at(data).read()).isEqualTo(before);
    }

    @Test
    void a_busy_port_is_refused_and_nothing_is_made() throws IOException {
        try (var busy = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(1, port))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageStartingWith("Port " + port + ", which node 1 needs, cannot be used")
                    .hasMessageEndingWith("free it, or choose others with --port.");
            assertThat(busy.isBound()).isTrue();
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void a_busy_port_between_nodes_is_refused_too() throws IOException {
        try (var busy = new ServerSocket(port + FreePorts.REMOTING_OFFSET, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(1, port))
                    .hasMessageStartingWith("Port " + busy.getLocalPort() + ", which node 1 needs, cannot be used");
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void ports_beyond_the_last_one_make_no_sense() {
        assertThatThrownBy(() -> start(3, 55_534))
                .isInstanceOfSatisfying(
                        CommandFailed.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCodes.USAGE));
        assertThat(data).doesNotExist();
    }

    @Test
    void a_start_while_another_command_works_on_the_folder_is_refused() {
        try (var held = DataFolder.at(data).lock()) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> start(1, port))
                    .isInstanceOf(DataFolderException.class)
                    .hasMessageStartingWith("Another command is working on " + data);
        }
        assertThat(DataFolder.at(data).find()).isEmpty();
    }

    @Test
    void a_node_that_ends_during_the_start_is_shown_with_its_last_words() throws IOException {
        start(1, port).stop(Duration.ofSeconds(30));
        Files.createFile(data.resolve("node-1/fail"));

        assertThatThrownBy(() -> start(null, null))
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith("Node 1 ended during its start (exit code 1).")
                .hasMessageEndingWith("The stand-in was told to fail.");
        assertThat(cluster().running()).isEmpty();
    }

    @Test
    void a_killed_node_stays_killed_until_it_is_restarted() {
        var node = start(1, port).node(1);

        node.kill();

        assertThat(node.isRunning()).isFalse();
        assertThat(StatusReport.of(cluster()).nodes().getFirst().state()).isEqualTo("down");
        assertThat(StatusReport.of(cluster()).anyReached()).isFalse();

        node.restart();

        assertThat(node.isRunning()).isTrue();
        assertThat(data.resolve("node-1/node.log.1")).content().startsWith("Ready.");
    }

    @Test
    void a_running_node_that_is_restarted_is_another_process() {
        var node = start(1, port).node(1);
        var before = node.process();

        node.restart();

        assertThat(node.process()).isPresent().isNotEqualTo(before);
    }

    @Test
    void a_paused_node_is_silent_until_it_is_resumed_and_can_be_stopped_while_paused() {
        var cluster = start(1, port);
        var node = cluster.node(1);

        node.pause();

        assertThat(Deadline.after(Clock.system(), Duration.ofSeconds(30))
                        .await(() -> node.process().orElseThrow().isPaused()))
                .isTrue();
        assertThat(node.health()).isEmpty();

        node.resume();

        assertThat(node.process().orElseThrow().isPaused()).isFalse();
        node.pause();
        assertThat(cluster.stop(Duration.ofSeconds(30))).isEmpty();
    }

    @Test
    void a_node_that_asks_for_it_is_started_again() throws IOException {
        start(1, port).stop(Duration.ofSeconds(30));
        Files.createFile(data.resolve("node-1/again"));

        start(null, null);

        assertThat(data.resolve("node-1/node.log")).content().startsWith("The node asked to be started again.");
    }

    @Test
    void a_node_that_asks_for_ever_is_started_again_five_times() throws IOException {
        start(1, port).stop(Duration.ofSeconds(30));
        Files.createFile(data.resolve("node-1/ever-again"));

        assertThatThrownBy(() -> start(null, null))
                .hasMessageStartingWith("Node 1 ended during its start (exit code 75).");
        assertThat(Files.readAllLines(data.resolve("node-1/node.log")))
                .hasSize(6)
                .endsWith("The node asked once more to be started again, and is not: that did not mend it 5 times.");
    }

    @Test
    void a_node_that_asks_for_it_when_it_was_told_to_end_stays_ended() throws IOException {
        start(1, port);
        Files.createFile(data.resolve("node-1/again-at-end"));
        var wrapper = wrapperOf(cluster().node(1));

        assertThat(cluster().stop(Duration.ofSeconds(30)))
                .isEmpty(); // as another command does, which has not started it

        assertThat(wrapper.onExit()).succeedsWithin(Duration.ofSeconds(30));
        assertThat(cluster().running()).isEmpty();
        assertThat(data.resolve("node-1/node.log")).content().doesNotContain("started again");
    }

    @Test
    void a_node_without_its_folder_keeps_all_from_starting() throws IOException {
        start(3, port).stop(Duration.ofSeconds(30));
        told.clear();
        Files.move(data.resolve("node-2"), data.resolveSibling("lost"));

        assertThatThrownBy(() -> start(null, null))
                .isInstanceOf(DataFolderException.class)
                .hasMessageStartingWith("Node 2 lost its data: ");
        assertThat(told).isEmpty();
        assertThat(cluster().running()).isEmpty();
    }

    @Test
    void a_node_that_ends_during_the_start_ends_it_for_all_at_once() throws IOException {
        start(3, port).stop(Duration.ofSeconds(30));
        Files.createFile(data.resolve("node-3/fail"));

        assertThatThrownBy(() -> start(null, null)).hasMessageStartingWith("Node 3 ended during its start");
        assertThat(cluster().running()).isEmpty();
        for (int node = 0; node < 3; node++) {
            assertIsFree(port + node);
        }
    }

    @Test
    void a_start_that_breaks_off_before_a_pid_file_is_there_leaves_no_process() throws IOException {
        start(1, port).stop(Duration.ofSeconds(30));
        var begun = cluster();
        var start = begun.node(1).start();

        begun.stop(Duration.ofSeconds(30));

        assertThat(start.wrapper().isAlive()).isFalse();
        assertIsFree(port);
    }

    @Test
    void a_cluster_in_a_copied_folder_is_not_the_one_that_runs() throws Exception {
        start(1, port);
        var copy = data.resolveSibling("copy");
        assertThat(new ProcessBuilder("cp", "-r", data.toString(), copy.toString())
                        .start()
                        .waitFor())
                .isZero();

        var folder = DataFolder.at(copy);
        new LocalCluster(folder, folder.read(), jvm(), Clock.system()).stop(Duration.ofSeconds(30));

        assertThat(cluster().node(1).isRunning()).isTrue();
    }

    private static ProcessHandle wrapperOf(LocalNode node) {
        return ProcessHandle.of(node.process().orElseThrow().pid())
                .flatMap(ProcessHandle::parent)
                .orElseThrow();
    }

    private static void assertIsFree(int port) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    private LocalCluster start(@Nullable Integer nodes, @Nullable Integer firstPort) {
        return new ClusterStart(data, nodes, firstPort, jvm()).run(told::add);
    }

    private LocalCluster cluster() {
        var folder = DataFolder.at(data);
        return new LocalCluster(folder, folder.read(), jvm(), Clock.system());
    }

    private static NodeJvm jvm() {
        var flags =
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"));
        return new NodeJvm(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), flags, StandInNode.class.getName());
    }
}
