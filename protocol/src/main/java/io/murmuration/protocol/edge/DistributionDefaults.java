package io.murmuration.protocol.edge;

import io.murmuration.protocol.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Completes a configuration by what CloudFront takes where a client says nothing, so that whoever reads it finds what it finds on AWS. */
final class DistributionDefaults {
    private static final XmlElement NONE = parent("None", text("Quantity", "0"));
    private static final String FALSE = "false";
    private static final String DAY = "86400";
    private static final String YEAR = "31536000";

    private static final XmlElement READS = parent("Items", text("Method", "HEAD"), text("Method", "GET"));

    private static final List<XmlElement> OF_DISTRIBUTION = List.of(
            named("Aliases", NONE),
            text("DefaultRootObject", ""),
            named("OriginGroups", NONE),
            named("CacheBehaviors", NONE),
            named("CustomErrorResponses", NONE),
            parent(
                    "Logging",
                    text("Enabled", FALSE),
                    text("IncludeCookies", FALSE),
                    text("Bucket", ""),
                    text("Prefix", "")),
            text("PriceClass", "PriceClass_All"),
            parent(
                    "ViewerCertificate",
                    text("CloudFrontDefaultCertificate", "true"),
                    text("SSLSupportMethod", "vip"),
                    text("MinimumProtocolVersion", "TLSv1"),
                    text("CertificateSource", "cloudfront")),
            parent("Restrictions", parent("GeoRestriction", text("RestrictionType", "none"), text("Quantity", "0"))),
            text("WebACLId", ""),
            text("HttpVersion", "http2"),
            text("IsIPV6Enabled", FALSE),
            text("ContinuousDeploymentPolicyId", ""),
            text("Staging", FALSE));

    private static final List<XmlElement> OF_ORIGIN = List.of(
            text("OriginPath", ""),
            named("CustomHeaders", NONE),
            text("ConnectionAttempts", "3"),
            text("ConnectionTimeout", "10"),
            parent("OriginShield", text("Enabled", FALSE)),
            text("OriginAccessControlId", ""));

    private static final List<XmlElement> OF_CUSTOM_ORIGIN = List.of(
            parent("OriginSslProtocols", text("Quantity", "1"), parent("Items", text("SslProtocol", "TLSv1.2"))),
            text("OriginReadTimeout", "30"),
            text("OriginKeepaliveTimeout", "5"));

    private static final List<XmlElement> OF_BEHAVIOUR = List.of(
            parent("TrustedSigners", text("Enabled", FALSE), text("Quantity", "0")),
            parent("TrustedKeyGroups", text("Enabled", FALSE), text("Quantity", "0")),
            parent(
                    "AllowedMethods",
                    text("Quantity", "2"),
                    READS,
                    parent("CachedMethods", text("Quantity", "2"), READS)),
            text("SmoothStreaming", FALSE),
            text("Compress", FALSE),
            named("LambdaFunctionAssociations", NONE),
            named("FunctionAssociations", NONE),
            text("FieldLevelEncryptionId", ""),
            parent("GrpcConfig", text("Enabled", FALSE)));

    private static final List<XmlElement> OF_TIMES =
            List.of(text("MinTTL", "0"), text("DefaultTTL", DAY), text("MaxTTL", YEAR));

    /** Elements that hold a list: what their members are completed by. */
    private static final Map<String, List<XmlElement>> MEMBERS = Map.of(
            "Origin",
            OF_ORIGIN,
            "CustomOriginConfig",
            OF_CUSTOM_ORIGIN,
            "DefaultCacheBehavior",
            OF_BEHAVIOUR,
            "CacheBehavior",
            OF_BEHAVIOUR,
            DistributionConfig.ROOT,
            OF_DISTRIBUTION);

    private DistributionDefaults() {}

    static XmlElement complete(XmlElement element) {
        var children = new ArrayList<XmlElement>();
        element.children().forEach(child -> children.add(complete(child)));
        add(children, MEMBERS.getOrDefault(element.name(), List.of()));
        if (element.name().endsWith("CacheBehavior") && element.child("CachePolicyId") == null) {
            add(children, OF_TIMES);
        }
        return new XmlElement(
                element.name(), children.isEmpty() ? element.text().strip() : "", List.copyOf(children));
    }

    private static void add(List<XmlElement> children, List<XmlElement> defaults) {
        for (var standard : defaults) {
            if (children.stream().noneMatch(child -> child.name().equals(standard.name()))) {
                children.add(standard);
            }
        }
    }

    private static XmlElement text(String name, String text) {
        return new XmlElement(name, text, List.of());
    }

    private static XmlElement parent(String name, XmlElement... children) {
        return new XmlElement(name, "", List.of(children));
    }

    private static XmlElement named(String name, XmlElement element) {
        return new XmlElement(name, "", element.children());
    }
}
