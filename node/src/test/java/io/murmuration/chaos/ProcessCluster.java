package io.murmuration.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.murmuration.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A cluster of real processes, started, hurt and stopped by the launcher, as a person would from a shell. */
final class ProcessCluster implements AutoCloseable {
    private static final Path MURMUR = Path.of("..", "murmur").toAbsolutePath().normalize();
    private static final Duration READY_MAX = Duration.ofSeconds(90);

    private final Path data;
    private final int nodes;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private ProcessCluster(Path data, int nodes, int port) {
        this.data = data;
        this.nodes = nodes;
        this.port = port;
    }

    static ProcessCluster start(Path data, int nodes) throws IOException, InterruptedException {
        var cluster = new ProcessCluster(data, nodes, FreePorts.row(nodes));
        cluster.up();
        return cluster;
    }

    void up() throws IOException, InterruptedException {
        murmur("up", "--nodes", "" + nodes, "--port", "" + port, "--data", data.toString(), "--detach");
    }

    void kill(int node) throws IOException, InterruptedException {
        murmur("kill", "" + node, "--data", data.toString());
    }

    void pause(int node) throws IOException, InterruptedException {
        murmur("pause", "" + node, "--data", data.toString());
    }

    void resume(int node) throws IOException, InterruptedException {
        murmur("resume", "" + node, "--data", data.toString());
    }

    void restart(int node) throws IOException, InterruptedException {
        murmur("restart", "" + node, "--data", data.toString());
    }

    /** Runs the launcher; anything but success fails the test with what it printed. */
    String murmur(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(MURMUR.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).as(output).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, output).isZero();
        return output;
    }

    int nodes() {
        return nodes;
    }

    Path folder(int node) {
        return data.resolve("node-" + node);
    }

    /** Nodes count from 1. */
    URI endpoint(int node) {
        return URI.create("http://127.0.0.1:" + (port + node - 1));
    }

    List<URI> endpoints() {
        return IntStream.rangeClosed(1, nodes).mapToObj(this::endpoint).toList();
    }

    /** What the node says of itself, empty if it does not answer. */
    Optional<Config> health(int node) throws InterruptedException {
        var request = HttpRequest.newBuilder(endpoint(node).resolve("/_murmur/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            var body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return Optional.of(ConfigFactory.parseString(
                    body, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON)));
        } catch (IOException silent) {
            return Optional.empty();
        }
    }

    boolean isReady(int node) throws InterruptedException {
        return health(node).map(health -> health.getBoolean("ready")).orElse(false);
    }

    void awaitReady() throws InterruptedException {
        await("every node is ready", () -> {
            for (var node = 1; node <= nodes; node++) {
                if (!isReady(node)) {
                    return false;
                }
            }
            return true;
        });
    }

    void await(String what, Condition condition) throws InterruptedException {
        var end = System.nanoTime() + READY_MAX.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited for: %s", what).isLessThan(end);
            Thread.sleep(100);
        }
    }

    interface Condition {
        boolean holds() throws InterruptedException;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        murmur("down", "--data", data.toString());
    }
}
