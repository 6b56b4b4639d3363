package io.murmuration.edge.http;

import io.murmuration.FreePorts;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.CatalogueNode;
import io.murmuration.config.Geography;
import io.murmuration.config.NodeSettings;
import io.murmuration.edge.placement.Whereabouts;
import io.murmuration.edge.presence.PointOfPresence;
import io.murmuration.edge.presence.Presences;
import io.murmuration.http.FrontDoor;
import io.murmuration.identity.Authenticator;
import io.murmuration.journal.LocalCluster;
import io.murmuration.journal.http.ClusterSignature;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

/** Three nodes with the CDN behind real front doors; where points of presence are, the test says. */
final class EdgeCluster implements AutoCloseable {
    static final List<Long> NODES = List.of(1L, 2L, 3L);

    /** So many questions of other nodes each answers at once. */
    static final int QUESTIONS_MAX = 100;

    private final LocalCluster cluster;
    private final int firstPort = FreePorts.row(3);
    private final Map<Long, EdgeNode> nodes = new HashMap<>();
    private final Map<Long, FrontDoor> doors = new HashMap<>();
    private final Map<Long, CatalogueNode> catalogues = new HashMap<>();
    private final Set<Long> members = ConcurrentHashMap.newKeySet();

    /** Where nodes believe that points of presence are; shared by all nodes, so that it may be wrong for all. */
    final Map<String, Long> places = new ConcurrentHashMap<>();

    /** Those that were said to be wrong. */
    final Set<String> wrong = ConcurrentHashMap.newKeySet();

    EdgeCluster(Path folder) throws Exception {
        cluster = new LocalCluster(folder, NODES.size(), 1);
        for (long node : NODES) {
            start(node, folder);
        }
        cluster.awaitLeader(0);
    }

    private void start(long node, Path folder) throws Exception {
        var on = cluster.node(node);
        var catalogue = CatalogueNode.start(on.kit().system(), on.journal(), on.links(), Clock.system());
        var settings = NodeSettings.load(folder);
        var edge = EdgeNode.start(new EdgeNode.Setup(
                on.kit().system(),
                catalogue,
                on.links(),
                on.journal(),
                Geography.standard(),
                presences -> new Told(),
                members::contains,
                Signed.with(new ClusterSignature("secret", Clock.system())),
                other -> URI.create("http://127.0.0.1:" + port(other)),
                QUESTIONS_MAX,
                settings.edge(),
                Clock.system()));
        members.add(node);
        catalogues.put(node, catalogue);
        nodes.put(node, edge);
        doors.put(
                node,
                FrontDoor.bind(
                                on.kit().system(),
                                "127.0.0.1",
                                port(node),
                                settings.http(),
                                Authenticator.dev(Map.of()),
                                edge.routes(),
                                edge.services())
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS));
    }

    private final class Told implements Whereabouts {
        @Override
        public CompletionStage<OptionalLong> nodeOf(String presence) {
            var place = places.get(presence);
            return CompletableFuture.completedStage(place == null ? OptionalLong.empty() : OptionalLong.of(place));
        }

        @Override
        public void wrong(String presence) {
            wrong.add(presence);
        }
    }

    /** Puts a point of presence on a node, empty. */
    PointOfPresence open(long node, String presence) {
        places.put(presence, node);
        return presences(node).open(presence);
    }

    Presences presences(long node) {
        return node(node).presences();
    }

    private EdgeNode node(long node) {
        var edge = nodes.get(node);
        if (edge == null) {
            throw new IllegalStateException("node " + node + " does not run");
        }
        return edge;
    }

    int port(long node) {
        return firstPort + (int) node - 1;
    }

    LocalCluster cluster() {
        return cluster;
    }

    /** Nobody waits for the node any more. */
    void leave(long node) {
        members.remove(node);
    }

    /** Ends it as a crash would, as far as others can tell. */
    void stop(long node) throws Exception {
        var door = doors.remove(node);
        if (door != null) {
            door.drain(Duration.ofMillis(1)).toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        node(node).stop();
        cluster.stop(node);
    }

    CloudFrontClient client(long node) {
        return CloudFrontClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port(node)))
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void close() throws Exception {
        for (var door : doors.values()) {
            door.drain(Duration.ofMillis(1)).toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        nodes.values().forEach(EdgeNode::stop);
        cluster.close();
    }
}
