package io.murmuration.cli.demo.site;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.AllowedMethods;
import software.amazon.awssdk.services.cloudfront.model.CacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.Method;
import software.amazon.awssdk.services.cloudfront.model.Origin;
import software.amazon.awssdk.services.cloudfront.model.OriginProtocolPolicy;
import software.amazon.awssdk.services.cloudfront.model.SslProtocol;
import software.amazon.awssdk.services.cloudfront.model.ViewerProtocolPolicy;

/** Puts the CDN in front of the bucket and the API. */
final class SiteDistribution {
    private static final String BUCKET = "bucket";
    private static final String API = "api";

    // CloudFront's managed policies have the same ids everywhere.
    private static final String CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";
    private static final String CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    private static final String ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

    private static final List<Method> READING = List.of(Method.GET, Method.HEAD);
    private static final List<Method> ALL =
            List.of(Method.GET, Method.HEAD, Method.OPTIONS, Method.PUT, Method.POST, Method.PATCH, Method.DELETE);

    private final CloudFrontClient client;

    SiteDistribution(CloudFrontClient client) {
        this.client = client;
    }

    /** Returns the id of the distribution once all points of presence know it. */
    String create(String bucket, String api) {
        var id = client.createDistribution(request -> request.distributionConfig(config(bucket, api)))
                .distribution()
                .id();
        client.waiter().waitUntilDistributionDeployed(request -> request.id(id));
        return id;
    }

    private static DistributionConfig config(String bucket, String api) {
        var routes = Stream.of("/strikes", "/counts", "/gallery")
                .map(SiteDistribution::toApi)
                .toList();
        return DistributionConfig.builder()
                .callerReference(bucket)
                .comment("Bird strikes")
                .enabled(true)
                .defaultRootObject("index.html")
                .origins(origins -> origins.quantity(2).items(bucketOrigin(bucket), apiOrigin(api)))
                .cacheBehaviors(behaviors -> behaviors.quantity(routes.size()).items(routes))
                .defaultCacheBehavior(behavior -> behavior.targetOriginId(BUCKET)
                        .viewerProtocolPolicy(ViewerProtocolPolicy.ALLOW_ALL)
                        .allowedMethods(methods(READING))
                        .cachePolicyId(CACHING_OPTIMIZED)
                        .compress(true))
                .build();
    }

    private static Origin bucketOrigin(String bucket) {
        return Origin.builder()
                .id(BUCKET)
                .domainName(bucket + ".s3.us-east-1.amazonaws.com")
                .s3OriginConfig(config -> config.originAccessIdentity(""))
                .build();
    }

    private static Origin apiOrigin(String api) {
        return Origin.builder()
                .id(API)
                .domainName(api + ".execute-api.us-east-1.amazonaws.com")
                .customOriginConfig(config -> config.httpPort(80)
                        .httpsPort(443)
                        .originProtocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
                        .originSslProtocols(protocols -> protocols.quantity(1).items(SslProtocol.TLS_V1_2)))
                .build();
    }

    private static CacheBehavior toApi(String path) {
        return CacheBehavior.builder()
                .pathPattern(path)
                .targetOriginId(API)
                .viewerProtocolPolicy(ViewerProtocolPolicy.ALLOW_ALL)
                .allowedMethods(methods(ALL))
                .cachePolicyId(CACHING_DISABLED)
                .originRequestPolicyId(ALL_VIEWER_EXCEPT_HOST)
                .compress(false)
                .build();
    }

    private static AllowedMethods methods(List<Method> allowed) {
        return AllowedMethods.builder()
                .quantity(allowed.size())
                .items(allowed)
                .cachedMethods(cached -> cached.quantity(READING.size()).items(READING))
                .build();
    }
}
