package io.murmuration.cli;

import io.murmuration.base.Clock;
import io.murmuration.config.ClusterSettings;
import io.murmuration.config.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One node of a local cluster: its part of the data folder and, if it runs, its process.
 *
 * <p>Which process that is stands in {@code node-N/pid}; no signal goes to a process that is not proved to be the one named there.
 */
public final class LocalNode {
    static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(20);
    private static final int LOG_LINES_SHOWN = 15;

    private final ClusterSettings.Node node;
    private final DataFolder folder;
    private final URI endpoint;
    private final NodeJvm jvm;
    private final HealthClient health;
    private final Wrappers wrappers;
    private final Duration endPatience;
    private final Clock clock;

    LocalNode(
            ClusterSettings.Node node,
            DataFolder folder,
            URI endpoint,
            NodeJvm jvm,
            HealthClient health,
            Wrappers wrappers,
            Duration endPatience,
            Clock clock) {
        this.node = node;
        this.folder = folder;
        this.endpoint = endpoint;
        this.jvm = jvm;
        this.health = health;
        this.wrappers = wrappers;
        this.endPatience = endPatience;
        this.clock = clock;
    }

    /** As people say it, from 1. */
    public int number() {
        return node.number();
    }

    /** Where clients speak to it. */
    public URI endpoint() {
        return endpoint;
    }

    ClusterSettings.Ports ports() {
        return node.ports();
    }

    Path path() {
        return folder.nodePath(node.number());
    }

    /** What it says of itself, or empty if it does not answer. */
    public Optional<NodeHealth> health() {
        return health.ask(endpoint);
    }

    Optional<NodePid> process() {
        return NodePid.live(pidFile());
    }

    boolean isRunning() {
        return process().isPresent();
    }

    /** A start under way. */
    record Start(Process wrapper, Deadline deadline) {}

    /** Starts its process. The caller has made sure that none runs. */
    Start start() {
        var command = new ArrayList<>(List.of("sh", "-c", wrapperScript(), "murmur-node", prepared()));
        command.addAll(jvm.command(folder.path(), node.number()));
        var builder = new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(NodeLog.rotate(path()).toFile());
        try {
            return new Start(wrappers.start(builder), Deadline.after(clock, START_PATIENCE));
        } catch (IOException e) {
            throw CommandFailed.failed("Node " + node.number() + " cannot be started: " + e.getMessage() + ".");
        }
    }

    /** The real path of its part of the folder, which no longer says that it is to end. */
    private String prepared() {
        try {
            Files.deleteIfExists(stoppingFile());
            return path().toRealPath().toString();
        } catch (IOException e) {
            throw CommandFailed.failed("Node " + node.number() + " cannot be started: " + e + ".");
        }
    }

    /** Fails if the started process ended. */
    void checkAlive(Start start) {
        if (!start.wrapper().isAlive()) {
            throw CommandFailed.failed("Node " + node.number() + " ended during its start (exit code "
                    + start.wrapper().exitValue() + "). Its last lines, from " + NodeLog.file(path()) + ":"
                    + logTail());
        }
    }

    /** Fails if the started process has had its time. */
    void checkInTime(Start start, String otherwise) {
        if (start.deadline().isOver()) {
            throw CommandFailed.failed("Node " + node.number() + " was not ready within " + START_PATIENCE.toSeconds()
                    + " s" + otherwise + ". Its last lines, from " + NodeLog.file(path()) + ":" + logTail());
        }
    }

    /** Whether it says that it serves. */
    boolean isReady() {
        return isRunning() && health().map(NodeHealth::ready).orElse(false);
    }

    private String logTail() {
        var tail = NodeLog.tail(path(), LOG_LINES_SHOWN);
        return tail.isEmpty() ? " (nothing)" : "\n  " + String.join("\n  ", tail);
    }

    /** Starts it again: orderly if it runs, anew if it was killed. Returns how long it took to be ready. */
    public Duration restart() {
        try (var held = folder.lock()) {
            if (isRunning()) {
                askToEnd();
                if (!awaitEnd(Deadline.after(clock, endPatience))) {
                    kill();
                }
            }
            var start = start();
            while (!isReady()) {
                checkAlive(start);
                checkInTime(start, "; it still runs");
                Deadline.pause(Deadline.GLANCE);
            }
            return start.deadline().elapsed();
        }
    }

    /** Ends it as a crash would ({@code SIGKILL}). */
    public void kill() {
        signal("KILL");
        if (!awaitEnd(Deadline.after(clock, KILL_PATIENCE))) {
            throw CommandFailed.failed("Node " + node.number() + " was killed and has not ended; is its disk stuck?");
        }
    }

    /** Stops its time ({@code SIGSTOP}): to others it looks as if the network had swallowed it. */
    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    /** Asks it to drain and end, and its wrapper not to start it again. A paused process hears that only when it goes on. */
    void askToEnd() {
        try {
            Files.write(stoppingFile(), new byte[0]);
        } catch (IOException e) {
            // Without it a node that finds damage while it ends is started again; on a full disk it must end all the
            // same.
        }
        signal("TERM");
        resume();
    }

    boolean awaitEnd(Deadline deadline) {
        return deadline.await(() -> !isRunning());
    }

    private void signal(String name) {
        process().ifPresent(process -> Shell.signal(name, process.pid()));
    }

    private Path pidFile() {
        return path().resolve("pid");
    }

    private Path stoppingFile() {
        return path().resolve("stopping");
    }

    private static String wrapperScript() {
        try (var script = LocalNode.class.getResourceAsStream("run-node.sh")) {
            if (script == null) {
                throw new IllegalStateException("run-node.sh is missing from the jar");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
