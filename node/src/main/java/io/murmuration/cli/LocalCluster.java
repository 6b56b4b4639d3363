package io.murmuration.cli;

import io.murmuration.base.Clock;
import io.murmuration.config.ClusterSettings;
import io.murmuration.config.DataFolder;
import io.murmuration.config.NodeSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A formatted data folder and the processes of its nodes. */
public final class LocalCluster {
    private final DataFolder folder;
    private final ClusterSettings settings;
    private final NodeJvm jvm;
    private final HealthClient health;
    private final Clock clock;
    private final String host;

    LocalCluster(DataFolder folder, ClusterSettings settings, NodeJvm jvm, Clock clock) {
        this.folder = folder;
        this.settings = settings;
        this.jvm = jvm;
        this.clock = clock;
        this.health = new HealthClient();
        this.host = NodeSettings.load(folder.path()).listenAddress();
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
        var literal = host.contains(":") ? "[" + host + "]" : host;
        var endpoint = URI.create("http://" + literal + ":" + node.ports().http());
        return new LocalNode(node, folder, endpoint, jvm, health, clock);
    }

    /** Drains and stops all its nodes. */
    public void stop() {
        stop(LocalNode.END_PATIENCE);
    }

    /** Asks every running node to end, waits for all, and kills what does not end in time. Returns those that had to be killed. */
    List<LocalNode> stop(Duration patience) {
        var ending = running();
        ending.forEach(LocalNode::askToEnd);
        var deadline = Deadline.after(clock, patience);
        ending.forEach(node -> node.awaitEnd(deadline));
        var stubborn = ending.stream().filter(LocalNode::isRunning).toList();
        stubborn.forEach(LocalNode::kill);
        return stubborn;
    }
}
