package io.murmuration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodePidTest {
    private static final long SELF = ProcessHandle.current().pid();

    private final Path file;

    NodePidTest(@TempDir Path temp) throws IOException {
        this.file = temp.toRealPath().resolve("pid");
    }

    @Test
    void a_running_process_is_live() throws IOException {
        write(SELF, NodePid.startOf(SELF));

        assertThat(NodePid.live(file)).contains(new NodePid(SELF, NodePid.startOf(SELF)));
    }

    @Test
    void a_process_that_got_the_number_of_an_ended_one_is_not_the_node() throws IOException {
        write(SELF, "1" + NodePid.startOf(SELF));

        assertThat(NodePid.live(file)).isEmpty();
    }

    @Test
    void the_file_in_a_copied_folder_is_about_somebody_else(@TempDir Path copy) throws IOException {
        write(SELF, NodePid.startOf(SELF));

        Files.copy(file, copy.resolve("pid"));

        assertThat(NodePid.live(copy.resolve("pid"))).isEmpty();
    }

    @Test
    void an_ended_process_is_not_live() throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", "-c", "read line").start();
        var start = NodePid.startOf(process.pid());
        write(process.pid(), start);
        assertThat(NodePid.live(file)).isPresent();

        process.getOutputStream().close();
        process.waitFor();

        assertThat(NodePid.live(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "seven 1@boot", "-1 1@boot", "0 1@boot"})
    void a_file_that_names_no_process_is_nobody(String content) throws IOException {
        Files.writeString(file, content);

        assertThat(NodePid.live(file)).isEmpty();
    }

    @Test
    void a_missing_file_is_nobody() {
        assertThat(NodePid.live(file)).isEmpty();
    }

    private void write(long pid, String started) throws IOException {
        Files.writeString(file, pid + " " + started + "\n" + file.getParent() + "\n");
    }
}
