package io.murmuration.protocol.object.xml;

import io.murmuration.protocol.object.PercentCode;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectReply;
import io.murmuration.protocol.xml.XmlOutput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Replies as S3's clients read them. */
public final class ReplyDocuments {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String STORAGE_CLASS = "STANDARD";

    private ReplyDocuments() {}

    public static byte[] encode(ObjectReply reply) {
        return switch (reply) {
            case ObjectReply.BucketsListed buckets -> buckets(buckets);
            case ObjectReply.ObjectsListed objects -> objects(objects);
            case ObjectReply.BucketLocation location ->
                ObjectXml.document(
                        "LocationConstraint", out -> out.content(Objects.requireNonNullElse(location.region(), "")));
            case ObjectReply.BucketNotification notification -> notification(notification);
            case ObjectReply.ObjectsListedV1 objects -> objectsV1(objects);
            case ObjectReply.UploadsListed uploads -> uploads(uploads);
            case ObjectReply.PartCopied copied ->
                ObjectXml.document("CopyPartResult", out -> {
                    out.text("LastModified", date(copied.modified()));
                    out.etag(copied.etag());
                    var checksum = copied.checksum();
                    if (checksum != null) {
                        out.text(checksum.algorithm().element(), checksum.value());
                    }
                });
            case ObjectReply.ObjectsDeleted deleted -> deleted(deleted);
            case ObjectReply.ObjectCopied copied ->
                ObjectXml.document("CopyObjectResult", out -> {
                    out.text("LastModified", date(copied.modified()));
                    out.etag(copied.etag());
                    checksum(out, copied.checksum(), copied.checksumType());
                });
            case ObjectReply.UploadCreated created ->
                ObjectXml.document("InitiateMultipartUploadResult", out -> {
                    out.text("Bucket", created.bucket());
                    out.text("Key", created.key());
                    out.text("UploadId", created.uploadId());
                });
            case ObjectReply.UploadCompleted completed ->
                ObjectXml.document("CompleteMultipartUploadResult", out -> {
                    out.text("Location", completed.location());
                    out.text("Bucket", completed.bucket());
                    out.text("Key", completed.key());
                    out.etag(completed.etag());
                    checksum(out, completed.checksum(), completed.checksumType());
                });
            case ObjectReply.PartsListed parts -> parts(parts);
        };
    }

    private static byte[] buckets(ObjectReply.BucketsListed reply) {
        return ObjectXml.document("ListAllMyBucketsResult", out -> {
            owner(out, "Owner", reply.owner());
            out.element("Buckets", list -> reply.buckets()
                    .forEach(bucket -> list.element("Bucket", item -> {
                        item.text("Name", bucket.name());
                        item.text("CreationDate", date(bucket.created()));
                        item.text("BucketRegion", bucket.region());
                    })));
            if (!reply.prefix().isEmpty()) {
                out.text("Prefix", reply.prefix());
            }
            out.optional("ContinuationToken", reply.token());
        });
    }

    private static byte[] objects(ObjectReply.ObjectsListed reply) {
        var request = reply.request();
        boolean url = request.urlEncoded();
        return ObjectXml.document("ListBucketResult", out -> {
            out.text("Name", request.bucket());
            out.text("Prefix", shown(request.prefix(), url));
            out.optional("ContinuationToken", request.token());
            out.optional("NextContinuationToken", reply.token());
            if (!request.startAfter().isEmpty()) {
                out.text("StartAfter", shown(request.startAfter(), url));
            }
            out.number(
                    "KeyCount", reply.objects().size() + reply.commonPrefixes().size());
            out.number("MaxKeys", request.keysMax());
            if (!request.delimiter().isEmpty()) {
                out.text("Delimiter", shown(request.delimiter(), url));
            }
            if (url) {
                out.text("EncodingType", "url");
            }
            out.flag("IsTruncated", reply.token() != null);
            reply.objects().forEach(object -> out.element("Contents", item -> object(item, object, url)));
            reply.commonPrefixes()
                    .forEach(prefix -> out.element("CommonPrefixes", item -> item.text("Prefix", shown(prefix, url))));
        });
    }

    private static byte[] objectsV1(ObjectReply.ObjectsListedV1 reply) {
        var request = reply.request();
        boolean url = request.urlEncoded();
        var next = reply.next();
        return ObjectXml.document("ListBucketResult", out -> {
            out.text("Name", request.bucket());
            out.text("Prefix", shown(request.prefix(), url));
            out.text("Marker", shown(request.marker(), url));
            if (next != null && !next.isEmpty()) {
                out.text("NextMarker", shown(next, url));
            }
            out.number("MaxKeys", request.keysMax());
            if (!request.delimiter().isEmpty()) {
                out.text("Delimiter", shown(request.delimiter(), url));
            }
            if (url) {
                out.text("EncodingType", "url");
            }
            out.flag("IsTruncated", next != null);
            reply.objects().forEach(object -> out.element("Contents", item -> object(item, object, url)));
            reply.commonPrefixes()
                    .forEach(prefix -> out.element("CommonPrefixes", item -> item.text("Prefix", shown(prefix, url))));
        });
    }

