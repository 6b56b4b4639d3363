package io.murmuration.protocol.edge;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.xml.XmlElement;
import io.murmuration.protocol.xml.XmlOutput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes HTTP of replies and errors. */
public final class EdgeReplyCodec {
    private static final String NAMESPACE = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    /** Of the account that there is. */
    private static final String ARN = "arn:aws:cloudfront::000000000000:distribution/";

    /** What a summary shows of a configuration. */
    private static final List<String> SUMMARY = List.of(
            "Aliases",
            "Origins",
            "OriginGroups",
            "DefaultCacheBehavior",
            "CacheBehaviors",
            "CustomErrorResponses",
            "Comment",
            "PriceClass",
            "Enabled",
            "ViewerCertificate",
            "Restrictions",
            "WebACLId",
            "HttpVersion",
            "IsIPV6Enabled",
            "Staging");

    private EdgeReplyCodec() {}

    /**
     * An answer.
     *
     * @param headers besides the type of the content
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Output(int status, Map<String, String> headers, byte[] body) {}

    /** @param base of the URI by which the client came, such as {@code http://localhost:4566} */
    public static Output encode(EdgeReply reply, String base) {
        return switch (reply) {
            case EdgeReply.DistributionShown shown -> {
                var distribution = shown.distribution();
                var headers = new TreeMap<>(Map.of("ETag", distribution.etag()));
                if (shown.created()) {
                    headers.put("Location", base + EdgeRequestCodec.PATH_PREFIX + "distribution/" + distribution.id());
                }
                yield new Output(
                        shown.created() ? 201 : 200,
                        headers,
                        document("Distribution", out -> distribution(out, distribution)));
            }
            case EdgeReply.ConfigShown shown ->
                new Output(200, Map.of("ETag", shown.etag()), document(DistributionConfig.ROOT, out -> shown.config()
                        .document()
                        .children()
                        .forEach(out::tree)));
            case EdgeReply.DistributionsListed listed -> new Output(200, Map.of(), distributions(listed));
            case EdgeReply.DistributionDeleted deleted -> new Output(204, Map.of(), new byte[0]);
            case EdgeReply.InvalidationShown shown ->
                new Output(
                        shown.created() ? 201 : 200,
                        shown.created()
                                ? Map.of(
                                        "Location",
                                        base + EdgeRequestCodec.PATH_PREFIX + "distribution/" + shown.distribution()
                                                + "/invalidation/"
                                                + shown.invalidation().id())
                                : Map.of(),
                        document("Invalidation", out -> invalidation(out, shown.invalidation())));
            case EdgeReply.InvalidationsListed listed -> new Output(200, Map.of(), invalidations(listed));
        };
    }

    /** An error as clients of this interface read it. */
    public static Output error(ServiceError error, String requestId) {
        var sender = status(error) < 500;
        var body = document("ErrorResponse", out -> {
            out.element("Error", in -> {
                in.text("Type", sender ? "Sender" : "Receiver");
                in.text("Code", name(error.code()));
                in.text("Message", error.message());
            });
            out.text("RequestId", requestId);
        });
        return new Output(status(error), Map.of(), body);
    }

    /** The answer to a body that is larger than any request's may be. */
    public static Output tooLarge(String requestId) {
        return error(EdgeErrors.batchTooLarge(), requestId);
    }

    private static int status(ServiceError error) {
        return switch (error.code()) {
            case CommonError.ACCESS_DENIED,
                    CommonError.MISSING_AUTHENTICATION_TOKEN,
                    CommonError.INCOMPLETE_SIGNATURE,
                    CommonError.UNRECOGNIZED_CLIENT,
                    CommonError.INVALID_SIGNATURE -> 403;
            case CommonError.UNKNOWN_OPERATION -> 404;
            default -> error.code().status();
        };
    }

