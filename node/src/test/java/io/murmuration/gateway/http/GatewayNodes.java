package io.murmuration.gateway.http;

import com.typesafe.config.ConfigFactory;
import io.murmuration.FreePorts;
import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.CatalogueNode;
import io.murmuration.catalogue.Resources;
import io.murmuration.config.NodeSettings;
import io.murmuration.function.queue.FakeFunctions;
import io.murmuration.gateway.GatewayNode;
import io.murmuration.gateway.GatewaySettings;
import io.murmuration.http.FrontDoor;
import io.murmuration.http.Service;
import io.murmuration.identity.Authenticator;
import io.murmuration.journal.LocalCluster;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2AsyncClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;

/** Gateways of several nodes over a real catalogue, each behind a front door of its own; functions are those of the test. */
final class GatewayNodes implements AutoCloseable {
    static final String ACCOUNT = "000000000000";

    private final LocalCluster cluster;
    private final ActorSystem<Void> system;
    private final List<FrontDoor> doors = new ArrayList<>();
    final FakeFunctions functions = new FakeFunctions();

    GatewayNodes(Path folder, int nodes) throws Exception {
        cluster = new LocalCluster(folder, nodes, 1);
        system = ActorSystem.create(
                Behaviors.empty(),
                "gateway-test",
                ConfigFactory.parseString("pekko.actor.provider = local")
                        .withFallback(ConfigFactory.parseResources("murmuration-node.conf"))
                        .withFallback(ConfigFactory.load())
                        .resolve());
        for (long node = 1; node <= nodes; node++) {
            var on = cluster.node(node);
            var resources = CatalogueNode.start(on.kit().system(), on.journal(), on.links(), Clock.system());
            doors.add(bind(resources));
        }
        cluster.awaitLeader(0);
    }

    private FrontDoor bind(Resources resources) throws Exception {
        int port = FreePorts.row(1);
        var node = GatewayNode.start(
                resources, new GatewaySettings(ACCOUNT, "http://127.0.0.1:" + port), Clock.system(), Chance.system());
        var settings = new NodeSettings.Http(
                64,
                16 << 20,
                64L << 20,
                64L << 20,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                List.of());
        var services = List.<Service>of(
                new ApiAdapter(system, node.served(), functions, ACCOUNT, Clock.system(), Chance.system()),
                new GatewayAdapter(node.apis()));
        return FrontDoor.bind(system, "127.0.0.1", port, settings, Authenticator.dev(Map.of()), List.of(), services)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    int port(int node) {
        return doors.get(node - 1).port();
    }

    /** The unmodified SDK; it tells of the first refusal. */
    ApiGatewayV2Client client(int node) {
        return Waiting.on(ApiGatewayV2AsyncClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port(node)))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build());
    }

    @Override
    public void close() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
        cluster.close();
    }
}
