package io.murmuration.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.FreePorts;
import io.murmuration.base.Chance;
import io.murmuration.config.DataFolder;
import io.murmuration.config.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process as its caller sees it: what it prints, and what it ends with. */
@Timeout(120)
class NodeMainTest {
    private static final int JDK_THAT_WARNS_OF_UNSAFE = 23;

    private final Path folder;

    NodeMainTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void it_says_ready_has_its_folder_alone_and_ends_well_when_told_to() throws Exception {
        DataFolder.at(folder).format(Topology.local(1), FreePorts.row(1), Chance.secure()::nextLong);
        var node = start("--data", folder.toString(), "--node", "1");
        try (var output = node.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("Ready.");

            var second = start("--data", folder.toString(), "--node", "1");
            assertThat(outputOf(second))
                    .isEqualTo("Another process runs node 1 on " + folder.resolve("node-1") + ".\n");
            assertThat(second.waitFor()).isEqualTo(1);

            node.toHandle().destroy(); // Process.destroy would close what is still to be read
            assertThat(node.waitFor()).isZero();
            assertThat(output.readLine()).isNull();
        } finally {
            node.destroyForcibly();
        }
    }

    @Test
    void it_ends_with_one_sentence_when_its_folder_is_removed() throws Exception {
        var data = folder.resolve("data");
        DataFolder.at(data).format(Topology.local(1), FreePorts.row(1), Chance.secure()::nextLong);
        var node = start("--data", data.toString(), "--node", "1");
        try (var output = node.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("Ready.");

            assertThat(new ProcessBuilder("rm", "-rf", data.toString()).start().waitFor())
                    .isZero();

            assertThat(output.readLine())
                    .isEqualTo("The data folder " + data.resolve("node-1") + " is gone, and the node ends.");
            assertThat(node.waitFor()).isEqualTo(1);
        } finally {
            node.destroyForcibly();
        }
    }

    @Test
    void a_folder_without_a_cluster_and_a_wrong_call_are_told() throws Exception {
        var nothing = start("--data", folder.resolve("none").toString(), "--node", "1");
        assertThat(outputOf(nothing)).isEqualTo("There is no cluster in " + folder.resolve("none") + ".\n");
        assertThat(nothing.waitFor()).isEqualTo(1);

        var wrong = start("--data");
        assertThat(outputOf(wrong)).startsWith("--data needs a value.");
        assertThat(wrong.waitFor()).isEqualTo(2);
    }

    private static Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= JDK_THAT_WARNS_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String outputOf(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
