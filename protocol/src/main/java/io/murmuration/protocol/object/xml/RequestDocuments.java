package io.murmuration.protocol.object.xml;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.ObjectNames;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.operation.NotificationConfiguration;
import io.murmuration.protocol.object.operation.ObjectRequest.CompletedPart;
import io.murmuration.protocol.object.operation.ObjectRequest.DeleteObjects;
import io.murmuration.protocol.object.operation.ObjectRequest.ToDelete;
import io.murmuration.protocol.object.operation.ObjectRequest.UploadPart;
import io.murmuration.protocol.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents that clients send. What is not as S3's schema has it is refused as {@code MalformedXML}. */
public final class RequestDocuments {
    private RequestDocuments() {}

    /** Of {@code CreateBucketConfiguration}: the location constraint; null if it has none or there is no document. */
    public static @Nullable String region(byte[] document) {
        if (document.length == 0) {
            return null;
        }
        var region = XmlInput.read(document, "CreateBucketConfiguration").textOf("LocationConstraint");
        return region == null || region.isBlank() ? null : region.strip();
    }

    /** Of {@code Delete}: what to delete. */
    public static DeleteObjects deleteObjects(String bucket, byte[] document) {
        var root = XmlInput.read(document, "Delete");
        var objects = new ArrayList<ToDelete>();
        for (var object : root.all("Object")) {
            var key = required(object, "Key");
            var version = object.textOf("VersionId");
            boolean unknown = version != null && !version.isEmpty() && !version.equals("null");
            if (key.isEmpty() || unknown) {
                throw XmlInput.malformed();
            }
            var etag = object.textOf("ETag");
            objects.add(new ToDelete(ObjectNames.key(key), etag == null ? null : unquoted(etag)));
        }
        if (objects.isEmpty() || objects.size() > DeleteObjects.OBJECTS_MAX) {
            throw XmlInput.malformed();
        }
        return new DeleteObjects(bucket, "true".equals(root.textOf("Quiet")), objects);
    }

    /** Of {@code CompleteMultipartUpload}: its parts in the client's order. */
    public static List<CompletedPart> completedParts(byte[] document) {
        var parts = new ArrayList<CompletedPart>();
        for (var part : XmlInput.read(document, "CompleteMultipartUpload").all("Part")) {
            parts.add(new CompletedPart(number(part), unquoted(required(part, "ETag")), checksum(part)));
        }
        if (parts.isEmpty() || parts.size() > UploadPart.PART_NUMBER_MAX) {
            throw XmlInput.malformed();
        }
        return parts;
    }

    /** Of {@code NotificationConfiguration}: the rules for functions. Others are refused: nobody would be told. */
    public static NotificationConfiguration notifications(byte[] document) {
        var root = XmlInput.read(document, "NotificationConfiguration");
        for (var other : List.of("TopicConfiguration", "QueueConfiguration", "EventBridgeConfiguration")) {
            if (root.child(other) != null) {
                throw new ServiceException(
                        ObjectErrors.notImplemented("Only functions are told of events, no " + other));
            }
        }
        return new NotificationConfiguration(root.all("CloudFunctionConfiguration").stream()
                .map(RequestDocuments::toFunction)
                .toList());
    }

    private static NotificationConfiguration.ToFunction toFunction(XmlElement rule) {
        var id = rule.textOf("Id");
        var events =
                rule.all("Event").stream().map(event -> event.text().strip()).toList();
        if (events.isEmpty()) {
            throw XmlInput.malformed();
        }
        var prefix = "";
        var suffix = "";
        var filter = rule.child("Filter");
        var key = filter == null ? null : filter.child("S3Key");
        for (var each : key == null ? List.<XmlElement>of() : key.all("FilterRule")) {
            var name = required(each, "Name").strip();
            if (name.equalsIgnoreCase("prefix")) {
                prefix = required(each, "Value");
            } else if (name.equalsIgnoreCase("suffix")) {
                suffix = required(each, "Value");
            } else {
                throw new ServiceException(ObjectErrors.invalidArgument(
                        "filter rule name must be either prefix or suffix", "FilterRule.Name", name));
            }
        }
        return new NotificationConfiguration.ToFunction(
                id == null ? "" : id.strip(), required(rule, "CloudFunction").strip(), events, prefix, suffix);
    }

    private static int number(XmlElement part) {
        try {
            int number = Integer.parseInt(required(part, "PartNumber").strip());
            if (number >= 1 && number <= UploadPart.PART_NUMBER_MAX) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, as a number out of range is
        }
        throw XmlInput.malformed();
    }

    private static @Nullable Checksum checksum(XmlElement part) {
        for (var algorithm : ChecksumAlgorithm.values()) {
            var value = part.textOf(algorithm.element());
            if (value != null) {
                return new Checksum(algorithm, value.strip());
            }
        }
        return null;
    }

    private static String required(XmlElement element, String child) {
        var text = element.textOf(child);
        if (text == null) {
            throw XmlInput.malformed();
        }
        return text;
    }

    private static String unquoted(String etag) {
        var text = etag.strip();
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
