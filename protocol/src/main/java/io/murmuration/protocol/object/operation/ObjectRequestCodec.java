package io.murmuration.protocol.object.operation;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectAddress;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.ObjectName;
import io.murmuration.protocol.object.ObjectNames;
import io.murmuration.protocol.object.RequestHead;
import io.murmuration.protocol.object.body.BodyHead;
import io.murmuration.protocol.object.body.BodyHeadReader;
import io.murmuration.protocol.object.body.BodyReader;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.xml.RequestDocuments;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes requests. What S3 would refuse before it looked at a bucket is refused here, by a {@link ServiceException}. */
public final class ObjectRequestCodec {
    /** Parameters of a read that name a header of the reply. */
    private static final List<String> OVERRIDES = List.of(
            "Content-Type", "Content-Language", "Expires", "Cache-Control", "Content-Disposition", "Content-Encoding");

    private final RequestHead head;
    private final ObjectAddress address;
    private final RequestHeaders headers;
    private final Parameters parameters;

    private ObjectRequestCodec(RequestHead head, ObjectAddress address) {
        this.head = head;
        this.address = address;
        this.headers = new RequestHeaders(head);
        this.parameters = new Parameters(address);
    }

    /** @param body the document of an operation whose body is XML, as sent; empty for all others */
    public static ObjectRequest decode(
            ObjectOperation operation, RequestHead head, ObjectAddress address, byte[] body) {
        var codec = new ObjectRequestCodec(head, address);
        if (!operation.reads()) {
            codec.headers.check();
        }
        codec.parameters.checkVersion();
        return codec.decode(operation, operation.body() == ObjectOperation.Body.XML ? codec.document(body) : body);
    }

    private ObjectRequest decode(ObjectOperation operation, byte[] document) {
        return switch (operation) {
            case LIST_BUCKETS -> listBuckets();
            case CREATE_BUCKET -> new ObjectRequest.CreateBucket(bucket(), RequestDocuments.region(document));
            case HEAD_BUCKET -> new ObjectRequest.HeadBucket(bucket());
            case DELETE_BUCKET -> new ObjectRequest.DeleteBucket(bucket());
            case GET_BUCKET_LOCATION -> new ObjectRequest.GetBucketLocation(bucket());
            case GET_BUCKET_NOTIFICATION -> new ObjectRequest.GetBucketNotification(bucket());
            case PUT_BUCKET_NOTIFICATION ->
                new ObjectRequest.PutBucketNotification(
                        bucket(), NotificationRules.checked(RequestDocuments.notifications(document)));
            case LIST_OBJECTS ->
                new ObjectRequest.ListObjects(
                        bucket(),
                        parameters.text("prefix"),
                        parameters.text("delimiter"),
                        parameters.text("marker"),
                        parameters.urlEncoded(),
                        parameters.pageSize("max-keys", 0, ObjectRequest.ListObjectsV2.KEYS_MAX));
            case LIST_MULTIPART_UPLOADS -> listUploads();
            case UPLOAD_PART_COPY ->
                new ObjectRequest.UploadPartCopy(
                        name(),
                        uploadId(),
                        partNumber(),
                        headers.copySource(),
                        headers.readConditions("x-amz-copy-source-"),
                        head.header("x-amz-copy-source-range"));
            case LIST_OBJECTS_V2 -> listObjects();
            case DELETE_OBJECTS -> deleteObjects(document);
            case PUT_OBJECT -> new ObjectRequest.PutObject(name(), headers.stored(), headers.writeConditions(), body());
            case GET_OBJECT -> new ObjectRequest.GetObject(name(), reading());
            case HEAD_OBJECT -> new ObjectRequest.HeadObject(name(), reading());
            case DELETE_OBJECT -> new ObjectRequest.DeleteObject(name(), headers.ifMatch());
            case COPY_OBJECT -> copy();
            case CREATE_MULTIPART_UPLOAD -> createUpload();
            case UPLOAD_PART -> uploadPart();
            case COMPLETE_MULTIPART_UPLOAD -> completeUpload(document);
            case ABORT_MULTIPART_UPLOAD -> new ObjectRequest.AbortMultipartUpload(name(), uploadId());
            case LIST_PARTS ->
                new ObjectRequest.ListParts(
                        name(),
                        uploadId(),
                        parameters.marker("part-number-marker"),
                        parameters.pageSize("max-parts", 0, ObjectRequest.ListParts.PARTS_MAX),
                        parameters.urlEncoded());
        };
    }

    private ObjectRequest listBuckets() {
        return new ObjectRequest.ListBuckets(
                parameters.text("prefix"),
                parameters.token(),
                parameters.pageSize("max-buckets", 1, ObjectRequest.ListBuckets.BUCKETS_MAX));
    }

