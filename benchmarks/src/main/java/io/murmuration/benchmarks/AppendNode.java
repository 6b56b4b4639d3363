package io.murmuration.benchmarks;

import com.typesafe.config.ConfigFactory;
import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.cluster.SocketLinks;
import io.murmuration.config.NodeSettings;
import io.murmuration.journal.BenchmarkAppends;
import io.murmuration.journal.Halt;
import io.murmuration.journal.JournalNode;
import io.murmuration.journal.JournalSettings;
import io.murmuration.journal.JournalTopology;
import io.murmuration.journal.SnapshotSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.LoggerFactory;

/** One node of the comparison: a journal of one shard with the links and settings of production, and nothing else of a node. */
final class AppendNode implements AutoCloseable {
    static final List<Long> IDS = List.of(1L, 2L, 3L);

    private static final int SHARD = 1;
    private static final String HOST = "127.0.0.1";
    private static final long SERVING_WITHIN_SECONDS = 30;

    private final long self;
    private final ActorSystem<Void> system;
    private final JournalNode journal;

    private AppendNode(long self, ActorSystem<Void> system, JournalNode journal) {
        this.self = self;
        this.system = system;
        this.journal = journal;
    }

    /** A node in a process of its own: id, first port, folder. Ends when whoever started it does, or sooner by its hand. */
    public static void main(String[] arguments) throws IOException {
        start(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]));
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }

    /** @param firstPort where the first node listens; the others do on those that follow */
    static AppendNode start(long self, int firstPort, Path folder) throws IOException {
        LoggerFactory.getILoggerFactory(); // made here, so that the libraries' threads do not find the log half made
        var data = Files.createDirectories(folder.resolve("node-" + self));
        var process = ConfigFactory.parseResources("murmuration-node.conf");
        var system = ActorSystem.<Void>create(Behaviors.empty(), "murmuration", NodeSettings.config(data, process));
        var setup = new JournalNode.Setup(
                new JournalTopology(self, IDS, SHARD, IDS.size()),
                data,
                false,
                () -> {},
                links(self, firstPort),
                SnapshotSource.none(),
                JournalSettings.defaults(),
                Halt.process(),
                Clock.system(),
                Chance.system());
        return new AppendNode(self, system, JournalNode.start(system, setup));
    }

    /** Here alone is decided what carries bytes between the nodes. */
    private static SocketLinks links(long self, int firstPort) {
        var addresses = new LinkedHashMap<Long, String>();
        IDS.forEach(id -> addresses.put(id, HOST + ":" + port(firstPort, id)));
        return SocketLinks.start(
                new SocketLinks.Setup(self, addresses, "of the benchmark", Clock.system(), Chance.secure()));
    }

    private static int port(int firstPort, long id) {
        return firstPort + IDS.indexOf(id);
    }

    /**
     * Waits until this node leads the shard and serves.
     *
     * @throws IllegalStateException if it does not in time, as when another one leads
     */
    void awaitLeading() throws InterruptedException, ExecutionException {
        var serving = new CompletableFuture<Void>();
        journal.onOffice(change -> {
            if (change.group() == SHARD && change.serving()) {
                serving.complete(null);
            }
        });
        try {
            serving.get(SERVING_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException(
                    "node " + self + " should lead, but " + journal.leaderOf(SHARD) + " does (0: none)", late);
        }
    }

    BenchmarkAppends appends() {
        return new BenchmarkAppends(journal, SHARD);
    }

    @Override
    public void close() {
        journal.close().toCompletableFuture().join();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
