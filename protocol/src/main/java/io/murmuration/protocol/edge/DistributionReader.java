package io.murmuration.protocol.edge;

import io.murmuration.protocol.edge.DistributionConfig.CacheBehaviour;
import io.murmuration.protocol.edge.DistributionConfig.ForwardedValues;
import io.murmuration.protocol.edge.DistributionConfig.Header;
import io.murmuration.protocol.edge.DistributionConfig.OriginConfig;
import io.murmuration.protocol.edge.DistributionConfig.ViewerProtocol;
import io.murmuration.protocol.xml.XmlElement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what counts out of a completed configuration. */
final class DistributionReader {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int READ_SECONDS = 30;

    private DistributionReader() {}

    static DistributionConfig read(XmlElement document) {
        return new DistributionConfig(
                Xml.text(document, "CallerReference"),
                Xml.texts(document, "Aliases", "CNAME").stream()
                        .map(alias -> alias.toLowerCase(Locale.ROOT))
                        .toList(),
                Xml.text(document, "DefaultRootObject"),
                Xml.items(document, "Origins", "Origin").stream()
                        .map(DistributionReader::origin)
                        .toList(),
                behaviour(Xml.required(document, "DefaultCacheBehavior")),
                Xml.items(document, "CacheBehaviors", "CacheBehavior").stream()
                        .map(DistributionReader::behaviour)
                        .toList(),
                Xml.flag(document, "Enabled"),
                document);
    }

    private static OriginConfig origin(XmlElement origin) {
        var custom = origin.child("CustomOriginConfig");
        return new OriginConfig(
                Xml.text(origin, "Id"),
                Xml.text(origin, "DomainName").toLowerCase(Locale.ROOT),
                Xml.text(origin, "OriginPath"),
                Xml.items(origin, "CustomHeaders", "OriginCustomHeader").stream()
                        .map(header -> new Header(Xml.text(header, "HeaderName"), Xml.text(header, "HeaderValue")))
                        .toList(),
                custom == null ? HTTP : (int) Xml.number(custom, "HTTPPort", HTTP),
                custom == null ? HTTPS : (int) Xml.number(custom, "HTTPSPort", HTTPS),
                custom != null && Xml.text(custom, "OriginProtocolPolicy").equals("https-only"),
                custom == null ? READ_SECONDS : (int) Xml.number(custom, "OriginReadTimeout", READ_SECONDS),
                (int) Xml.number(origin, "ConnectionTimeout", 10),
                (int) Xml.number(origin, "ConnectionAttempts", 3));
    }

    private static CacheBehaviour behaviour(XmlElement behaviour) {
        var standard = behaviour.name().equals("DefaultCacheBehavior");
        return new CacheBehaviour(
                standard ? "*" : Xml.text(behaviour, "PathPattern"),
                Xml.text(behaviour, "TargetOriginId"),
                viewerProtocol(Xml.text(behaviour, "ViewerProtocolPolicy")),
                Xml.texts(behaviour, "AllowedMethods", "Method"),
                Xml.optional(behaviour, "CachePolicyId"),
                Xml.optional(behaviour, "OriginRequestPolicyId"),
                forwarded(behaviour.child("ForwardedValues")),
                Xml.number(behaviour, "MinTTL", 0),
                Xml.number(behaviour, "DefaultTTL", 0),
                Xml.number(behaviour, "MaxTTL", 0));
    }

    static ViewerProtocol viewerProtocol(String text) {
        return switch (text) {
            case "allow-all" -> ViewerProtocol.ALLOW_ALL;
            case "redirect-to-https" -> ViewerProtocol.REDIRECT_TO_HTTPS;
            case "https-only" -> ViewerProtocol.HTTPS_ONLY;
            default -> throw EdgeErrors.invalid("The parameter ViewerProtocolPolicy has an invalid value: " + text);
        };
    }

    private static @Nullable ForwardedValues forwarded(@Nullable XmlElement values) {
        if (values == null) {
            return null;
        }
        var cookies = values.child("Cookies");
        return new ForwardedValues(
                Xml.flag(values, "QueryString"),
                Xml.texts(values, "QueryStringCacheKeys", "Name"),
                cookies == null ? "none" : Xml.text(cookies, "Forward"),
                cookies == null ? List.of() : Xml.texts(cookies, "WhitelistedNames", "Name"),
                Xml.texts(values, "Headers", "Name"));
    }
}
