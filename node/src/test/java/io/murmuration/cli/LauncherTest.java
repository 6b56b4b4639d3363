package io.murmuration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the top of the project, as far as it goes without building. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("..", "murmur");

    @Test
    void without_a_jdk_there_is_one_sentence_and_nothing_is_made(@TempDir Path home)
            throws IOException, InterruptedException {
        var script = home.resolve("murmur");
        Files.writeString(script, Files.readString(SCRIPT).replace("jdk_wanted=21", "jdk_wanted=2100"));

        var process = new ProcessBuilder("sh", script.toString(), "status")
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(ExitCodes.FAILED);
        assertThat(said.strip())
                .isEqualTo(
                        "Murmuration needs a JDK 2100 or newer, and none was found: install one, or set JAVA_HOME to its folder.");
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(script);
        }
    }
}
