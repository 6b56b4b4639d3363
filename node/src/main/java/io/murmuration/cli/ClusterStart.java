package io.murmuration.cli;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.config.ClusterSettings;
import io.murmuration.config.DataFolder;
import io.murmuration.config.NodeSettings;
import io.murmuration.config.SettingsException;
import io.murmuration.config.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Starts a whole cluster: looks at everything that could stand in the way before it changes anything, formats the folder if it is new, then starts all
 * nodes at once and waits for them. If one does not come up, none stays.
 */
public final class ClusterStart {
    static final int NODES_DEFAULT = 3;
    static final int FIRST_PORT_DEFAULT = 4566;

    private final DataFolder folder;
    private final @Nullable Integer nodes;
    private final @Nullable Integer firstPort;
    private final NodeJvm jvm;

    /**
     * @param nodes as asked for, null for as many as were formatted
     * @param firstPort as asked for, null for the ports of before
     */
    public ClusterStart(Path data, @Nullable Integer nodes, @Nullable Integer firstPort) {
        this(data, nodes, firstPort, NodeJvm.ofThisProcess());
    }

    ClusterStart(Path data, @Nullable Integer nodes, @Nullable Integer firstPort, NodeJvm jvm) {
        this.folder = DataFolder.at(data);
        this.nodes = nodes;
        this.firstPort = firstPort;
        this.jvm = jvm;
    }

    /** @param progress hears of each step in a line */
    public LocalCluster run(Consumer<String> progress) {
        return run(progress, () -> {});
    }

    /** @param afterBreakOff what is left to do when a signal has broken off the start */
    LocalCluster run(Consumer<String> progress, Runnable afterBreakOff) {
        // Once without the lock, so that a refusal does not even make the folder, and once with it.
        check();
        try (var held = folder.lock()) {
            check();
            folder.find().ifPresent(this::refuseUnusable);
            var cluster = cluster(settings(progress));
            start(cluster, progress, afterBreakOff);
            return cluster;
        }
    }

    private void check() {
        var formatted = folder.find();
        if (formatted.isPresent()
                && nodes != null
                && nodes != formatted.get().nodes().size()) {
            throw CommandFailed.failed("The cluster in " + folder.path() + " was formatted with "
                    + plural(formatted.get().nodes().size(), "node") + ", not " + nodes
                    + ": leave --nodes out, or use another --data.");
        }
        var topology = topology();
        var first = firstPort();
        var count = formatted.map(cluster -> cluster.nodes().size()).orElse(topology.nodes());
        if (first < 1 || ClusterSettings.Ports.local(first, count).remoting() > 65_535) {
            throw CommandFailed.usage("--port " + first + " leaves no room: the nodes use " + count
                    + " ports from it and from it + 10000 on.");
        }
        formatted.ifPresent(this::refuseRunning);
        for (int number = 1; number <= count; number++) {
            var ports = ClusterSettings.Ports.local(first, number);
            refuseBusy(ports.http(), number);
            refuseBusy(ports.remoting(), number);
        }
    }

    private Topology topology() {
        try {
            return Topology.local(nodes != null ? nodes : NODES_DEFAULT);
        } catch (SettingsException refusal) {
            throw CommandFailed.usage(String.valueOf(refusal.getMessage()));
        }
    }

    /** Whatever keeps one node from its data keeps all from starting. */
    private void refuseUnusable(ClusterSettings settings) {
        settings.nodes().forEach(node -> folder.open(node.number()).close());
    }

    private void refuseRunning(ClusterSettings settings) {
        var running = cluster(settings).running();
        if (!running.isEmpty()) {
            var numbers = running.stream()
                    .map(node -> Integer.toString(node.number()))
                    .collect(Collectors.joining(", "));
            throw CommandFailed.failed(
                    "The cluster in " + folder.path() + " runs already (" + (running.size() == 1 ? "node " : "nodes ")
                            + numbers + "): murmur down stops it, murmur restart N brings back a single node.");
        }
    }

    private void refuseBusy(int port, int number) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(
                    InetAddress.getByName(NodeSettings.load(folder.path()).listenAddress()), port));
        } catch (IOException e) {
            throw CommandFailed.failed("Port " + port + ", which node " + number + " needs, cannot be used ("
                    + e.getMessage() + "). Nodes whose data folder was removed end within seconds; if it is something"
                    + " else, free it, or choose others with --port.");
        }
    }

    private int firstPort() {
        if (firstPort != null) {
            return firstPort;
        }
        return folder.find().map(settings -> settings.node(1).ports().http()).orElse(FIRST_PORT_DEFAULT);
    }

    private ClusterSettings settings(Consumer<String> progress) {
        var formatted = folder.find();
        if (formatted.isEmpty()) {
            var topology = topology();
            progress.accept("Formatting " + folder.path() + " for " + plural(topology.nodes(), "node") + " and "
                    + plural(topology.shards(), "shard") + ".");
            return folder.format(topology, firstPort(), Chance.secure()::nextLong);
        }
        var before = formatted.get();
        return before.node(1).ports().http() == firstPort() ? before : folder.changePorts(firstPort());
    }

    private LocalCluster cluster(ClusterSettings settings) {
        return new LocalCluster(folder, settings, jvm, Clock.system());
    }

    private static void start(LocalCluster cluster, Consumer<String> progress, Runnable afterBreakOff) {
        progress.accept("Starting " + plural(cluster.nodes().size(), "node") + " on " + cluster.path() + ".");
        // A start that is broken off leaves nothing behind, even if it was to be left running.
        try (var atSignal = Foreground.stopAtSignal(cluster, progress, ExitCodes.FAILED, afterBreakOff)) {
            startAll(cluster, progress);
        }
    }

    private static void startAll(LocalCluster cluster, Consumer<String> progress) {
        try {
            var starts = new ArrayList<Starting>();
            for (var node : cluster.nodes()) {
                starts.add(new Starting(node, node.start()));
            }
            awaitReady(starts, progress);
        } catch (RuntimeException failure) {
            cluster.stop();
            throw failure;
        }
    }

    private static void awaitReady(List<Starting> starts, Consumer<String> progress) {
        var waiting = new ArrayList<>(starts);
        while (true) {
            // None alone would become ready while another has ended.
            starts.forEach(Starting::checkAlive);
            for (var starting : List.copyOf(waiting)) {
                if (starting.isReady()) {
                    progress.accept(starting.line());
                    waiting.remove(starting);
                }
            }
            if (waiting.isEmpty()) {
                return;
            }
            waiting.forEach(Starting::checkInTime);
            Deadline.pause(Deadline.GLANCE);
        }
    }

    private record Starting(LocalNode node, LocalNode.Start start) {
        boolean isReady() {
            return node.isReady();
        }

        void checkAlive() {
            node.checkAlive(start);
        }

        void checkInTime() {
            node.checkInTime(start, "");
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "node %d ready  %s  (%.1f s)",
                    node.number(),
                    node.endpoint(),
                    start.deadline().elapsed().toMillis() / 1000.0);
        }
    }

    private static String plural(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
