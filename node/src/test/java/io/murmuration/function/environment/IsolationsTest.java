package io.murmuration.function.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.murmuration.MostlyWaits;
import io.murmuration.function.environment.Isolation.IsolatedProcess;
import io.murmuration.function.environment.Isolation.Launch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this machine has to isolate processes, tried with real ones. */
@Timeout(120)
@MostlyWaits
class IsolationsTest {
    private final Path folder;

    IsolationsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bwrap", "setpriv", "sh"})
    void a_busy_process_ends_with_the_node_that_is_killed(String way) throws Exception {
        needs(way);
        var node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Spinning.class.getName(),
                        way,
                        folder.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        try (var said = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            long pid = Long.parseLong(said.readLine());
            var function = ProcessHandle.of(pid).orElseThrow();
            awaitBusy(function);
            var all = Stream.concat(Stream.of(function), function.descendants()).toList();

            node.destroyForcibly();

            for (var each : all) {
                each.onExit().get(60, TimeUnit.SECONDS);
            }
        } finally {
            node.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bwrap", "setpriv", "sh"})
    void the_status_and_the_output_are_the_functions(String way) throws Exception {
        needs(way);
        var process = start(way, Optional.empty(), "echo $BIRD; exit 7");

        assertThat(get(process.exit())).isEqualTo(7);
        assertThat(folder.resolve("output")).content().isEqualTo("heron\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bwrap", "setpriv", "sh"})
    void a_killed_process_ends_with_all_that_it_started(String way) throws Exception {
        needs(way);
        var process = start(way, Optional.empty(), "sleep 600 & while :; do :; done");
        var function = ProcessHandle.of(process.pid()).orElseThrow();
        awaitBusy(function);
        var all = function.descendants().toList();

        process.kill();

        assertThat(get(process.exit())).isEqualTo(137);
        for (var each : all) {
            each.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void bubblewrap_shows_the_code_and_hides_other_processes_and_what_is_to_be_hidden() throws Exception {
        needs("bwrap");
        var secret = Files.createDirectories(folder.resolve("data"));
        Files.writeString(secret.resolve("secret"), "s");
        var wrapping = Isolations.bubblewrap("/usr/bin/bwrap", List.of(secret), List.of());
        var process = get(new ProcessIsolation(wrapping, Optional.empty())
                .start(launch("ls " + secret + " | wc -l; ls -d /proc/[0-9]* | wc -l; touch /tmp/mine && ls /tmp/mine;"
                        + " touch code.txt || echo kept; touch /etc/mine || echo kept")));

        assertThat(get(process.exit())).isZero();
        var said = Files.readAllLines(folder.resolve("output")).stream()
                .filter(line -> !line.startsWith("touch"))
                .toList();
        assertThat(said.get(0).strip()).isEqualTo("0");
        assertThat(Integer.parseInt(said.get(1).strip())).isLessThan(8);
        assertThat(said.subList(2, 5)).containsExactly("/tmp/mine", "kept", "kept");
        assertThat(folder.resolve("own").resolve("mine")).exists();
    }

    @Test
    void a_process_that_takes_more_memory_than_it_has_is_killed() throws Exception {
        var memory = Isolations.memory();
        assumeThat(memory.isPresent()).as("control groups can be made here").isTrue();
        // dd holds its block in memory
        var large = start("sh", memory, "dd if=/dev/zero of=/dev/null bs=512M count=1");
        var small = start("sh", memory, "dd if=/dev/zero of=/dev/null bs=16M count=1");

        assertThat(get(large.exit())).isEqualTo(137);
        assertThat(get(small.exit())).isZero();
    }

    @Test
    void the_best_of_this_machine_is_told_in_words() throws Exception {
        var best = Isolations.best(System.getenv("PATH"), folder.resolve("functions"), List.of(), List.of());

        assertThat(best.words()).matches("(bubblewrap|none) \\(.*\\); memory is .*");
        assertThat(Isolations.best("", folder.resolve("functions"), List.of(), List.of())
                        .words())
                .startsWith("none (");
    }

    private IsolatedProcess start(String way, Optional<MemoryGroups> memory, String script) throws Exception {
        return get(new ProcessIsolation(Spinning.wrapping(way), memory).start(launch(script)));
    }

    private Launch launch(String script) throws IOException {
        return new Launch(
                List.of("/bin/sh", "-c", script),
                Files.createDirectories(folder.resolve("code")),
                Files.createDirectories(folder.resolve("own")),
                folder.resolve("output"),
                Map.of("PATH", "/usr/bin:/bin", "BIRD", "heron"),
                128);
    }

    private static void needs(String way) {
        assumeThat(Isolations.program("/usr/bin:/bin", way).isPresent())
                .as(way + " is installed")
                .isTrue();
    }

    /** Until the function itself runs, below whatever wraps it. */
    private static void awaitBusy(ProcessHandle outer) throws InterruptedException {
        while (Stream.concat(Stream.of(outer), outer.descendants())
                .noneMatch(each -> each.info().commandLine().orElse("").matches("\\S*sh -c .*while :; do.*"))) {
            Thread.sleep(10);
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
