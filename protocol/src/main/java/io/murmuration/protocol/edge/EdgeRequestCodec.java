package io.murmuration.protocol.edge;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.xml.MalformedXmlException;
import io.murmuration.protocol.xml.XmlElement;
import io.murmuration.protocol.xml.XmlInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes requests of HTTP. Refusals are {@link ServiceException}s. */
public final class EdgeRequestCodec {
    /** Of every path. */
    public static final String PATH_PREFIX = "/2020-05-31/";

    private static final int ITEMS_MAX = 100;
    private static final int REFERENCE_MAX = 128;

    private EdgeRequestCodec() {}

    /**
     * A request's head and body.
     *
     * @param path decoded
     * @param query decoded names to values
     * @param ifMatch the header; null if there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Input(
            String method,
            String path,
            Map<String, String> query,
            @Nullable String ifMatch,
            byte[] body) {}

    public static EdgeRequest decode(Input input) {
        var parts = List.of(input.path().substring(PATH_PREFIX.length()).split("/", -1));
        var known = parts.getFirst().equals("distribution") && !input.query().containsKey("WithTags");
        var operation = input.method() + " " + (known ? shape(parts) : "");
        var id = parts.size() > 1 ? parts.get(1) : "";
        return switch (operation) {
            case "POST distribution" -> new EdgeRequest.CreateDistribution(config(input.body()));
            case "GET distribution" -> new EdgeRequest.ListDistributions(marker(input), itemsMax(input));
            case "GET distribution/id" -> new EdgeRequest.GetDistribution(id);
            case "GET distribution/id/config" -> new EdgeRequest.GetDistributionConfig(id);
            case "PUT distribution/id/config" ->
                new EdgeRequest.UpdateDistribution(id, input.ifMatch(), config(input.body()));
            case "DELETE distribution/id" -> new EdgeRequest.DeleteDistribution(id, input.ifMatch());
            case "POST distribution/id/invalidation" -> new EdgeRequest.CreateInvalidation(id, batch(input.body()));
            case "GET distribution/id/invalidation" ->
                new EdgeRequest.ListInvalidations(id, marker(input), itemsMax(input));
            case "GET distribution/id/invalidation/id" -> new EdgeRequest.GetInvalidation(id, parts.get(3));
            default ->
                throw new ServiceException(
                        new ServiceError(CommonError.UNKNOWN_OPERATION, "The operation is not supported here."));
        };
    }

    /** The path with a word in the place of each id. */
    private static String shape(List<String> parts) {
        return switch (parts.size()) {
            case 1 -> "distribution";
            case 2 -> "distribution/id";
            case 3 -> "distribution/id/" + parts.get(2);
            case 4 -> "distribution/id/" + parts.get(2) + "/id";
            default -> "";
        };
    }

    private static @Nullable String marker(Input input) {
        var marker = input.query().get("Marker");
        return marker == null || marker.isEmpty() ? null : marker;
    }

    private static int itemsMax(Input input) {
        var text = input.query().getOrDefault("MaxItems", "");
        if (text.isEmpty()) {
            return ITEMS_MAX;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) == 0) {
            throw EdgeErrors.invalid("The parameter MaxItems is not valid.");
        }
        return Math.min(Integer.parseInt(text), ITEMS_MAX);
    }

    private static DistributionConfig config(byte[] body) {
        return DistributionConfig.accept(document(body, DistributionConfig.ROOT));
    }

    private static EdgeRequest.Batch batch(byte[] body) {
        var root = document(body, "InvalidationBatch");
        var reference = Xml.requiredText(root, "CallerReference");
        var paths = Xml.texts(root, "Paths", "Path");
        if (reference.length() > REFERENCE_MAX) {
            throw EdgeErrors.invalid("The parameter CallerReference is too big.");
        }
        if (Xml.number(Xml.required(root, "Paths"), "Quantity", -1) != paths.size()) {
            throw EdgeErrors.refuse(
                    EdgeError.INCONSISTENT_QUANTITIES, "The value of Quantity and the size of Items don't match.");
        }
        if (paths.isEmpty()) {
            throw new ServiceException(EdgeErrors.invalidPaths());
        }
        return new EdgeRequest.Batch(paths, reference);
    }

    private static XmlElement document(byte[] body, String root) {
        if (body.length == 0) {
            throw EdgeErrors.refuse(
                    EdgeError.MISSING_BODY,
                    "This operation requires a body. Ensure that the body is present and the Content-Type header is set.");
        }
        try {
            return XmlInput.read(body, root);
        } catch (MalformedXmlException e) {
            throw Xml.malformed();
        }
    }
}
