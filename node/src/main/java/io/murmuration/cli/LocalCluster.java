package io.murmuration.cli;

import io.murmuration.base.Clock;
import io.murmuration.config.ClusterSettings;
import io.murmuration.config.DataFolder;
import io.murmuration.config.NodeSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A formatted data folder and the processes of its nodes. */
public final class LocalCluster {
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(14);

    private final DataFolder folder;
    private final ClusterSettings settings;
    private final NodeJvm jvm;
    private final HealthClient health;
    private final Clock clock;
    private final Wrappers wrappers = new Wrappers();
    private final NodeSettings.Http http;
    private final String host;

    LocalCluster(DataFolder folder, ClusterSettings settings, NodeJvm jvm, Clock clock) {
        this.folder = folder;
        this.settings = settings;
        this.jvm = jvm;
        this.clock = clock;
        this.health = new HealthClient();
        var nodeSettings = NodeSettings.load(folder.path());
        this.host = nodeSettings.listenAddress();
        this.http = nodeSettings.http();
    }

    /** The cluster that was formatted in this folder. */
    static LocalCluster in(Path data) {
        var folder = DataFolder.at(data);
        var settings = folder.find()
                .orElseThrow(() -> CommandFailed.failed(
                        "There is no cluster in " + folder.path() + ": start one with murmur up."));
        return new LocalCluster(folder, settings, NodeJvm.ofThisProcess(), Clock.system());
    }

    /** The cluster in this folder if all its nodes run; empty if none does. */
    public static Optional<LocalCluster> findRunning(Path data) {
        var folder = DataFolder.at(data);
        var cluster = folder.find()
                .map(settings -> new LocalCluster(folder, settings, NodeJvm.ofThisProcess(), Clock.system()));
        var running = cluster.map(found -> found.running().size()).orElse(0);
        if (running == 0) {
            return Optional.empty();
        }
        cluster.ifPresent(found -> found.nodes().stream()
                .filter(node -> !node.isRunning())
                .findFirst()
                .ifPresent(node -> {
                    throw CommandFailed.failed("Node " + node.number() + " is not running: murmur restart "
                            + node.number() + " starts it.");
                }));
        return cluster;
    }

    public Path path() {
        return folder.path();
    }

    /** All its nodes, by number. */
    public List<LocalNode> nodes() {
        return settings.nodes().stream().map(this::local).toList();
    }

    /** @param number as people say it, from 1 */
    public LocalNode node(int number) {
        return local(settings.node(number));
    }

    List<LocalNode> running() {
        return nodes().stream().filter(LocalNode::isRunning).toList();
    }

    private LocalNode local(ClusterSettings.Node node) {
        var endpoint = URI.create("http://" + host + ":" + node.ports().http());
        return new LocalNode(node, folder, endpoint, jvm, health, wrappers, endPatience(), clock);
    }

    /** Drains and stops all its nodes. */
    public void stop() {
        stop(endPatience());
    }

    /** How long a node may take to end: it finishes what runs, then closes its stores. */
    Duration endPatience() {
        return http.drainTimeout().plus(CLOSING_PATIENCE);
    }

    /** Whether a node runs, or one that this command started is still on its way. */
    boolean anyRuns() {
        return wrappers.anyRuns() || !running().isEmpty();
    }

    /** Asks every running node to end, waits for all, and kills what does not end in time. Returns those that had to be killed. */
    List<LocalNode> stop(Duration patience) {
        wrappers.end();
        running().forEach(LocalNode::askToEnd);
        Deadline.after(clock, patience).await(() -> !anyRuns());
        var stubborn = running();
        killAll(stubborn);
        return stubborn;
    }

    /** One that cannot be killed keeps none of the others. */
    private static void killAll(List<LocalNode> nodes) {
        var failures = new ArrayList<RuntimeException>();
        for (var node : nodes) {
            try {
                node.kill();
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