    private static byte[] uploads(ObjectReply.UploadsListed reply) {
        var request = reply.request();
        boolean url = request.urlEncoded();
        return ObjectXml.document("ListMultipartUploadsResult", out -> {
            out.text("Bucket", request.bucket());
            out.text("KeyMarker", shown(request.keyMarker(), url));
            out.text("UploadIdMarker", request.idMarker());
            if (reply.truncated() && !reply.uploads().isEmpty()) {
                out.text("NextKeyMarker", shown(reply.uploads().getLast().key(), url));
                out.text("NextUploadIdMarker", reply.uploads().getLast().uploadId());
            }
            out.text("Prefix", shown(request.prefix(), url));
            if (url) {
                out.text("EncodingType", "url");
            }
            out.number("MaxUploads", request.uploadsMax());
            out.flag("IsTruncated", reply.truncated());
            reply.uploads().forEach(upload -> out.element("Upload", item -> upload(item, reply.owner(), upload, url)));
        });
    }

    private static void upload(XmlOutput out, ObjectReply.Owner owner, ObjectReply.ListedUpload upload, boolean url) {
        var algorithm = upload.algorithm();
        var type = upload.checksumType();
        out.text("Key", shown(upload.key(), url));
        out.text("UploadId", upload.uploadId());
        owner(out, "Initiator", owner);
        owner(out, "Owner", owner);
        out.text("StorageClass", STORAGE_CLASS);
        out.text("Initiated", date(upload.begun()));
        out.optional("ChecksumAlgorithm", algorithm == null ? null : algorithm.name());
        out.optional("ChecksumType", type == null ? null : type.name());
    }

    private static byte[] notification(ObjectReply.BucketNotification reply) {
        return ObjectXml.document("NotificationConfiguration", out -> reply.configuration()
                .functions()
                .forEach(rule -> out.element("CloudFunctionConfiguration", item -> {
                    item.text("Id", rule.id());
                    item.text("CloudFunction", rule.function());
                    rule.events().forEach(event -> item.text("Event", event));
                    if (!rule.prefix().isEmpty() || !rule.suffix().isEmpty()) {
                        item.element(
                                "Filter",
                                filter -> filter.element("S3Key", key -> {
                                    filterRule(key, "Prefix", rule.prefix());
                                    filterRule(key, "Suffix", rule.suffix());
                                }));
                    }
                })));
    }

    private static void filterRule(XmlOutput out, String name, String value) {
        if (!value.isEmpty()) {
            out.element("FilterRule", rule -> {
                rule.text("Name", name);
                rule.text("Value", value);
            });
        }
    }

    private static void object(XmlOutput out, ObjectReply.ListedObject object, boolean url) {
        out.text("Key", shown(object.key(), url));
        out.text("LastModified", date(object.modified()));
        out.etag(object.etag());
        var checksum = object.checksum();
        if (checksum != null) {
            out.text("ChecksumAlgorithm", checksum.algorithm().name());
            out.text("ChecksumType", object.checksumType().name());
        }
        out.number("Size", object.sizeBytes());
        var owner = object.owner();
        if (owner != null) {
            owner(out, "Owner", owner);
        }
        out.text("StorageClass", STORAGE_CLASS);
    }

    private static byte[] deleted(ObjectReply.ObjectsDeleted reply) {
        return ObjectXml.document("DeleteResult", out -> {
            if (!reply.quiet()) {
                reply.deleted().forEach(key -> out.element("Deleted", item -> item.text("Key", key)));
            }
            reply.failed()
                    .forEach(failed -> out.element("Error", item -> {
                        item.text("Key", failed.key());
                        item.text("Code", ErrorDocument.code(failed.error().code()));
                        item.text("Message", failed.error().message());
                    }));
        });
    }

    private static byte[] parts(ObjectReply.PartsListed reply) {
        var request = reply.request();
        var next = reply.next();
        var algorithm = reply.algorithm();
        return ObjectXml.document("ListPartsResult", out -> {
            out.text("Bucket", request.name().bucket());
            if (request.urlEncoded()) {
                out.text("EncodingType", "url");
            }
            out.text("Key", shown(request.name().key(), request.urlEncoded()));
            out.text("UploadId", request.uploadId());
            owner(out, "Initiator", reply.owner());
            owner(out, "Owner", reply.owner());
            out.text("StorageClass", STORAGE_CLASS);
            out.number("PartNumberMarker", request.after());
            if (next != null) {
                out.number("NextPartNumberMarker", next);
            }
            out.number("MaxParts", request.partsMax());
            out.flag("IsTruncated", next != null);
            out.optional("ChecksumAlgorithm", algorithm == null ? null : algorithm.name());
            var type = reply.checksumType();
            out.optional("ChecksumType", type == null ? null : type.name());
            reply.parts().forEach(part -> out.element("Part", item -> part(item, part)));
        });
    }

    private static void part(XmlOutput out, ObjectReply.ListedPart part) {
        out.number("PartNumber", part.number());
        out.text("LastModified", date(part.modified()));
        out.etag(part.etag());
        out.number("Size", part.sizeBytes());
        var checksum = part.checksum();
        if (checksum != null) {
            out.text(checksum.algorithm().element(), checksum.value());
        }
    }

    private static void owner(XmlOutput out, String name, ObjectReply.Owner owner) {
        out.element(name, item -> {
            item.text("ID", owner.id());
            item.text("DisplayName", owner.displayName());
        });
    }

    private static void checksum(XmlOutput out, @Nullable Checksum checksum, ChecksumType type) {
        if (checksum != null) {
            out.text(checksum.algorithm().element(), checksum.value());
            out.text("ChecksumType", type.name());
        }
    }

    private static String shown(String key, boolean url) {
        return url ? PercentCode.encode(key) : key;
    }

    private static String date(Instant instant) {
        return DATE.format(instant);
    }
}
