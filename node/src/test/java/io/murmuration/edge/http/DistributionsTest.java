package io.murmuration.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.journal.LocalCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.BatchTooLargeException;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;
import software.amazon.awssdk.services.cloudfront.model.CnameAlreadyExistsException;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationResponse;
import software.amazon.awssdk.services.cloudfront.model.DistributionAlreadyExistsException;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.DistributionNotDisabledException;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;
import software.amazon.awssdk.services.cloudfront.model.ForwardedValues;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionResponse;
import software.amazon.awssdk.services.cloudfront.model.IllegalUpdateException;
import software.amazon.awssdk.services.cloudfront.model.InconsistentQuantitiesException;
import software.amazon.awssdk.services.cloudfront.model.InvalidArgumentException;
import software.amazon.awssdk.services.cloudfront.model.InvalidDefaultRootObjectException;
import software.amazon.awssdk.services.cloudfront.model.InvalidForwardCookiesException;
import software.amazon.awssdk.services.cloudfront.model.InvalidIfMatchVersionException;
import software.amazon.awssdk.services.cloudfront.model.InvalidTtlOrderException;
import software.amazon.awssdk.services.cloudfront.model.InvalidationSummary;
import software.amazon.awssdk.services.cloudfront.model.NoSuchCachePolicyException;
import software.amazon.awssdk.services.cloudfront.model.NoSuchDistributionException;
import software.amazon.awssdk.services.cloudfront.model.NoSuchInvalidationException;
import software.amazon.awssdk.services.cloudfront.model.NoSuchOriginException;
import software.amazon.awssdk.services.cloudfront.model.PreconditionFailedException;
import software.amazon.awssdk.services.cloudfront.model.TooManyInvalidationsInProgressException;

