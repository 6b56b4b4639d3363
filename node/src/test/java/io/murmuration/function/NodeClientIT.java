package io.murmuration.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Amazon's own runtime interface client for Node.js, the npm package {@code aws-lambda-ric}, unmodified, as the bootstrap of a function. It compiles its
 * native part when it is installed.
 */
@Timeout(600)
class NodeClientIT {
    private static final List<String> COMPILES_WITH =
            List.of("node", "npm", "python3", "cmake", "make", "g++", "autoconf", "libtoolize");
    private static final Path INSTALLED = Path.of("target", "lambda-ric").toAbsolutePath();
    private static final Path CLIENT = INSTALLED.resolve("node_modules").resolve("aws-lambda-ric");
    private static final Path COMPILED = CLIENT.resolve("dist").resolve("rapid-client.node");

    private static Bench bench;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        COMPILES_WITH.forEach(Bench::needs);
        if (!Files.exists(COMPILED)) {
            install();
        }
        bench = Bench.start(folder.resolve("functions"));
    }

    @AfterAll
    static void close() {
        if (bench != null) {
            bench.close();
        }
    }

    @Test
    void a_handler_gets_event_and_context_again_and_again() {
        deploy("bird", """
                let calls = 0;
                export const handler = async (event, context) => {
                    console.log('flying');
                    return { got: event.bird, calls: ++calls, id: context.awsRequestId, name: context.functionName,
                        arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis() > 0 };
                };
                """);

        var first = bench.invoke("bird", "{\"bird\":\"starling\"}");
        var second = bench.invoke("bird", "{\"bird\":\"wren\"}");

        assertThat(first.payload())
                .contains(
                        "\"got\":\"starling\"",
                        "\"calls\":1",
                        "\"id\":\"" + first.requestId() + "\"",
                        "\"name\":\"bird\"",
                        ":function:bird\"",
                        "\"left\":true");
        assertThat(first.log()).contains("flying");
        assertThat(second.payload()).contains("\"got\":\"wren\"", "\"calls\":2");
    }

    @Test
    void an_error_of_the_handler_is_told_and_the_process_goes_on() {
        deploy("prey", """
                let calls = 0;
                export const handler = async (event) => {
                    calls++;
                    if (event.hawk) { throw new TypeError('hawk'); }
                    return calls;
                };
                """);

        var failed = bench.invoke("prey", "{\"hawk\":true}");

        assertThat(failed.error()).isEqualTo("Unhandled");
        assertThat(failed.payload()).contains("\"errorType\":\"TypeError\"", "\"errorMessage\":\"hawk\"", "index.mjs");
        assertThat(bench.invoke("prey", "{}").payload()).isEqualTo("2");
    }

    @Test
    void large_payloads_pass_both_ways() {
        deploy("echo", "export const handler = async (event) => event;");
        var large = "\"" + "ö".repeat(2 << 20) + "\"";

        assertThat(bench.invoke("echo", large).payload()).isEqualTo(large);
    }

    @Test
    void a_module_that_is_not_there_is_told_as_lambda_does() {
        bench.deploy("astray", "provided.al2023", "absent.handler", Map.of("bootstrap", bootstrap()));

        var outcome = bench.invoke("astray", "{}");

        assertThat(outcome.error()).isEqualTo("Unhandled");
        assertThat(outcome.payload()).contains("Runtime.ImportModuleError", "Cannot find module 'absent'");
    }

    private static void deploy(String name, String module) {
        bench.deploy(name, "provided.al2023", "index.handler", Map.of("bootstrap", bootstrap(), "index.mjs", module));
    }

    private static String bootstrap() {
        return "#!/bin/sh\nexec node " + CLIENT.resolve("bin").resolve("index.mjs") + " \"$_HANDLER\"\n";
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        for (var name : List.of("package.json", "package-lock.json")) {
            Files.copy(
                    Path.of("src", "test", "lambda-ric", name),
                    INSTALLED.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        var command = new ArrayList<>(List.of("npm", "ci", "--no-audit", "--no-fund"));
        // headers that lie beside the program need not be fetched
        var root = printed(List.of("node", "-p", "require('path').dirname(require('path').dirname(process.execPath))"));
        if (Files.exists(Path.of(root.strip(), "include", "node", "node.h"))) {
            command.add("--nodedir=" + root.strip());
        }
        var told = printed(command);
        assertThat(COMPILED).as(told).exists();
    }

    private static String printed(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(printed).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, printed).isZero();
        return printed;
    }
}
