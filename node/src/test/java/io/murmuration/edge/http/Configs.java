package io.murmuration.edge.http;

import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CreateDistributionResponse;
import software.amazon.awssdk.services.cloudfront.model.DefaultCacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.Method;
import software.amazon.awssdk.services.cloudfront.model.Origin;
import software.amazon.awssdk.services.cloudfront.model.OriginProtocolPolicy;
import software.amazon.awssdk.services.cloudfront.model.ViewerProtocolPolicy;

/** Configurations of distributions, as users of the SDK write them. */
@SuppressWarnings({"deprecation", "unchecked"
}) // the older way to say what is cached is tested too; the SDK takes lists of builders
public final class Configs {
    public static final String OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";
    public static final String DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

    private Configs() {}

    /** One origin at this port of this machine, with the older way of saying what counts: nothing but the path, and for a day. */
    public static DistributionConfig.Builder of(String reference, int port) {
        return DistributionConfig.builder()
                .callerReference(reference)
                .comment("")
                .enabled(true)
                .origins(o -> o.quantity(1).items(origin("o", port)))
                .defaultCacheBehavior(behavior(b -> b));
    }

    public static Origin origin(String id, int port) {
        return Origin.builder()
                .id(id)
                .domainName("localhost")
                .customOriginConfig(c -> c.httpPort(port)
                        .httpsPort(443)
                        .originProtocolPolicy(OriginProtocolPolicy.HTTP_ONLY)
                        .originReadTimeout(30))
                .build();
    }

    public static DefaultCacheBehavior behavior(UnaryOperator<DefaultCacheBehavior.Builder> change) {
        return change.apply(DefaultCacheBehavior.builder()
                        .targetOriginId("o")
                        .viewerProtocolPolicy(ViewerProtocolPolicy.ALLOW_ALL)
                        .allowedMethods(m -> m.quantity(7)
                                .items(List.of(
                                        Method.GET,
                                        Method.HEAD,
                                        Method.OPTIONS,
                                        Method.PUT,
                                        Method.POST,
                                        Method.PATCH,
                                        Method.DELETE))
                                .cachedMethods(c -> c.quantity(2).items(Method.GET, Method.HEAD)))
                        .forwardedValues(f -> f.queryString(false).cookies(c -> c.forward("none")))
                        .minTTL(0L)
                        .defaultTTL(86_400L)
                        .maxTTL(31_536_000L))
                .build();
    }

    public static CreateDistributionResponse create(CloudFrontClient client, DistributionConfig.Builder config) {
        return client.createDistribution(r -> r.distributionConfig(config.build()));
    }
}
