package io.murmuration.protocol.edge;

import static io.murmuration.protocol.edge.EdgeErrors.absent;
import static io.murmuration.protocol.edge.EdgeErrors.invalid;
import static io.murmuration.protocol.edge.EdgeErrors.refuse;

import io.murmuration.protocol.xml.XmlElement;
import java.util.Locale;
import java.util.Set;

/** What CloudFront refuses of an origin, and what is not done here. */
final class OriginChecks {
    private static final int HEADERS_MAX = 30;
    private static final int SECONDS_MAX = 180;
    private static final String DOMAIN = "[a-zA-Z0-9_]([a-zA-Z0-9._-]{0,251}[a-zA-Z0-9])?(:[0-9]{1,5})?";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}";

    private static final Set<String> MEMBERS = Set.of(
            "Id",
            "DomainName",
            "OriginPath",
            "CustomHeaders",
            "S3OriginConfig",
            "CustomOriginConfig",
            "VpcOriginConfig",
            "ConnectionAttempts",
            "ConnectionTimeout",
            "ResponseCompletionTimeout",
            "OriginShield",
            "OriginAccessControlId");

    /** They belong to the connection, or tell where the request comes from. */
    private static final Set<String> FORBIDDEN = Set.of(
            "cache-control",
            "connection",
            "content-length",
            "cookie",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "max-forwards",
            "pragma",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "request-range",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "x-real-ip",
            "cdn-loop");

    private OriginChecks() {}

    static void check(XmlElement origin) {
        DistributionChecks.known(origin, MEMBERS);
        if (!Xml.requiredText(origin, "DomainName").matches(DOMAIN)) {
            throw invalid("The parameter origin DomainName is not valid.");
        }
        var path = Xml.text(origin, "OriginPath");
        if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/") || !path.matches("[!-~&&[^?#]]{1,255}"))) {
            throw refuse(
                    EdgeError.INVALID_RELATIVE_PATH,
                    "The relative path is too big, is not URL-encoded, or does not begin with a slash (/).");
        }
        if (origin.child("VpcOriginConfig") != null) {
            throw absent("VpcOriginConfig");
        }
        if (Xml.number(origin, "ResponseCompletionTimeout", 0) != 0) {
            throw absent("ResponseCompletionTimeout");
        }
        if (Xml.flag(Xml.required(origin, "OriginShield"), "Enabled")) {
            throw absent("OriginShield");
        }
        within(origin, "ConnectionAttempts", 3);
        within(origin, "ConnectionTimeout", 10);
        headers(origin);
        kind(origin);
    }

    private static void within(XmlElement element, String name, long max) {
        long value = Xml.number(element, name, 1);
        if (value < 1 || value > max) {
            throw invalid("The parameter " + name + " must be from 1 to " + max + ".");
        }
    }

    private static void headers(XmlElement origin) {
        var headers = Xml.items(origin, "CustomHeaders", "OriginCustomHeader");
        if (headers.size() > HEADERS_MAX) {
            throw refuse(EdgeError.TOO_MANY_ORIGIN_HEADERS, "Your request contains too many origin custom headers.");
        }
        for (var header : headers) {
            var name = Xml.requiredText(header, "HeaderName");
            var folded = name.toLowerCase(Locale.ROOT);
            if (!name.matches(TOKEN)
                    || FORBIDDEN.contains(folded)
                    || folded.startsWith("x-amz-")
                    || folded.startsWith("x-edge-")
                    || !Xml.text(header, "HeaderValue").matches("[\\t -~]{0,1783}")) {
                throw invalid("The parameter HeaderName or HeaderValue is not valid: " + name);
            }
        }
    }

    private static void kind(XmlElement origin) {
        var custom = origin.child("CustomOriginConfig");
        if ((custom == null) == (origin.child("S3OriginConfig") == null)) {
            throw invalid("An origin has either an S3OriginConfig or a CustomOriginConfig.");
        }
        if (custom == null) {
            return;
        }
        port(custom, "HTTPPort");
        port(custom, "HTTPSPort");
        if (!Set.of("http-only", "match-viewer", "https-only").contains(Xml.text(custom, "OriginProtocolPolicy"))) {
            throw invalid("The parameter OriginProtocolPolicy is not valid.");
        }
        if (!seconds(custom, "OriginReadTimeout")) {
            throw refuse(
                    EdgeError.INVALID_ORIGIN_READ_TIMEOUT, "The read timeout specified for the origin is not valid.");
        }
        if (!seconds(custom, "OriginKeepaliveTimeout")) {
            throw refuse(
                    EdgeError.INVALID_ORIGIN_KEEPALIVE_TIMEOUT,
                    "The keep alive timeout specified for the origin is not valid.");
        }
        if (custom.child("OriginMtlsConfig") != null) {
            throw absent("OriginMtlsConfig");
        }
    }

    /** CloudFront allows 80, 443 and 1024 to 65535. */
    private static void port(XmlElement custom, String name) {
        Xml.required(custom, name);
        long port = Xml.number(custom, name, 0);
        if (port != 80 && port != 443 && (port < 1024 || port > 65_535)) {
            throw invalid("The parameter " + name + " must be 80, 443 or from 1024 to 65535.");
        }
    }

    private static boolean seconds(XmlElement custom, String name) {
        long seconds = Xml.number(custom, name, 1);
        return seconds >= 1 && seconds <= SECONDS_MAX;
    }
}
