package io.murmuration.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.murmuration.MostlyWaits;
import io.murmuration.edge.http.Configs;
import io.murmuration.edge.http.Viewer;
import io.murmuration.edge.http.Viewer.Ask;
import io.murmuration.journal.LocalCluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

/** The CDN of three whole nodes: points of presence in their regions, which move when nodes go and come. */
@MostlyWaits
class EdgeTest {
    private static final List<String> CITIES = List.of(
            "Tokyo", "Singapore", "Sydney", "Mumbai", "Berlin", "London", "New York", "San Francisco", "Sao Paulo");

    @Test
    void viewers_are_served_from_their_regions_and_while_nodes_go_and_come(@TempDir Path folder) throws Exception {
        var origin = origin();
        try (var cluster = new TestCluster(folder, 3);
                var client = client(cluster, 1);
                var viewer = new Viewer()) {
            var made = Configs.create(
                    client, Configs.of("edge", origin.getAddress().getPort()));
            var host = made.distribution().id().toLowerCase(Locale.ROOT) + ".cloudfront.localhost";
            var id = made.distribution().id();
            client.waiter().waitUntilDistributionDeployed(r -> r.id(id));

            // each city has a point of presence of its own, which every node finds
            for (var city : CITIES) {
                LocalCluster.await(() -> hit(viewer, cluster, 1, host, city));
                var there = viewer.now(ask(cluster, 1, host, city)).header("X-Amz-Cf-Pop");
                for (int node = 2; node <= 3; node++) {
                    int from = node;
                    LocalCluster.await(() -> hit(viewer, cluster, from, host, city));
                    assertThat(viewer.now(ask(cluster, node, host, city)).header("X-Amz-Cf-Pop"))
                            .isEqualTo(there);
                }
            }
            var presences = new HashSet<String>();
            CITIES.forEach(city ->
                    presences.add(viewer.now(ask(cluster, 2, host, city)).header("X-Amz-Cf-Pop")));
            assertThat(presences).hasSize(CITIES.size());

            var broken = new AtomicInteger();
            var served = new AtomicInteger();
            var stop = new AtomicBoolean();
            var watching = new Thread(() -> {
                for (int turn = 0; !stop.get(); turn++) {
                    served.incrementAndGet();
                    if (!isServed(viewer, ask(cluster, 1 + turn % 2, host, CITIES.get(turn % CITIES.size())))) {
                        broken.incrementAndGet();
                    }
                }
            });
            watching.start();
            cluster.stop(3);
            for (var city : CITIES) {
                LocalCluster.await(() -> hit(viewer, cluster, 1, host, city) && hit(viewer, cluster, 2, host, city));
            }
            var invalidation =
                    client.createInvalidation(r -> r.distributionId(id).invalidationBatch(b -> b.callerReference("all")
                            .paths(p -> p.quantity(1).items("/*"))));
            client.waiter().waitUntilInvalidationCompleted(r -> r.distributionId(id)
                    .id(invalidation.invalidation().id()));
            cluster.start(3);
            for (var city : CITIES) {
                LocalCluster.await(() -> hit(viewer, cluster, 3, host, city));
            }
            stop.set(true);
            watching.join();
            assertThat(broken).as("viewers who were not served").hasValue(0);
            assertThat(served.get()).isGreaterThan(CITIES.size());
        } finally {
            origin.stop(0);
        }
    }

    private static boolean isServed(Viewer viewer, Ask ask) {
        try {
            var answer = viewer.now(ask);
            return answer.status() == 200 && answer.body().equals("page");
        } catch (RuntimeException brokenOff) {
            return false;
        }
    }

    private static boolean hit(Viewer viewer, TestCluster cluster, int node, String host, String city) {
        var answer = viewer.now(ask(cluster, node, host, city));
        assertThat(answer.body()).isEqualTo("page");
        return answer.header("X-Cache").equals("Hit from cloudfront");
    }

    private static Ask ask(TestCluster cluster, int node, String host, String city) {
        return Ask.get(cluster.endpoint(node).getPort(), host, "/page", "x-murmur-viewer", city);
    }

    private static HttpServer origin() throws Exception {
        var origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", exchange -> {
            var page = "page".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Cache-Control", "max-age=600");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        origin.start();
        return origin;
    }

    private static CloudFrontClient client(TestCluster cluster, int node) {
        return CloudFrontClient.builder()
                .endpointOverride(cluster.endpoint(node))
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
