package io.murmuration.object;

import com.typesafe.config.ConfigFactory;
import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.CatalogueNode;
import io.murmuration.config.NodeSettings;
import io.murmuration.http.FrontDoor;
import io.murmuration.http.OwnRoute;
import io.murmuration.identity.Authenticator;
import io.murmuration.journal.LocalCluster;
import io.murmuration.journal.http.ClusterSignature;
import io.murmuration.object.chunk.ChunkStore;
import io.murmuration.object.http.ChunkClient;
import io.murmuration.object.http.ChunkRoutes;
import io.murmuration.object.http.ObjectAdapter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.stream.SystemMaterializer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Object storage on several nodes: real journals, real chunks, real front doors. */
public final class ObjectCluster implements AutoCloseable {
    static final int SHARDS = 4;
    private static final String SECRET = "a secret of this cluster";

    private final Path folder;
    private final LocalCluster journals;
    private final ObjectSettings settings;
    private final Map<Long, FrontDoor> doors = new ConcurrentHashMap<>();
    private final Map<Long, ObjectNode> nodes = new HashMap<>();
    private final Map<Long, ChunkClient> peers = new HashMap<>();
    private final Map<Long, Integer> ports = new ConcurrentHashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private volatile boolean accepting = true;

    public ObjectCluster(Path folder, int nodes, ObjectSettings settings) throws Exception {
        this.folder = folder;
        this.settings = settings;
        this.journals = new LocalCluster(folder, nodes, SHARDS);
        for (long node = 1; node <= nodes; node++) {
            serve(journals.node(node));
        }
        for (int group = 0; group <= SHARDS; group++) {
            journals.awaitLeader(group);
        }
    }

    LocalCluster journals() {
        return journals;
    }

    /** What functions were told, each as the function's ARN and the payload. */
    List<String> events() {
        return events;
    }

    void accept(boolean now) {
        accepting = now;
    }

    void start(long node) throws Exception {
        serve(journals.start(node));
    }

    /** Ends a node at once: its connections break. */
    void stop(long node) throws Exception {
        var door = doors.remove(node);
        if (door != null) {
            door.drain(Duration.ofMillis(10)).toCompletableFuture().join();
        }
        nodes.remove(node);
        peers.remove(node).close();
        journals.stop(node);
    }

    private void serve(LocalCluster.Node node) throws IOException {
        long self = node.links().self();
        var system = node.kit().system();
        var http = NodeSettings.from(ConfigFactory.load()).http();
        var signature = new ClusterSignature(SECRET, Clock.system());
        peers.put(self, new ChunkClient(system, this::uri, signature, http.requestsMax()));
        var started = ObjectNode.start(
                system,
                new ObjectNode.Setup(
                        node.journal(),
                        node.links(),
                        CatalogueNode.start(system, node.journal(), node.links(), Clock.system()),
                        ChunkStore.open(chunks(self)),
                        peers.get(self),
                        3,
                        this::told,
                        settings,
                        Clock.system(),
                        Chance.secure()));
        nodes.put(self, started);
        var routes = List.<OwnRoute>of(new ChunkRoutes(system, started.chunks(), signature));
        var materializer = SystemMaterializer.get(system).materializer();
        var door = FrontDoor.bind(
                        system,
                        "127.0.0.1",
                        ports.getOrDefault(self, 0),
                        http,
                        Authenticator.dev(Map.of()),
                        routes,
                        List.of(new ObjectAdapter(started.objects(), materializer, "node-" + self)))
                .toCompletableFuture()
                .join();
        doors.put(self, door);
        ports.put(self, door.port());
    }

    /** From now on this function is told nothing. */
    void refuse(String function) {
        refused.add(function);
    }

    private CompletionStage<Void> told(String function, byte[] payload) {
        if (!accepting || refused.contains(function)) {
            return CompletableFuture.failedFuture(new IllegalStateException("not now"));
        }
        events.add(function + " " + new String(payload, java.nio.charset.StandardCharsets.UTF_8));
        return CompletableFuture.completedFuture(null);
    }

    URI uri(long node) {
        return URI.create("http://127.0.0.1:" + ports.get(node));
    }

    /** A node's way to the chunks of the others. */
    ChunkClient peers(long node) {
        return java.util.Objects.requireNonNull(peers.get(node));
    }

    /** The folder of a node's chunks. */
    Path chunks(long node) {
        return folder.resolve("node-" + node).resolve("chunks");
    }

    /** Files of whole chunks of a node. */
    List<Path> files(long node) throws IOException {
        var files = new ArrayList<Path>();
        try (var all = Files.walk(chunks(node))) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("writing"))
                    .forEach(files::add);
        }
        return files;
    }

    /** The unmodified SDK, speaking to this node. */
    S3Client client(long node) {
        return builder(node).build();
    }

    S3ClientBuilder builder(long node) {
        return S3Client.builder()
                .endpointOverride(uri(node))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    @Override
    public void close() throws Exception {
        for (long node : List.copyOf(nodes.keySet())) {
            stop(node);
        }
        journals.close();
    }
}
