package io.murmuration.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real {@code dynamoose} package, unmodified, runs the program in {@code src/test/dynamoose} against real processes. Needs Node.js and npm. */
class DynamooseIT {
    private static final List<String> STEPS = List.of(
            "create_the_table",
            "create",
            "save",
            "get",
            "query_by_key",
            "scan",
            "update",
            "condition",
            "batch",
            "delete",
            "delete_the_table");
    private static final Path PROGRAM = Path.of("target", "dynamoose");

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Files.createDirectories(PROGRAM);
        for (var name : List.of("package.json", "package-lock.json", "program.js")) {
            Files.copy(
                    Path.of("src", "test", "dynamoose", name),
                    PROGRAM.resolve(name),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        run(List.of("npm", "ci", "--no-audit", "--no-fund"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_program_written_with_dynamoose_works_on_so_many_nodes(int nodes, @TempDir Path data) throws Exception {
        try (var cluster = ProcessCluster.start(data.resolve("cluster"), nodes)) {
            var command = new ArrayList<>(List.of("node", "program.js"));
            cluster.endpoints().stream().map(URI::toString).forEach(command::add);

            var printed = run(command);

            assertThat(printed.lines().filter(line -> line.startsWith("ok ")))
                    .containsExactlyElementsOf(
                            STEPS.stream().map(step -> "ok " + step).toList());
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(PROGRAM.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(printed).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, printed).isZero();
        return printed;
    }
}
