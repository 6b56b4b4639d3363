package io.murmuration.protocol.edge;

import io.murmuration.protocol.xml.MalformedXmlException;
import io.murmuration.protocol.xml.XmlElement;
import io.murmuration.protocol.xml.XmlInput;
import io.murmuration.protocol.xml.XmlOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a distribution is told.
 *
 * @param aliases in lower case
 * @param defaultRootObject answers the path {@code /}; empty if none does
 * @param ordered in the order in which their patterns are tried
 * @param document all that the client said, completed by defaults; what is shown to clients and stored
 */
public record DistributionConfig(
        String callerReference,
        List<String> aliases,
        String defaultRootObject,
        List<OriginConfig> origins,
        CacheBehaviour standard,
        List<CacheBehaviour> ordered,
        boolean enabled,
        XmlElement document) {
    static final String ROOT = "DistributionConfig";

    /**
     * Where responses come from.
     *
     * @param path in front of every request's path; empty or from a slash on, without one at its end
     * @param httpsOnly whether only TLS is spoken to it
     * @param connectSeconds for each attempt
     */
    public record OriginConfig(
            String id,
            String domain,
            String path,
            List<Header> headers,
            int httpPort,
            int httpsPort,
            boolean httpsOnly,
            int readSeconds,
            int connectSeconds,
            int connectAttempts) {}

    /** A header that a request to an origin gets, instead of the viewer's. */
    public record Header(String name, String value) {}

    /** What a viewer that speaks plain HTTP gets. */
    public enum ViewerProtocol {
        ALLOW_ALL,
        REDIRECT_TO_HTTPS,
        HTTPS_ONLY
    }

    /**
     * What falls under a path pattern.
     *
     * @param pathPattern {@code *} for the standard behaviour
     * @param cachePolicy a policy's id; null where the rest is told by {@code forwarded} and the times to live
     * @param originRequestPolicy a policy's id
     */
    public record CacheBehaviour(
            String pathPattern,
            String origin,
            ViewerProtocol viewerProtocol,
            List<String> allowedMethods,
            @Nullable String cachePolicy,
            @Nullable String originRequestPolicy,
            @Nullable ForwardedValues forwarded,
            long minTtlSeconds,
            long defaultTtlSeconds,
            long maxTtlSeconds) {}

    /**
     * The older way to say what of a request the origin sees and the cache tells apart.
     *
     * @param queryKeys if any, only these of the query are told apart
     * @param cookies {@code none}, {@code whitelist} or {@code all}
     * @param headers names; {@code *} for all
     */
    public record ForwardedValues(
            boolean queryString,
            List<String> queryKeys,
            String cookies,
            List<String> cookieNames,
            List<String> headers) {}

    /**
     * Of a document that a client sent.
     *
     * @throws io.murmuration.protocol.ServiceException if it is not one, or asks for what is not done here
     */
    public static DistributionConfig accept(XmlElement sent) {
        var document = DistributionDefaults.complete(sent);
        DistributionChecks.check(document);
        return DistributionReader.read(document);
    }

    /** As bytes to be stored. */
    public byte[] toBytes() {
        return XmlOutput.document(null, ROOT, out -> document.children().forEach(out::tree));
    }

    /** Of such bytes; nothing is checked again, for it was accepted once. */
    public static DistributionConfig fromBytes(byte[] stored) {
        try {
            return DistributionReader.read(XmlInput.read(stored, ROOT));
        } catch (MalformedXmlException e) {
            throw new IllegalStateException("a stored distribution cannot be read", e);
        }
    }
}
