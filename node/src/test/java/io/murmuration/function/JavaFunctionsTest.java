package io.murmuration.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions of the runtime java21, each in a process with Amazon's runtime interface client. */
@Timeout(300)
class JavaFunctionsTest {
    private static final String SOURCE = """
            package flock;
            import java.util.Map;
            public class Bird {
                private int calls;
                public Map<String, Object> fly(Map<String, Object> event) {
                    if (event.containsKey("fail")) {
                        throw new IllegalStateException("hawk");
                    }
                    System.out.println("flying");
                    return Map.of("got", event.getOrDefault("bird", ""), "calls", ++calls, "flock", System.getenv("FLOCK"),
                            "jvm", String.join(" ", java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()));
                }
            }
            """;

    private static Bench bench;
    private static Path arguments;
    private static byte[] code;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        bench = Bench.start(folder.resolve("functions"));
        arguments = folder.resolve("functions").resolve("runtime").resolve("java.args");
        code = compiled(folder);
        bench.deploy("java", "java21", "flock.Bird::fly", code, 60, OptionalInt.empty());
        bench.deploy("again", "java21", "flock.Bird::fly", code, 60, OptionalInt.empty());
        bench.deploy("astray", "java21", "flock.Absent::fly", code, 60, OptionalInt.empty());
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void a_handler_is_called_again_and_again_in_one_process() {
        var first = bench.invoke("again", "{\"bird\":\"starling\"}");
        var failed = bench.invoke("again", "{\"fail\":1}");
        var second = bench.invoke("again", "{}");

        assertThat(first.payload()).contains("\"got\":\"starling\"", "\"calls\":1", "\"flock\":\"starlings\"");
        assertThat(first.log()).contains("flying");
        assertThat(failed.error()).isEqualTo("Unhandled");
        assertThat(failed.payload())
                .contains("\"errorMessage\":\"hawk\"", "\"errorType\":\"java.lang.IllegalStateException\"");
        assertThat(second.payload()).contains("\"calls\":2");
    }

    @Test
    void a_later_process_finds_the_clients_classes_archived() throws Exception {
        assertThat(bench.invoke("java", "{}").payload()).contains("\"calls\":1");
        while (!Files.readString(arguments).contains("SharedArchiveFile")) {
            Thread.sleep(50); // another process makes it; a hang is ended by the test's timeout
        }
        bench.deploy("java", "java21", "flock.Bird::fly", code, 60, OptionalInt.empty()); // starts another

        assertThat(bench.invoke("java", "{}").payload())
                .contains("-XX:SharedArchiveFile=" + arguments.resolveSibling("java.jsa"), "\"calls\":1");
    }

    @Test
    void a_class_that_is_not_there_is_told_as_lambda_does() {
        var outcome = bench.invoke("astray", "{}");

        assertThat(outcome.error()).isEqualTo("Unhandled");
        assertThat(outcome.payload())
                .contains("Class not found: flock.Absent", "\"errorType\":\"java.lang.ClassNotFoundException\"");
    }

    private static byte[] compiled(Path folder) throws IOException {
        var source = Files.createDirectories(folder.resolve("flock")).resolve("Bird.java");
        Files.writeString(source, SOURCE);
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "11", source.toString());
        assertThat(status).isZero();
        var zip = new ByteArrayOutputStream();
        try (var packed = new ZipOutputStream(zip, UTF_8)) {
            packed.putNextEntry(new ZipEntry("flock/Bird.class"));
            packed.write(Files.readAllBytes(source.resolveSibling("Bird.class")));
        }
        return zip.toByteArray();
    }
}
