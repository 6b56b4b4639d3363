package io.murmuration.protocol.edge;

import static io.murmuration.protocol.edge.EdgeErrors.absent;
import static io.murmuration.protocol.edge.EdgeErrors.invalid;
import static io.murmuration.protocol.edge.EdgeErrors.refuse;

import io.murmuration.protocol.xml.XmlElement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What CloudFront refuses of a cache behaviour, and what is not done here. */
final class BehaviourChecks {
    private static final int HEADERS_MAX = 10;
    private static final int COOKIES_MAX = 10;
    private static final int QUERY_KEYS_MAX = 10;
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> ALL = Set.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE");

    private static final Set<String> MEMBERS = Set.of(
            "PathPattern",
            "TargetOriginId",
            "TrustedSigners",
            "TrustedKeyGroups",
            "ViewerProtocolPolicy",
            "AllowedMethods",
            "SmoothStreaming",
            "Compress",
            "LambdaFunctionAssociations",
            "FunctionAssociations",
            "FieldLevelEncryptionId",
            "RealtimeLogConfigArn",
            "CachePolicyId",
            "OriginRequestPolicyId",
            "ResponseHeadersPolicyId",
            "GrpcConfig",
            "ForwardedValues",
            "MinTTL",
            "DefaultTTL",
            "MaxTTL");

    private BehaviourChecks() {}

    static void check(XmlElement behaviour, Set<String> origins) {
        DistributionChecks.known(behaviour, MEMBERS);
        if (!origins.contains(Xml.requiredText(behaviour, "TargetOriginId"))) {
            throw refuse(EdgeError.NO_SUCH_ORIGIN, "One or more of your origins or origin groups do not exist.");
        }
        DistributionReader.viewerProtocol(Xml.requiredText(behaviour, "ViewerProtocolPolicy"));
        allowed(Xml.required(behaviour, "AllowedMethods"));
        absences(behaviour);
        policies(behaviour);
    }

    private static void allowed(XmlElement allowed) {
        var methods = methods(allowed.child("Items"));
        var cached = allowed.child("CachedMethods") == null
                ? READS
                : methods(Xml.required(allowed, "CachedMethods").child("Items"));
        if (!Set.of(READS, SAFE, ALL).contains(methods)
                || !Set.of(READS, SAFE).contains(cached)
                || !methods.containsAll(cached)) {
            throw invalid("The parameter AllowedMethods or CachedMethods contains a combination that is not valid.");
        }
    }

    private static Set<String> methods(@Nullable XmlElement items) {
        var methods = new HashSet<String>();
        if (items != null) {
            items.all("Method").forEach(method -> methods.add(method.text().strip()));
        }
        return Set.copyOf(methods);
    }

    private static void absences(XmlElement behaviour) {
        for (var name : List.of("TrustedSigners", "TrustedKeyGroups", "GrpcConfig")) {
            if (Xml.flag(Xml.required(behaviour, name), "Enabled")) {
                throw absent(name);
            }
        }
        if (Xml.flag(behaviour, "SmoothStreaming")) {
            throw absent("SmoothStreaming");
        }
        if (!Xml.items(behaviour, "LambdaFunctionAssociations", "LambdaFunctionAssociation")
                .isEmpty()) {
            throw refuse(EdgeError.INVALID_LAMBDA_ASSOCIATION, "Lambda@Edge functions are not supported here.");
        }
        if (!Xml.items(behaviour, "FunctionAssociations", "FunctionAssociation").isEmpty()) {
            throw refuse(EdgeError.INVALID_FUNCTION_ASSOCIATION, "CloudFront functions are not supported here.");
        }
        if (!Xml.text(behaviour, "FieldLevelEncryptionId").isEmpty()) {
            throw absent("FieldLevelEncryptionId");
        }
        if (!Xml.text(behaviour, "RealtimeLogConfigArn").isEmpty()) {
            throw absent("RealtimeLogConfigArn");
        }
        if (!Xml.text(behaviour, "ResponseHeadersPolicyId").isEmpty()) {
            throw refuse(EdgeError.NO_SUCH_RESPONSE_HEADERS_POLICY, "The response headers policy does not exist.");
        }
    }

    private static void policies(XmlElement behaviour) {
        var policy = Xml.optional(behaviour, "CachePolicyId");
        var forwarded = behaviour.child("ForwardedValues");
        var times = List.of("MinTTL", "DefaultTTL", "MaxTTL");
        if (policy != null) {
            if (forwarded != null) {
                throw invalid(
                        "The parameter ForwardedValues cannot be used when a cache policy is associated to the cache behavior.");
            }
            for (var time : times) {
                if (behaviour.child(time) != null && Xml.number(behaviour, time, 0) != 0) {
                    throw invalid("The parameter " + time
                            + " cannot be used when a cache policy is associated to the cache behavior.");
                }
            }
            return;
        }
        if (Xml.optional(behaviour, "OriginRequestPolicyId") != null) {
            throw invalid("The parameter OriginRequestPolicyId needs a cache policy.");
        }
        if (forwarded == null) {
            throw invalid("The parameter ForwardedValues is required.");
        }
        long min = Xml.number(behaviour, "MinTTL", 0);
        long standard = Xml.number(behaviour, "DefaultTTL", 0);
        if (min > standard || standard > Xml.number(behaviour, "MaxTTL", 0)) {
            throw refuse(EdgeError.INVALID_TTL_ORDER, "The order of MinTTL, DefaultTTL and MaxTTL is not valid.");
        }
        forwarded(forwarded);
    }

    private static void forwarded(XmlElement values) {
        Xml.required(values, "QueryString");
        var cookies = Xml.required(values, "Cookies");
        var names = Xml.texts(cookies, "WhitelistedNames", "Name");
        var forward = Xml.requiredText(cookies, "Forward");
        var listed = forward.equals("whitelist");
        if (!Set.of("none", "all", "whitelist").contains(forward) || listed == names.isEmpty()) {
            throw refuse(
                    EdgeError.INVALID_FORWARD_COOKIES,
                    "Your request contains forward cookies option which doesn't match with the expectation for the whitelisted list of cookie names.");
        }
        if (names.size() > COOKIES_MAX) {
            throw refuse(
                    EdgeError.TOO_MANY_COOKIES,
                    "Your request contains more cookie names in the whitelist than are allowed per cache behavior.");
        }
        if (Xml.texts(values, "Headers", "Name").size() > HEADERS_MAX) {
            throw refuse(EdgeError.TOO_MANY_HEADERS, "Your request contains too many headers in forwarded values.");
        }
        if (Xml.texts(values, "QueryStringCacheKeys", "Name").size() > QUERY_KEYS_MAX) {
            throw refuse(
                    EdgeError.TOO_MANY_QUERY_PARAMETERS, "Your request contains too many query string parameters.");
        }
    }
}
