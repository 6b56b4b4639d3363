package io.murmuration.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.cluster.LocalLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/** Journals of several nodes in this process, over links that can be cut. For tests of whatever stands on a journal. */
public final class LocalCluster implements AutoCloseable {
    private static final long WAIT_SECONDS = 30;

    private final Path folder;
    private final List<Long> ids;
    private final int shards;
    private final LocalLinks.Network network;
    private final Map<Long, Node> nodes = new TreeMap<>();
    private final List<String> halts = new CopyOnWriteArrayList<>();

    /** One running node. */
    public record Node(ActorTestKit kit, JournalNode journal, LocalLinks links) {}

    public LocalCluster(Path folder, int nodes, int shards) {
        this.folder = folder;
        this.ids = LongStream.rangeClosed(1, nodes).boxed().toList();
        this.shards = shards;
        this.network = new LocalLinks.Network(ids);
        ids.forEach(this::start);
    }

    public Node start(long id) {
        var path = folder.resolve("node-" + id);
        var existed = Files.exists(path.resolve("log"));
        var kit = ActorTestKit.create("node-" + id, config());
        var links = network.join(id);
        var settings = JournalSettings.defaults()
                .withTimes(Duration.ofMillis(20), Duration.ofMillis(60), Duration.ofMillis(400));
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        var journal = JournalNode.start(
                kit.system(),
                new JournalNode.Setup(
                        new JournalTopology(id, ids, shards, 3),
                        path,
                        existed,
                        () -> {},
                        links,
                        this::fetch,
                        settings,
                        (sentence, cause) -> halts.add(sentence + " " + cause),
                        Clock.system(),
                        Chance.system()));
        JournalExtension.get(kit.system()).install(journal);
        var node = new Node(kit, journal, links);
        nodes.put(id, node);
        return node;
    }

    private static Config config() {
        return ConfigFactory.parseString("""
                        pekko.loglevel = warning
                        pekko.http.parsing { modeled-header-parsing = off, illegal-header-warnings = off }
                        """)
                .withFallback(PersistenceConfig.persistence())
                .withFallback(ConfigFactory.parseResources("murmuration-node.conf"))
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    /** Through a file, as between processes. */
    private CompletionStage<SnapshotSource.SnapshotFile> fetch(long from, int group, long index) {
        return CompletableFuture.supplyAsync(() -> {
            try (var export = node(from).journal().export(group)) {
                var file = Files.createTempFile(folder, "snapshot", ".part");
                try (var out = Files.newOutputStream(file)) {
                    for (var bytes = export.next(); bytes != null; bytes = export.next()) {
                        out.write(bytes);
                    }
                }
                try (var in = Files.newInputStream(file)) {
                    return new SnapshotSource.SnapshotFile(file, SnapshotReader.verify(in));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    public Node node(long id) {
        var node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException("node " + id + " does not run");
        }
        return node;
    }

    public LocalLinks.Network network() {
        return network;
    }

    /** Sentences with which nodes would have ended their processes. */
    public List<String> halts() {
        return halts;
    }

    /** Ends the node in an orderly way. */
    public void stop(long id) throws Exception {
        var node = node(id);
        node.journal().close().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        nodes.remove(id);
        network.leave(id);
        node.kit().shutdownTestKit();
    }

    /** The node that serves the group among those that hear each other, once there is one. */
    public Node awaitLeader(int group, long... among) throws Exception {
        var found = new Node[1];
        await(() -> {
            for (long id : among.length == 0
                    ? nodes.keySet().stream().mapToLong(Long::longValue).toArray()
                    : among) {
                var node = nodes.get(id);
                if (node != null && serves(node, group)) {
                    found[0] = node;
                    return true;
                }
            }
            return false;
        });
        return found[0];
    }

    private static boolean serves(Node node, int group) {
        return node.journal().hasReplica(group)
                && node.journal().status().stream()
                        .anyMatch(status -> status.group() == group
                                && status.role().equals("leader")
                                && status.appliedIndex() == status.commitIndex())
                && get(node.journal().barrier(group));
    }

    private static boolean get(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (Exception notServing) {
            return false;
        }
    }

    /** Looks again and again until it holds. */
    public static void await(BooleanSupplier condition) throws Exception {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not happen within " + WAIT_SECONDS + " s");
            }
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, 10, TimeUnit.MILLISECONDS)
                    .get();
        }
    }

    @Override
    public void close() throws Exception {
        for (long id : List.copyOf(nodes.keySet())) {
            stop(id);
        }
    }
}
