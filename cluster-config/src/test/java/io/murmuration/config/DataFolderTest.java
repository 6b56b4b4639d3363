package io.murmuration.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.config.ClusterSettings.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
    private static final int SEED = 1;

    private final Path temp;

    DataFolderTest(@TempDir Path temp) {
        this.temp = temp;
    }

    @Test
    void an_unformatted_folder_holds_no_cluster() {
        assertThat(folder().find()).isEmpty();
        assertThatThrownBy(() -> folder().read())
                .isInstanceOf(DataFolderException.class)
                .hasMessage("There is no cluster in " + temp.resolve("data") + ".");
    }

    @Test
    void formatting_draws_ids_and_gives_each_node_its_ports() {
        var cluster = format(3);

        assertThat(cluster.clusterId()).matches("[0-9a-f]{32}");
        assertThat(cluster.secret()).matches("[0-9a-f]{64}");
        assertThat(cluster.shards()).isEqualTo(16);
        assertThat(cluster.nodes()).extracting(ClusterSettings.Node::number).containsExactly(1, 2, 3);
        assertThat(cluster.nodes())
                .extracting(ClusterSettings.Node::nodeId)
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
        assertThat(cluster.nodes())
                .extracting(ClusterSettings.Node::ports)
                .containsExactly(new Ports(4566, 14566), new Ports(4567, 14567), new Ports(4568, 14568));
        assertThat(folder().read()).isEqualTo(cluster);
    }

    @Test
    void the_secret_is_not_printed() {
        var cluster = format(1);

        assertThat(cluster.toString()).contains(cluster.clusterId()).doesNotContain(cluster.secret());
    }

    @Test
    void the_bytes_of_the_files_are_these() throws IOException {
        format(3);

        assertThat(folder().path().resolve("cluster.json")).hasSameBinaryContentAs(fixture("cluster-1.json"));
        assertThat(folder().nodePath(2).resolve("identity.json")).hasSameBinaryContentAs(fixture("identity-1.json"));
    }

    @Test
    void files_of_this_format_are_still_read() throws IOException {
        var fixture = fixture("cluster-1.json");

        var cluster = FolderCodec.decodeCluster(Files.readAllBytes(fixture), fixture);

        assertThat(cluster).isEqualTo(format(3));
    }

    @Test
    void a_formatted_folder_is_not_formatted_again() {
        format(3);

        assertRefused(
                () -> folder().format(Topology.local(1), 4566, new Random(2)),
                "There is a cluster in " + folder().path() + " already.");
    }

    @Test
    void a_folder_with_other_things_is_not_formatted() throws IOException {
        Files.createDirectories(folder().path());
        Files.writeString(folder().path().resolve("thesis.tex"), "the only copy");

        assertRefused(
                () -> format(1),
                folder().path() + " holds other things (thesis.tex): a cluster needs a folder of its own.");
    }

    @Test
    void a_folder_with_nodes_data_and_no_cluster_file_is_not_formatted() throws IOException {
        format(1);
        Files.createDirectories(folder().nodePath(1).resolve("log"));
        Files.delete(folder().path().resolve("cluster.json"));

        assertRefused(
                () -> format(1),
                folder().path()
                        + " holds data of a cluster and no cluster.json: bring that file back, or use another folder.");
    }

    @Test
    void an_interrupted_format_is_begun_again() throws IOException {
        format(3);
        Files.move(folder().path().resolve("cluster.json"), folder().path().resolve("cluster.json.unfinished"));

        var cluster = folder().format(Topology.local(1), 4566, new Random(2));

        assertThat(folder().read()).isEqualTo(cluster);
        try (var opened = folder().open(1)) {
            assertThat(opened.cluster()).isEqualTo(cluster);
        }
    }

    @Test
    void a_file_where_the_folder_should_be_is_refused() throws IOException {
        Files.writeString(temp.resolve("data"), "");

        assertThatThrownBy(() -> format(1))
                .isInstanceOf(DataFolderException.class)
                .hasMessageStartingWith("The data folder " + folder().path() + " cannot be used");
    }

    @Test
    void changing_the_ports_changes_nothing_else() {
        var before = format(3);

        var after = folder().changePorts(7000);

        assertThat(after.nodes())
                .extracting(ClusterSettings.Node::ports)
                .containsExactly(new Ports(7000, 17000), new Ports(7001, 17001), new Ports(7002, 17002));
        assertThat(after.onPorts(4566)).isEqualTo(before);
        assertThat(folder().read()).isEqualTo(after);
    }

    @Test
    void a_node_opens_its_own_part() {
        var cluster = format(3);

        try (var opened = folder().open(2)) {
            assertThat(opened.path()).isEqualTo(folder().path().resolve("node-2"));
            assertThat(opened.node()).isEqualTo(cluster.node(2));
            assertThat(opened.cluster()).isEqualTo(cluster);
        }
    }

    @Test
    void a_second_opening_is_refused_until_the_first_is_closed() {
        format(1);

        try (var opened = folder().open(1)) {
            assertThat(opened.startedBefore()).isFalse();
            assertRefused(() -> folder().open(1), "Another process runs node 1 on " + folder().nodePath(1) + ".");
        }
        folder().open(1).close();
    }

    @Test
    void a_second_command_waits_for_the_first() {
        try (var lock = folder().lock()) {
            assertThat(lock).isNotNull();
            assertRefused(
                    () -> folder().lock(),
                    "Another command is working on " + folder().path() + ": wait for it to end.");
        }
        folder().lock().close();
    }

    @Test
    void a_locked_folder_can_be_formatted() {
        try (var lock = folder().lock()) {
            assertThat(lock).isNotNull();
            assertThat(format(1)).isEqualTo(folder().read());
        }
    }

    @Test
    void that_a_node_made_its_stores_is_remembered() {
        format(1);
        try (var opened = folder().open(1)) {
            opened.noteStarted();
            assertThat(opened.startedBefore()).isFalse();
        }

        try (var again = folder().open(1)) {
            assertThat(again.startedBefore()).isTrue();
            assertThat(again.node()).isEqualTo(folder().read().node(1));
        }
    }

    @Test
    void a_missing_identity_is_lost_data() throws IOException {
        format(3);
        Files.delete(folder().nodePath(2).resolve("identity.json"));

        assertRefused(
                () -> folder().open(2),
                "Node 2 lost its data: " + folder().nodePath(2).resolve("identity.json")
                        + " is missing in a formatted cluster, and a node without its past must not vote.");
    }

    @Test
    void another_clusters_folder_is_refused() throws IOException {
        var own = format(3);
        var other = DataFolder.at(temp.resolve("other"));
        var foreign = other.format(Topology.local(3), 4566, new Random(2));
        Files.copy(
                other.nodePath(2).resolve("identity.json"),
                folder().nodePath(2).resolve("identity.json"),
                StandardCopyOption.REPLACE_EXISTING);

        assertRefused(
                () -> folder().open(2),
                folder().nodePath(2) + " belongs to another cluster (" + foreign.clusterId() + ", this is "
                        + own.clusterId() + "): bring back its own folder.");
    }

    @Test
    void another_nodes_folder_is_refused() throws IOException {
        format(3);
        Files.copy(
                folder().nodePath(1).resolve("identity.json"),
                folder().nodePath(2).resolve("identity.json"),
                StandardCopyOption.REPLACE_EXISTING);

        assertRefused(
                () -> folder().open(2),
                folder().nodePath(2)
                        + " belongs to another node of this cluster (number 1): bring back its own folder.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster.json", "node-1/identity.json"})
    void a_newer_format_is_refused(String name) throws IOException {
        format(1);
        var file = folder().path().resolve(name);
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"format\": 1", "\"format\": 2")
                        .replace("\"clusterId\"", "\"flockId\""));

        assertRefused(
                () -> folder().open(1),
                file
                        + " was written by a newer release (format 2, this one reads up to 1): use that release, or another data folder.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster.json", "node-1/identity.json"})
    void a_damaged_file_is_refused(String name) throws IOException {
        format(1);
        var file = folder().path().resolve(name);
        Files.writeString(file, Files.readString(file).substring(0, 40));

        assertThatThrownBy(() -> folder().open(1))
                .isInstanceOf(DataFolderException.class)
                .hasMessageStartingWith(file + " is damaged");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void a_node_beyond_the_cluster_is_refused(int number) {
        format(3);

        assertRefused(() -> folder().open(number), "There is no node " + number + ": this cluster has nodes 1 to 3.");
    }

    private DataFolder folder() {
        return DataFolder.at(temp.resolve("data"));
    }

    private ClusterSettings format(int nodes) {
        return folder().format(Topology.local(nodes), 4566, new Random(SEED));
    }

    private void assertRefused(Runnable deed, String sentence) {
        var before = contents();

        assertThatThrownBy(deed::run).isInstanceOf(DataFolderException.class).hasMessage(sentence);

        assertThat(contents()).isEqualTo(before);
    }

    /** Every file with its text: a refusal changes nothing. The lock file is no content. */
    private Map<String, String> contents() {
        var contents = new TreeMap<String, String>();
        try (var files = Files.walk(temp)) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith("lock"))
                    .toList()) {
                contents.put(temp.relativize(file).toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    private static Path fixture(String name) {
        return Path.of("src/test/resources/io/murmuration/config", name);
    }
}
