package io.murmuration.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.MostlyWaits;
import io.murmuration.edge.http.Viewer.Ask;
import io.murmuration.journal.LocalCluster;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

/** Invalidations, and viewers, while nodes are cut off or end. */
@MostlyWaits
class InvalidationsTest {
    private final AtomicInteger reference = new AtomicInteger();
    private EdgeCluster cluster;
    private CountingOrigin origin;
    private Viewer viewer;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        cluster = new EdgeCluster(folder);
        origin = new CountingOrigin();
        viewer = new Viewer();
    }

    @AfterEach
    void stop() throws Exception {
        viewer.close();
        origin.close();
        cluster.close();
    }

    /** "complete only when every PoP of the cluster has done it" */
    @Test
    void one_that_a_node_has_not_heard_of_is_not_completed_until_the_node_has_or_is_gone() throws Exception {
        cluster.open(3, "SYD1");
        try (var client = cluster.client(1)) {
            var id = made(client);
            var sydney = sydney(3, id);
            viewer.now(sydney);
            assertThat(viewer.now(sydney).header("X-Cache")).isEqualTo("Hit from cloudfront");

            cluster.cluster().network().isolate(3);
            cluster.cluster().awaitLeader(0, 1, 2);
            var first = invalidated(client, id, "/*");
            for (int look = 0; look < 10; look++) {
                assertThat(viewer.now(sydney).header("X-Cache"))
                        .as("the node that is cut off does not know")
                        .isEqualTo("Hit from cloudfront");
                assertThat(status(client, id, first)).isEqualTo("InProgress");
            }

            cluster.cluster().network().heal();
            LocalCluster.await(() -> status(client, id, first).equals("Completed"));
            assertThat(viewer.now(sydney).header("X-Cache")).isEqualTo("Miss from cloudfront");

            cluster.cluster().network().isolate(3);
            cluster.cluster().awaitLeader(0, 1, 2);
            var second = invalidated(client, id, "/x");
            assertThat(status(client, id, second)).isEqualTo("InProgress");
            cluster.leave(3);
            LocalCluster.await(() -> status(client, id, second).equals("Completed"));
        }
    }

    @Test
    void one_that_was_accepted_is_completed_by_the_next_leader() throws Exception {
        var leader = cluster.cluster().awaitLeader(0).links().self();
        long other = leader == 1 ? 2 : 1;
        long third = 6 - leader - other;
        cluster.open(other, "LHR1");
        try (var client = cluster.client(other)) {
            var id = made(client);
            viewer.now(ask(other, id));
            // the leader alone sees that it is to be carried out, and cannot
            cluster.cluster().network().cut(leader, third);
            var invalidation = invalidated(client, id, "/x");

            cluster.leave(leader);
            cluster.stop(leader);
            cluster.cluster().network().heal();

            LocalCluster.await(() -> status(client, id, invalidation).equals("Completed"));
            assertThat(viewer.now(ask(other, id)).header("X-Cache")).isEqualTo("Miss from cloudfront");
        }
    }

    @Test
    void viewers_of_a_node_that_ended_are_answered_by_others() throws Exception {
        cluster.open(2, "NRT1");
        cluster.open(3, "SIN1");
        origin.answering = exchange -> CountingOrigin.answer(
                exchange,
                200,
                exchange.getRequestMethod() + origin.asked.getLast().body());
        try (var client = cluster.client(1)) {
            var id = made(client);
            var tokyo = ask(1, id).from("127.81.0.1");
            assertThat(viewer.now(tokyo).header("X-Amz-Cf-Pop")).isEqualTo("NRT1");

            cluster.stop(2);

            var next = viewer.now(tokyo);
            assertThat(next.header("X-Amz-Cf-Pop")).as("the next nearest").isEqualTo("SIN1");
            assertThat(next.body()).isEqualTo("GET");
            var written = viewer.now(tokyo.method("POST", "x".repeat(100_000)));
            assertThat(written.status()).isEqualTo(200);
            assertThat(written.body()).isEqualTo("POST" + "x".repeat(100_000));
            cluster.places.clear();
            assertThat(viewer.now(tokyo).status()).as("nobody has one").isEqualTo(200);
        }
    }

    @Test
    void only_nodes_of_the_cluster_ask_each_other() throws Exception {
        try (var client = cluster.client(1)) {
            var id = made(client);

            var stranger = viewer.now(
                    Ask.get(cluster.port(1), "127.0.0.1:" + cluster.port(1), "/_murmur/edge/LHR1/" + id + "/x"));
            assertThat(stranger.status()).isEqualTo(403);
            var forged = viewer.now(Ask.get(
                    cluster.port(1),
                    "127.0.0.1",
                    "/_murmur/edge/LHR1/" + id + "/x",
                    "X-Murmur-Signature",
                    System.currentTimeMillis() + ".00"));
            assertThat(forged.status()).isEqualTo(403);
            assertThat(origin.count()).isZero();
        }
    }

    private String made(CloudFrontClient client) throws Exception {
        var id = Configs.create(client, Configs.of("i-" + reference.incrementAndGet(), origin.port()))
                .distribution()
                .id();
        LocalCluster.await(() ->
                client.getDistribution(r -> r.id(id)).distribution().status().equals("Deployed"));
        return id;
    }

    private String invalidated(CloudFrontClient client, String id, String path) {
        return client.createInvalidation(r -> r.distributionId(id)
                        .invalidationBatch(b -> b.callerReference("r" + reference.incrementAndGet())
                                .paths(p -> p.quantity(1).items(path))))
                .invalidation()
                .id();
    }

    private static String status(CloudFrontClient client, String id, String invalidation) {
        return client.getInvalidation(r -> r.distributionId(id).id(invalidation))
                .invalidation()
                .status();
    }

    private Ask sydney(long node, String id) {
        return Ask.get(cluster.port(node), host(id), "/x", "x-murmur-viewer", "Sydney");
    }

    private Ask ask(long node, String id) {
        return Ask.get(cluster.port(node), host(id), "/x");
    }

    private static String host(String id) {
        return id.toLowerCase(Locale.ROOT) + ".cloudfront.localhost";
    }
}
