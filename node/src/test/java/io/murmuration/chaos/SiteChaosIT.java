package io.murmuration.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.Origin;
import software.amazon.awssdk.services.cloudfront.model.ViewerProtocolPolicy;

/**
 * Three real processes under kill -9 while objects are put and a site is looked at. Acknowledged objects must be whole on every node, and viewers served by
 * whichever node lives. {@code -Dchaos.seed=N} repeats a run's choices; {@code -Dchaos.siteKills} its length.
 */
class SiteChaosIT {
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("chaos.siteKills", 8);
    private static final int NODES = 3;
    private static final int UPLOADERS = 3;

    private final Random random = new Random(SEED);

    @Test
    void acknowledged_objects_are_whole_and_viewers_are_served(@TempDir Path data) throws Exception {
        say("seed %d: -Dchaos.seed=%d repeats its choices", SEED, SEED);
        try (var cluster = ProcessCluster.start(data.resolve("cluster"), NODES);
                var uploads = new Uploads(cluster.endpoints())) {
            var pages = pages();
            var viewers = new Viewers(cluster.endpoints(), deploy(cluster, pages), pages);
            uploads.start(random.nextLong(), UPLOADERS);
            viewers.start(random.nextLong());
            for (int kill = 0; kill < KILLS; kill++) {
                Thread.sleep(1_000 + random.nextInt(4_000));
                int node = 1 + random.nextInt(NODES);
                cluster.kill(node);
                say("kill -9 of node %d", node);
                // long enough, at times, for points of presence to start elsewhere
                Thread.sleep(random.nextInt(6_000));
                cluster.restart(node);
                cluster.awaitReady();
            }
            assertThat(uploads.stop()).as("seed %d", SEED).isEmpty();
            assertThat(viewers.stop()).as("seed %d", SEED).isEmpty();
            say("%s", uploads.check());
            say("%s", viewers.check());

            // the copies are where they have to be: each node alone may be missing
            for (int node = 1; node <= NODES; node++) {
                cluster.kill(node);
                try (var client = Clients.s3(cluster.endpoint(1 + node % NODES))) {
                    pages.forEach((path, body) -> assertThat(client.getObjectAsBytes(
                                            r -> r.bucket(Uploads.BUCKET).key(path.substring(1)))
                                    .asByteArray())
                            .as("%s without a node, seed %d", path, SEED)
                            .isEqualTo(body));
                }
                cluster.restart(node);
                cluster.awaitReady();
            }
            say("%s", uploads.check());
        }
    }

    private Map<String, byte[]> pages() {
        var photo = new byte[700_000];
        random.nextBytes(photo);
        return Map.of(
                "/index.html", "<h1>Birds</h1>".getBytes(java.nio.charset.StandardCharsets.UTF_8), "/photo", photo);
    }

    /** The distribution's id. */
    private static String deploy(ProcessCluster cluster, Map<String, byte[]> pages) {
        try (var s3 = Clients.s3(cluster.endpoint(1));
                var cloudFront = Clients.cloudFront(cluster.endpoint(1))) {
            s3.createBucket(r -> r.bucket(Uploads.BUCKET));
            pages.forEach((path, body) -> s3.putObject(
                    r -> r.bucket(Uploads.BUCKET).key(path.substring(1)).cacheControl("max-age=2"),
                    RequestBody.fromBytes(body)));
            return cloudFront
                    .createDistribution(r -> r.distributionConfig(site()))
                    .distribution()
                    .id();
        }
    }

    private static DistributionConfig site() {
        return DistributionConfig.builder()
                .callerReference("chaos")
                .comment("")
                .enabled(true)
                .origins(o -> o.quantity(1)
                        .items(Origin.builder()
                                .id("bucket")
                                .domainName(Uploads.BUCKET + ".s3.amazonaws.com")
                                .s3OriginConfig(s -> s.originAccessIdentity(""))
                                .build()))
                .defaultCacheBehavior(b -> b.targetOriginId("bucket")
                        .viewerProtocolPolicy(ViewerProtocolPolicy.ALLOW_ALL)
                        .cachePolicyId("658327ea-f89d-4fab-a63d-7e88639e58f6"))
                .build();
    }

    private static void say(String sentence, Object... values) {
        System.out.printf("site chaos: " + sentence + "%n", values);
    }
}
