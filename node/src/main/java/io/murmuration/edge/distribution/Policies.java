package io.murmuration.edge.distribution;

import io.murmuration.edge.behaviour.Forwarding;
import io.murmuration.edge.behaviour.KeyParameters;
import io.murmuration.edge.behaviour.Selection;
import io.murmuration.edge.caching.CachePolicy;
import java.time.Duration;
import java.util.Map;

/** CloudFront's managed policies that are known here, by their ids, as its developer guide describes them. */
final class Policies {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(365);

    /** Of what a request tells apart, and for how long. */
    record Caching(KeyParameters key, CachePolicy policy) {}

    /** The names of headers by which a request may change its method. */
    private static final Selection OF_THE_METHOD =
            Selection.of("host", "origin", "x-http-method-override", "x-http-method", "x-method-override");

    private static final Caching BY_ORIGIN = new Caching(
            KeyParameters.PATH_ONLY.headers(OF_THE_METHOD).cookies(Selection.ALL),
            CachePolicy.CLOUDFRONT.ttls(Duration.ZERO, Duration.ZERO, YEAR));

    static final Map<String, Caching> CACHING = Map.of(
            // CachingOptimized
            "658327ea-f89d-4fab-a63d-7e88639e58f6",
            new Caching(KeyParameters.PATH_ONLY, CachePolicy.CLOUDFRONT.ttls(SECOND, DAY, YEAR)),
            // CachingOptimizedForUncompressedObjects
            "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
            new Caching(
                    KeyParameters.PATH_ONLY.compression(false, false), CachePolicy.CLOUDFRONT.ttls(SECOND, DAY, YEAR)),
            // CachingDisabled
            "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
            new Caching(
                    KeyParameters.PATH_ONLY.compression(false, false),
                    CachePolicy.CLOUDFRONT.ttls(Duration.ZERO, Duration.ZERO, Duration.ZERO)),
            // UseOriginCacheControlHeaders
            "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
            BY_ORIGIN,
            // UseOriginCacheControlHeaders-QueryStrings
            "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
            new Caching(BY_ORIGIN.key().query(Selection.ALL), BY_ORIGIN.policy()));

    static final Map<String, Forwarding> ORIGIN_REQUEST = Map.of(
            // AllViewer
            "216adef6-5c7f-47e4-b989-5492eafa07d3",
            new Forwarding(Selection.ALL, Selection.ALL, Selection.ALL),
            // AllViewerExceptHostHeader
            "b689b0a8-53d0-40ab-baf2-68738e2966ac",
            new Forwarding(Selection.ALL, Selection.allExcept("host"), Selection.ALL),
            // CORS-S3Origin
            "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
            Forwarding.headers(
                    Selection.of("origin", "access-control-request-headers", "access-control-request-method")),
            // CORS-CustomOrigin
            "59781a5b-3903-41f3-afcb-af62929ccde1",
            Forwarding.headers(Selection.of("origin")),
            // UserAgentRefererHeaders
            "acba4595-bd28-49b8-b9fe-13317c0390fa",
            Forwarding.headers(Selection.of("user-agent", "referer")));

    private Policies() {}
}