    private static String name(ErrorCode code) {
        return switch (code) {
            case CommonError.ACCESS_DENIED -> "AccessDenied";
            case CommonError.MISSING_AUTHENTICATION_TOKEN -> "MissingAuthenticationToken";
            case CommonError.INCOMPLETE_SIGNATURE -> "IncompleteSignature";
            case CommonError.UNRECOGNIZED_CLIENT -> "InvalidClientTokenId";
            case CommonError.INVALID_SIGNATURE -> "SignatureDoesNotMatch";
            case CommonError.UNKNOWN_OPERATION -> "NoSuchResource";
            case CommonError.THROTTLING -> "Throttling";
            case CommonError.OUTCOME_UNKNOWN, CommonError.INTERNAL -> "InternalFailure";
            default -> code.wireName();
        };
    }

    private static byte[] document(String root, XmlOutput.Content content) {
        return XmlOutput.document(NAMESPACE, root, content);
    }

    private static void distribution(XmlOutput out, EdgeReply.Distribution distribution) {
        head(out, distribution);
        out.number("InProgressInvalidationBatches", distribution.invalidating());
        out.text("DomainName", distribution.domain());
        for (var name : List.of("ActiveTrustedSigners", "ActiveTrustedKeyGroups")) {
            out.element(name, in -> {
                in.flag("Enabled", false);
                in.number("Quantity", 0);
            });
        }
        out.tree(distribution.config().document());
    }

    private static void head(XmlOutput out, EdgeReply.Distribution distribution) {
        out.text("Id", distribution.id());
        out.text("ARN", ARN + distribution.id());
        out.text("Status", distribution.deployed() ? "Deployed" : "InProgress");
        out.text("LastModifiedTime", time(distribution.modifiedMillis()));
    }

    private static byte[] distributions(EdgeReply.DistributionsListed listed) {
        var found = listed.distributions();
        return document("DistributionList", out -> {
            page(
                    out,
                    listed.marker(),
                    listed.itemsMax(),
                    listed.more() ? found.getLast().id() : null,
                    found.size());
            if (!found.isEmpty()) {
                out.element(
                        "Items",
                        items -> found.forEach(
                                each -> items.element("DistributionSummary", item -> summary(item, each))));
            }
        });
    }

    private static void summary(XmlOutput out, EdgeReply.Distribution distribution) {
        head(out, distribution);
        out.text("DomainName", distribution.domain());
        out.text("ETag", distribution.etag());
        for (var name : SUMMARY) {
            XmlElement member = distribution.config().document().child(name);
            if (member != null) {
                out.tree(member);
            }
        }
    }

    private static void page(
            XmlOutput out, @Nullable String marker, int itemsMax, @Nullable String next, int quantity) {
        out.text("Marker", marker == null ? "" : marker);
        out.optional("NextMarker", next);
        out.number("MaxItems", itemsMax);
        out.flag("IsTruncated", next != null);
        out.number("Quantity", quantity);
    }

    private static void invalidation(XmlOutput out, EdgeReply.Invalidation invalidation) {
        summary(out, invalidation);
        out.element("InvalidationBatch", batch -> {
            batch.element("Paths", paths -> {
                paths.number("Quantity", invalidation.batch().paths().size());
                paths.element("Items", items -> invalidation.batch().paths().forEach(path -> items.text("Path", path)));
            });
            batch.text("CallerReference", invalidation.batch().callerReference());
        });
    }

    private static void summary(XmlOutput out, EdgeReply.Invalidation invalidation) {
        out.text("Id", invalidation.id());
        out.text("CreateTime", time(invalidation.createdMillis()));
        out.text("Status", invalidation.completed() ? "Completed" : "InProgress");
    }

    private static byte[] invalidations(EdgeReply.InvalidationsListed listed) {
        var found = listed.invalidations();
        return document("InvalidationList", out -> {
            page(
                    out,
                    listed.marker(),
                    listed.itemsMax(),
                    listed.more() ? found.getLast().id() : null,
                    found.size());
            if (!found.isEmpty()) {
                out.element(
                        "Items",
                        items -> found.forEach(
                                each -> items.element("InvalidationSummary", item -> summary(item, each))));
            }
        });
    }

    private static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }
}
