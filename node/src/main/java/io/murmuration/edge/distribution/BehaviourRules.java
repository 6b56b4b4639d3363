package io.murmuration.edge.distribution;

import io.murmuration.edge.behaviour.Behaviour;
import io.murmuration.edge.behaviour.Behaviour.Admission;
import io.murmuration.edge.behaviour.Behaviour.Scheme;
import io.murmuration.edge.behaviour.Behaviours;
import io.murmuration.edge.behaviour.Forwarding;
import io.murmuration.edge.behaviour.KeyParameters;
import io.murmuration.edge.behaviour.PathPattern;
import io.murmuration.edge.behaviour.Selection;
import io.murmuration.edge.caching.CachePolicy;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.edge.DistributionConfig;
import io.murmuration.protocol.edge.DistributionConfig.CacheBehaviour;
import io.murmuration.protocol.edge.DistributionConfig.ForwardedValues;
import io.murmuration.protocol.edge.DistributionConfig.ViewerProtocol;
import io.murmuration.protocol.edge.EdgeError;
import io.murmuration.protocol.edge.EdgeErrors;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a distribution's configuration means for its viewers. */
final class BehaviourRules {
    private BehaviourRules() {}

    /** @throws ServiceException if it names a policy that is not known, or a pattern that is none */
    static Behaviours behaviours(DistributionConfig config) {
        return new Behaviours(
                config.ordered().stream().map(BehaviourRules::behaviour).toList(), behaviour(config.standard()));
    }

    private static Behaviour behaviour(CacheBehaviour told) {
        var caching = told.forwarded() == null ? caching(told.cachePolicy()) : legacy(told, told.forwarded());
        return new Behaviour(
                pattern(told.pathPattern()),
                told.origin(),
                new Admission(Set.copyOf(told.allowedMethods()), scheme(told.viewerProtocol())),
                caching.key(),
                told.forwarded() == null ? forwarding(told.originRequestPolicy()) : legacy(told.forwarded()),
                caching.policy());
    }

    private static PathPattern pattern(String text) {
        try {
            return new PathPattern(text);
        } catch (IllegalArgumentException e) {
            throw EdgeErrors.refuse(EdgeError.INVALID_ARGUMENT, "The parameter PathPattern is not valid.");
        }
    }

    private static Scheme scheme(ViewerProtocol protocol) {
        return switch (protocol) {
            case ALLOW_ALL -> Scheme.ANY;
            case REDIRECT_TO_HTTPS -> Scheme.REDIRECTED;
            case HTTPS_ONLY -> Scheme.TLS_ONLY;
        };
    }

    private static Policies.Caching caching(@Nullable String id) {
        var caching = id == null ? null : Policies.CACHING.get(id);
        if (caching == null) {
            throw EdgeErrors.refuse(EdgeError.NO_SUCH_CACHE_POLICY, "The cache policy does not exist.");
        }
        return caching;
    }

    private static Forwarding forwarding(@Nullable String id) {
        if (id == null) {
            return Forwarding.NONE;
        }
        var forwarding = Policies.ORIGIN_REQUEST.get(id);
        if (forwarding == null) {
            throw EdgeErrors.refuse(
                    EdgeError.NO_SUCH_ORIGIN_REQUEST_POLICY, "The origin request policy does not exist.");
        }
        return forwarding;
    }

    /** Where all headers are forwarded, nothing is kept, as with CloudFront. */
    private static Policies.Caching legacy(CacheBehaviour told, ForwardedValues values) {
        var encoding = values.headers().stream().anyMatch("accept-encoding"::equalsIgnoreCase);
        var key = new KeyParameters(
                query(values),
                all(values) ? Selection.NONE : Selection.listed(values.headers()),
                cookies(values),
                !encoding && !all(values),
                false);
        var policy = all(values)
                ? CachePolicy.CLOUDFRONT.ttls(Duration.ZERO, Duration.ZERO, Duration.ZERO)
                : CachePolicy.CLOUDFRONT.ttls(
                        Duration.ofSeconds(told.minTtlSeconds()),
                        Duration.ofSeconds(told.defaultTtlSeconds()),
                        Duration.ofSeconds(told.maxTtlSeconds()));
        return new Policies.Caching(key, policy);
    }

    /** With keys for the query, all of it is forwarded, and only these are told apart. */
    private static Selection query(ForwardedValues values) {
        if (!values.queryString()) {
            return Selection.NONE;
        }
        return values.queryKeys().isEmpty() ? Selection.ALL : Selection.listed(values.queryKeys());
    }

    private static Selection cookies(ForwardedValues values) {
        return switch (values.cookies()) {
            case "all" -> Selection.ALL;
            case "whitelist" -> Selection.listed(values.cookieNames());
            default -> Selection.NONE;
        };
    }

    private static boolean all(ForwardedValues values) {
        return values.headers().equals(List.of("*"));
    }

    private static Forwarding legacy(ForwardedValues values) {
        return new Forwarding(
                values.queryString() ? Selection.ALL : Selection.NONE,
                all(values) ? Selection.ALL : Selection.NONE,
                Selection.NONE);
    }
}
