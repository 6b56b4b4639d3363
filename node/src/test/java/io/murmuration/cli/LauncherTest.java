package io.murmuration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.MostlyWaits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script at the top of the project, with a Maven and a JDK that only note that they were called. */
@Timeout(60)
@MostlyWaits
class LauncherTest {
    private static final Path SCRIPT = Path.of("..", "murmur");
    private static final String JAR = "node/target/murmuration-node.jar";
    private static final String BUILDS = "mkdir -p node/target; echo jar >" + JAR + "; echo built >>builds";

    private final Path home;
    private final Path tools;

    LauncherTest(@TempDir Path temp) throws IOException {
        this.home = Files.createDirectory(temp.resolve("home"));
        this.tools = Files.createDirectory(temp.resolve("tools"));
        Files.writeString(home.resolve("murmur"), Files.readString(SCRIPT));
        Files.writeString(home.resolve("pom.xml"), "");
        Files.createDirectories(home.resolve("node/src/main"));
        Files.createDirectory(tools.resolve("bin"));
        Files.writeString(tools.resolve("release"), "JAVA_VERSION=\"2100\"\n");
        tool("bin/javac", "");
        java("");
        mvn(BUILDS);
    }

    @Test
    void without_a_jdk_there_is_one_sentence_and_nothing_is_made(@TempDir Path empty) throws Exception {
        var script = empty.resolve("murmur");
        Files.writeString(script, Files.readString(SCRIPT).replace("jdk_wanted=21", "jdk_wanted=2200"));

        var process = start(script, "status");

        assertThat(said(process))
                .isEqualTo(
                        "Murmuration needs a JDK 2200 or newer, and none was found: install one, or set JAVA_HOME to its folder.\n");
        assertThat(process.waitFor()).isEqualTo(ExitCodes.FAILED);
        try (var files = Files.list(empty)) {
            assertThat(files).containsExactly(script);
        }
    }

    @Test
    void the_first_command_builds_and_records_a_start_and_the_next_does_neither() throws Exception {
        assertThat(murmur("status")).contains("Built.").endsWith("java status\n");
        assertThat(murmur("up")).isEqualTo("java up\n");

        assertThat(builds()).isOne();
        assertThat(home.resolve("target/murmur-build.lock")).doesNotExist();
    }

    @Test
    void a_build_that_was_broken_off_after_it_wrote_the_jar_is_done_again() throws Exception {
        mvn(BUILDS + "; exit 1");
        assertThat(murmur("up")).contains("The build failed");

        mvn(BUILDS);

        assertThat(murmur("up")).contains("Built.").endsWith("java up\n");
        assertThat(murmur("up")).isEqualTo("java up\n");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void what_does_not_compile_leaves_other_commands_what_was_built_before() throws Exception {
        murmur("up");
        mvn("exit 1");
        changeSources();
        assertThat(murmur("up")).contains("The build failed");

        assertThat(murmur("down"))
                .isEqualTo("The sources have changed since Murmuration was built: murmur up, restart and demo build it"
                        + " again.\njava down\n");
    }

    @Test
    void changed_sources_are_built_by_what_starts_nodes_alone() throws Exception {
        murmur("up");
        changeSources();

        assertThat(murmur("status")).startsWith("The sources have changed").endsWith("java status\n");
        assertThat(builds()).isOne();

        assertThat(murmur("restart", "1")).contains("Built.");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void sources_that_change_during_a_build_are_built_by_the_next() throws Exception {
        mvn("sleep 0.1; echo new >node/src/main/New.java; sleep 0.1; " + BUILDS);
        murmur("up");

        mvn(BUILDS);

        assertThat(murmur("up")).contains("Built.");
    }

    @Test
    void a_recording_that_fails_is_told_and_tried_three_times() throws Exception {
        java("case \"$*\" in *train) exit 1 ;; esac");

        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(murmur("up")).contains("That failed").endsWith("java up\n");
        }
        assertThat(murmur("up")).isEqualTo("java up\n");
    }

    @Test
    void where_nothing_can_be_written_a_first_build_fails_with_one_sentence() throws Exception {
        Files.createFile(home.resolve("target")); // rights would not bind root

        assertThat(murmur("status"))
                .isEqualTo(
                        "Murmuration has to be built first, and " + home.toRealPath() + "/target cannot be written.\n");
    }

    @Test
    void where_nothing_can_be_written_what_is_built_is_run() throws Exception {
        Files.createFile(home.resolve("target"));
        Files.createDirectories(home.resolve("node/target"));
        Files.createFile(home.resolve(JAR));

        assertThat(murmur("up")).isEqualTo("java up\n");
    }

    @Test
    void a_lock_with_the_number_of_this_very_process_is_of_one_that_ended() throws Exception {
        Files.createDirectories(home.resolve("target/murmur-build.lock"));
        var lock = home.resolve("target/murmur-build.lock/pid");

        var process = start("sh", "-c", "echo $$ >" + lock + "; exec sh " + home.resolve("murmur") + " up");

        assertThat(said(process)).doesNotContain("Waiting").endsWith("java up\n");
    }

    @Test
    void a_lock_with_the_number_of_a_later_process_is_of_one_that_ended() throws Exception {
        Files.createDirectories(home.resolve("target/murmur-build.lock"));
        Files.writeString(
                home.resolve("target/murmur-build.lock/pid"),
                ProcessHandle.current().pid() + " 1"
                        + NodePid.startOf(ProcessHandle.current().pid()));

        assertThat(murmur("up")).doesNotContain("Waiting").endsWith("java up\n");
    }

    @Test
    void a_lock_of_nobody_is_taken_over_after_a_moment() throws Exception {
        Files.createDirectories(home.resolve("target/murmur-build.lock"));

        assertThat(murmur("up"))
                .startsWith("Waiting for another build to end (its lock is " + home.toRealPath()
                        + "/target/murmur-build.lock).")
                .endsWith("java up\n");
    }

    @Test
    void a_build_under_way_is_waited_for() throws Exception {
        mvn("echo >started; sleep 1; " + BUILDS);
        var first = start("sh", home.resolve("murmur").toString(), "up");
        while (!Files.exists(home.resolve("started"))) {
            Thread.sleep(20); // another process makes it; a hang is ended by the test's timeout
        }

        assertThat(murmur("up")).startsWith("Waiting for another build to end").endsWith("java up\n");
        assertThat(said(first)).endsWith("java up\n");
        assertThat(builds()).isOne();
    }

    private void changeSources() throws IOException, InterruptedException {
        Thread.sleep(20); // beyond what the file system tells apart
        Files.writeString(home.resolve("node/src/main/New.java"), "new");
    }

    private int builds() throws IOException {
        return Files.readAllLines(home.resolve("builds")).size();
    }

    private void mvn(String does) throws IOException {
        tool("bin/mvn", does);
    }

    /** Says the verb it is run with, after what else it does. */
    private void java(String does) throws IOException {
        tool("bin/java", does + "\nargs=$*; echo java ${args##*cli.Murmur}");
    }

    private void tool(String name, String script) throws IOException {
        var file = tools.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String murmur(String... arguments) throws IOException {
        return said(start(home.resolve("murmur"), arguments));
    }

    private Process start(Path script, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        return start(command.toArray(String[]::new));
    }

    private Process start(String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", tools.toString());
        builder.environment().put("PATH", tools.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().remove("MURMUR_NO_CACHE");
        builder.environment().remove("MURMUR_JAVA_OPTS");
        return builder.start();
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