/** CloudFront's control plane with its own SDK, on three nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings({"deprecation", "unchecked"
}) // the older way to say what is cached is tested too; the SDK takes lists of builders
class DistributionsTest {
    private EdgeCluster cluster;
    private CloudFrontClient one;
    private CloudFrontClient two;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cluster = new EdgeCluster(folder);
        one = cluster.client(1);
        two = cluster.client(2);
    }

    @AfterAll
    void stop() throws Exception {
        one.close();
        two.close();
        cluster.close();
    }

    @Test
    void a_distribution_lives_from_creation_to_deletion() throws Exception {
        var made =
                Configs.create(one, Configs.of("life", 8000).comment("a site").aliases(a -> a.quantity(1)
                        .items("Life.example.com")));

        var id = made.distribution().id();
        assertThat(made.location()).endsWith("/2020-05-31/distribution/" + id);
        assertThat(made.distribution().status()).isEqualTo("InProgress");
        assertThat(made.distribution().arn()).isEqualTo("arn:aws:cloudfront::000000000000:distribution/" + id);
        assertThat(made.distribution().domainName())
                .isEqualTo(id.toLowerCase(Locale.ROOT) + ".cloudfront.localhost:" + cluster.port(1));
        var deployed = deployed(two, id);
        assertThat(deployed.eTag()).isEqualTo(made.eTag());
        assertThat(deployed.distribution().distributionConfig())
                .isEqualTo(made.distribution().distributionConfig());

        var config = two.getDistributionConfig(r -> r.id(id));
        assertThat(config.eTag()).isEqualTo(made.eTag());
        var updated = two.updateDistribution(r -> r.id(id)
                .ifMatch(config.eTag())
                .distributionConfig(
                        config.distributionConfig().toBuilder().enabled(false).build()));
        assertThat(updated.eTag()).isNotEqualTo(config.eTag());
        assertThat(updated.distribution().distributionConfig().aliases().items())
                .containsExactly("Life.example.com");
        assertThatThrownBy(() -> one.updateDistribution(
                        r -> r.id(id).ifMatch(config.eTag()).distributionConfig(config.distributionConfig())))
                .isInstanceOf(PreconditionFailedException.class);

        deployed(one, id);
        assertThatThrownBy(() -> one.deleteDistribution(r -> r.id(id).ifMatch(config.eTag())))
                .isInstanceOf(PreconditionFailedException.class);
        one.deleteDistribution(r -> r.id(id).ifMatch(updated.eTag()));
        for (var client : List.of(one, two)) {
            assertThatThrownBy(() -> client.getDistribution(r -> r.id(id)))
                    .isInstanceOf(NoSuchDistributionException.class);
        }
    }

    @Test
    void what_is_enabled_is_not_deleted() throws Exception {
        var made = Configs.create(one, Configs.of("enabled", 8000));
        deployed(one, made.distribution().id());

        assertThatThrownBy(() -> one.deleteDistribution(
                        r -> r.id(made.distribution().id()).ifMatch(made.eTag())))
                .isInstanceOf(DistributionNotDisabledException.class)
                .hasMessageContaining("has not been disabled");
    }

    @Test
    void a_change_needs_the_version_it_was_made_for() {
        var made = Configs.create(one, Configs.of("versions", 8000));
        var id = made.distribution().id();

        assertThatThrownBy(() -> one.updateDistribution(
                        r -> r.id(id).distributionConfig(made.distribution().distributionConfig())))
                .isInstanceOf(InvalidIfMatchVersionException.class);
        assertThatThrownBy(() -> one.deleteDistribution(r -> r.id(id).ifMatch("nonsense")))
                .isInstanceOf(InvalidIfMatchVersionException.class);
        assertThatThrownBy(() -> one.updateDistribution(r -> r.id(id)
                        .ifMatch(made.eTag())
                        .distributionConfig(made.distribution().distributionConfig().toBuilder()
                                .callerReference("other")
                                .build())))
                .isInstanceOf(IllegalUpdateException.class);
    }

    @Test
    void a_reference_and_an_alias_are_for_one_distribution() {
        Configs.create(one, Configs.of("taken", 8000).aliases(a -> a.quantity(1).items("taken.example.com")));

        assertThatThrownBy(() -> Configs.create(two, Configs.of("taken", 8001)))
                .isInstanceOf(DistributionAlreadyExistsException.class);
        assertThatThrownBy(() -> Configs.create(two, Configs.of("taken-2", 8000).aliases(a -> a.quantity(1)
                        .items("TAKEN.example.com"))))
                .isInstanceOf(CnameAlreadyExistsException.class);
        var other = Configs.create(two, Configs.of("taken-2", 8000));
        assertThatThrownBy(() ->
                        two.updateDistribution(r -> r.id(other.distribution().id())
                                .ifMatch(other.eTag())
                                .distributionConfig(other.distribution().distributionConfig().toBuilder()
                                        .aliases(a -> a.quantity(1).items("taken.example.com"))
                                        .build())))
                .isInstanceOf(CnameAlreadyExistsException.class);
    }

    @Test
    void lists_come_in_pages() {
        for (int i = 0; i < 5; i++) {
            Configs.create(one, Configs.of("list-" + i, 8000));
        }

        var found = two.listDistributionsPaginator(r -> r.maxItems("2")).items().stream()
                .map(DistributionSummary::id)
                .toList();

        assertThat(found).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates().isSorted();
        var first = two.listDistributions(r -> r.maxItems("2")).distributionList();
        assertThat(first.isTruncated()).isTrue();
        assertThat(first.items()).hasSize(2);
        assertThat(first.items().getFirst().origins().items().getFirst().domainName())
                .isEqualTo("localhost");
        assertThatThrownBy(() -> two.listDistributions(r -> r.maxItems("none")))
                .isInstanceOf(CloudFrontException.class)
                .hasMessageContaining("MaxItems");
    }

    @Test
    void configurations_that_cloudfront_refuses_are_refused() {
        refused(NoSuchOriginException.class, c -> c.defaultCacheBehavior(Configs.behavior(b -> b.targetOriginId("p"))));
        refused(
                InconsistentQuantitiesException.class,
                c -> c.aliases(a -> a.quantity(2).items("a.example.com")));
        refused(InvalidTtlOrderException.class, c -> c.defaultCacheBehavior(Configs.behavior(b -> b.maxTTL(1L))));
        refused(InvalidDefaultRootObjectException.class, c -> c.defaultRootObject("/index.html"));
        refused(
                InvalidForwardCookiesException.class,
                c -> c.defaultCacheBehavior(Configs.behavior(
                        b -> b.forwardedValues(f -> f.queryString(false).cookies(k -> k.forward("whitelist"))))));
        refused(
                NoSuchCachePolicyException.class,
                c -> c.defaultCacheBehavior(Configs.behavior(b -> b.forwardedValues((ForwardedValues) null)
                        .minTTL(null)
                        .defaultTTL(null)
                        .maxTTL(null)
                        .cachePolicyId("no-such-policy"))));
        refused(
                InvalidArgumentException.class,
                c -> c.defaultCacheBehavior(Configs.behavior(b -> b.cachePolicyId(Configs.OPTIMIZED))));
        refused(
                InvalidArgumentException.class,
                c -> c.origins(o -> o.quantity(0).items(List.of())));
        refused(
                InvalidArgumentException.class,
                c -> c.cacheBehaviors(b -> b.quantity(1).items(each -> each.pathPattern("/a b")
                        .targetOriginId("o")
                        .viewerProtocolPolicy("allow-all")
                        .forwardedValues(f -> f.queryString(true).cookies(k -> k.forward("none"))))));
    }

    /** Nothing that would count is accepted and ignored. */
    @Test
    void what_is_not_done_here_is_refused() {
        refused(CloudFrontException.class, c -> c.webACLId("arn:aws:wafv2:us-east-1:1:global/webacl/a/b"));
        refused(
                CloudFrontException.class,
                c -> c.logging(l -> l.enabled(true)
                        .includeCookies(false)
                        .bucket("b.s3.amazonaws.com")
                        .prefix("")));
        refused(
                CloudFrontException.class,
                c -> c.restrictions(r -> r.geoRestriction(
                        g -> g.restrictionType("whitelist").quantity(1).items("DE"))));
        refused(
                CloudFrontException.class,
                c -> c.customErrorResponses(e -> e.quantity(1)
                        .items(i -> i.errorCode(404).responseCode("200").responsePagePath("/x"))));
        refused(
                CloudFrontException.class,
                c -> c.defaultCacheBehavior(Configs.behavior(b -> b.responseHeadersPolicyId("any"))));
        refused(
                CloudFrontException.class,
                c -> c.defaultCacheBehavior(Configs.behavior(b -> b.lambdaFunctionAssociations(
                        l -> l.quantity(1).items(i -> i.lambdaFunctionARN("arn").eventType("viewer-request"))))));
    }

    private void refused(Class<? extends Throwable> error, Consumer<DistributionConfig.Builder> change) {
        var config = Configs.of("refused", 8000);
        change.accept(config);
        assertThatThrownBy(() -> Configs.create(one, config)).isInstanceOf(error);
    }

    /** The clients' waiters look at once, and then only after a minute or 20 s. */
    @Test
    void what_is_answered_is_everywhere_already_if_all_nodes_are_well() throws Exception {
        var made = Configs.create(one, Configs.of("soon", 8000));
        var id = made.distribution().id();
        assertThat(two.getDistribution(r -> r.id(id)).distribution().status()).isEqualTo("Deployed");

        one.updateDistribution(r -> r.id(id)
                .ifMatch(made.eTag())
                .distributionConfig(Configs.of("soon", 8001).build()));
        assertThat(two.getDistribution(r -> r.id(id)).distribution().status()).isEqualTo("Deployed");

        var invalidation = invalidate(id, "at once", "/*").invalidation().id();
        assertThat(two.getInvalidation(r -> r.distributionId(id).id(invalidation))
                        .invalidation()
                        .status())
                .isEqualTo("Completed");
    }

    @Test
    void an_invalidation_is_found_by_every_node_and_completed() throws Exception {
        var id = Configs.create(one, Configs.of("invalidations", 8000))
                .distribution()
                .id();

        var made = one.createInvalidation(r -> r.distributionId(id).invalidationBatch(b -> b.callerReference("i-1")
                .paths(p -> p.quantity(2).items("/a", "/b/*"))));

        var invalidation = made.invalidation();
        assertThat(invalidation.status()).isEqualTo("InProgress");
        assertThat(made.location()).endsWith("/invalidation/" + invalidation.id());
        LocalCluster.await(() -> two.getInvalidation(r -> r.distributionId(id).id(invalidation.id()))
                .invalidation()
                .status()
                .equals("Completed"));
        var listed = two.listInvalidations(r -> r.distributionId(id)).invalidationList();
        assertThat(listed.items()).extracting(InvalidationSummary::id).containsExactly(invalidation.id());
        assertThat(one.getDistribution(r -> r.id(id)).distribution().inProgressInvalidationBatches())
                .isZero();
    }

    @Test
    void the_same_invalidation_twice_is_one_and_another_under_its_name_is_refused() {
        var id = Configs.create(one, Configs.of("twice", 8000)).distribution().id();

        var first = invalidate(id, "same", "/a").invalidation().id();

        assertThat(invalidate(id, "same", "/a").invalidation().id()).isEqualTo(first);
        assertThatThrownBy(() -> invalidate(id, "same", "/b"))
                .isInstanceOf(CloudFrontException.class)
                .extracting(e -> ((CloudFrontException) e).awsErrorDetails().errorCode())
                .isEqualTo("InvalidationBatchAlreadyExists");
    }

    @Test
    void invalidations_have_limits() {
        var id = Configs.create(one, Configs.of("limits", 8000)).distribution().id();

        assertThatThrownBy(() -> invalidate(id, "star", "/a*b")).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> invalidate(id, "none")).isInstanceOf(CloudFrontException.class);
        assertThatThrownBy(() -> invalidate(
                        id,
                        "many",
                        IntStream.range(0, 3001).mapToObj(i -> "/" + i).toArray(String[]::new)))
                .isInstanceOf(TooManyInvalidationsInProgressException.class);
        assertThatThrownBy(() -> invalidate(
                        id,
                        "stars",
                        IntStream.range(0, 16).mapToObj(i -> "/" + i + "*").toArray(String[]::new)))
                .isInstanceOf(TooManyInvalidationsInProgressException.class);
        assertThatThrownBy(() -> invalidate(
                        id,
                        "large",
                        IntStream.range(0, 100)
                                .mapToObj(i -> "/" + i + "x".repeat(3000))
                                .toArray(String[]::new)))
                .isInstanceOf(BatchTooLargeException.class);
        assertThatThrownBy(() -> one.getInvalidation(r -> r.distributionId(id).id("INONE")))
                .isInstanceOf(NoSuchInvalidationException.class);
        assertThatThrownBy(() -> invalidate("ENONE", "any", "/a")).isInstanceOf(NoSuchDistributionException.class);
    }

    private CreateInvalidationResponse invalidate(String id, String reference, String... paths) {
        return one.createInvalidation(r -> r.distributionId(id).invalidationBatch(b -> b.callerReference(reference)
                .paths(p -> p.quantity(paths.length).items(paths))));
    }

    private static GetDistributionResponse deployed(CloudFrontClient client, String id) throws Exception {
        LocalCluster.await(() ->
                client.getDistribution(r -> r.id(id)).distribution().status().equals("Deployed"));
        return client.getDistribution(r -> r.id(id));
    }
}