    private ObjectRequest listObjects() {
        return new ObjectRequest.ListObjectsV2(
                bucket(),
                parameters.text("prefix"),
                parameters.text("delimiter"),
                parameters.text("start-after"),
                parameters.token(),
                parameters.urlEncoded(),
                parameters.pageSize("max-keys", 0, ObjectRequest.ListObjectsV2.KEYS_MAX),
                parameters.text("fetch-owner").equals("true"));
    }

    private ObjectRequest deleteObjects(byte[] document) {
        var checked = head.has("content-md5") || BodyHeadReader.checksum(head) != null || bodyIsChunked();
        if (!checked) {
            throw new ServiceException(
                    ObjectErrors.invalidRequest("Missing required header for this request: Content-MD5"));
        }
        return RequestDocuments.deleteObjects(bucket(), document);
    }

    private Reading reading() {
        var range = head.header("range");
        var part = parameters.partNumber();
        if (range != null && part != null) {
            throw new ServiceException(
                    ObjectErrors.invalidRequest("Cannot specify both Range header and partNumber query parameter"));
        }
        return new Reading(
                headers.readConditions(""),
                range,
                part,
                "ENABLED".equalsIgnoreCase(head.header("x-amz-checksum-mode")),
                overrides());
    }

    private Map<String, String> overrides() {
        var overrides = new LinkedHashMap<String, String>();
        for (var header : OVERRIDES) {
            var value = address.parameter("response-" + header.toLowerCase(Locale.ROOT));
            if (value != null) {
                overrides.put(header, value);
            }
        }
        return overrides;
    }

    private ObjectRequest copy() {
        var source = headers.copySource();
        var target = name();
        boolean replaces = headers.replacesHeaders();
        if (source.equals(target) && !replaces) {
            throw new ServiceException(ObjectErrors.invalidRequest(
                    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, "
                            + "storage class, website redirect location or encryption attributes."));
        }
        return new ObjectRequest.CopyObject(
                target,
                source,
                headers.readConditions("x-amz-copy-source-"),
                replaces ? headers.stored() : null,
                headers.writeConditions(),
                algorithm());
    }

    private ObjectRequest createUpload() {
        var algorithm = algorithm();
        var type = ChecksumType.read(head.header("x-amz-checksum-type"), algorithm);
        return new ObjectRequest.CreateMultipartUpload(name(), headers.stored(), algorithm, type);
    }

    private ObjectRequest uploadPart() {
        return new ObjectRequest.UploadPart(name(), uploadId(), partNumber(), body());
    }

    private int partNumber() {
        var number = parameters.partNumber();
        if (number == null) {
            throw new ServiceException(ObjectErrors.invalidRequest("This operation needs a partNumber"));
        }
        return number;
    }

    private ObjectRequest listUploads() {
        if (!parameters.text("delimiter").isEmpty()) {
            throw new ServiceException(ObjectErrors.notImplemented("Uploads are listed without a delimiter."));
        }
        return new ObjectRequest.ListMultipartUploads(
                bucket(),
                parameters.text("prefix"),
                parameters.text("key-marker"),
                parameters.text("key-marker").isEmpty() ? "" : parameters.text("upload-id-marker"),
                parameters.urlEncoded(),
                parameters.pageSize("max-uploads", 0, ObjectRequest.ListMultipartUploads.UPLOADS_MAX));
    }

    private ObjectRequest completeUpload(byte[] document) {
        // the headers' checksum is the object's here, not the document's
        Checksum checksum = BodyHeadReader.checksum(head);
        return new ObjectRequest.CompleteMultipartUpload(
                name(),
                uploadId(),
                RequestDocuments.completedParts(document),
                headers.writeConditions(),
                checksum,
                BodyHeadReader.length(head, "x-amz-mp-object-size"));
    }

    private byte[] document(byte[] sent) {
        var plan = BodyHeadReader.ofDocument(head, sent.length, address.has("uploadId"));
        var reader = new BodyReader(plan);
        var document = ByteBuffer.allocate(sent.length);
        reader.read(ByteBuffer.wrap(sent), document::put);
        reader.end();
        var bytes = new byte[document.position()];
        document.flip().get(bytes);
        return bytes;
    }

    private boolean bodyIsChunked() {
        return BodyHeadReader.isChunked(head);
    }

    private @Nullable ChecksumAlgorithm algorithm() {
        var name = head.header("x-amz-checksum-algorithm");
        return name == null ? null : ChecksumAlgorithm.named(name);
    }

    private BodyHead body() {
        return BodyHeadReader.ofObject(head);
    }

    private String bucket() {
        return ObjectNames.bucket(address.bucket());
    }

    private ObjectName name() {
        return new ObjectName(address.bucket(), address.key());
    }

    private String uploadId() {
        return parameters.text("uploadId");
    }
}
