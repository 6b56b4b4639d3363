package io.murmuration.protocol.object.operation;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectAddress;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.RequestHead;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations that we have, told by a request's head. */
public enum ObjectOperation {
    LIST_BUCKETS("ListBuckets", true, Body.NONE),
    CREATE_BUCKET("CreateBucket", false, Body.XML),
    HEAD_BUCKET("HeadBucket", true, Body.NONE),
    DELETE_BUCKET("DeleteBucket", false, Body.NONE),
    GET_BUCKET_LOCATION("GetBucketLocation", true, Body.NONE),
    GET_BUCKET_NOTIFICATION("GetBucketNotificationConfiguration", true, Body.NONE),
    PUT_BUCKET_NOTIFICATION("PutBucketNotificationConfiguration", false, Body.XML),
    LIST_OBJECTS("ListObjects", true, Body.NONE),
    LIST_OBJECTS_V2("ListObjectsV2", true, Body.NONE),
    DELETE_OBJECTS("DeleteObjects", false, Body.XML),
    PUT_OBJECT("PutObject", false, Body.STREAM),
    GET_OBJECT("GetObject", true, Body.NONE),
    HEAD_OBJECT("HeadObject", true, Body.NONE),
    DELETE_OBJECT("DeleteObject", false, Body.NONE),
    COPY_OBJECT("CopyObject", false, Body.NONE),
    CREATE_MULTIPART_UPLOAD("CreateMultipartUpload", false, Body.NONE),
    UPLOAD_PART("UploadPart", false, Body.STREAM),
    UPLOAD_PART_COPY("UploadPartCopy", false, Body.NONE),
    COMPLETE_MULTIPART_UPLOAD("CompleteMultipartUpload", false, Body.XML),
    ABORT_MULTIPART_UPLOAD("AbortMultipartUpload", false, Body.NONE),
    LIST_PARTS("ListParts", true, Body.NONE),
    LIST_MULTIPART_UPLOADS("ListMultipartUploads", true, Body.NONE);

    /** What the request carries: nothing that is read, a document to be gathered, or an object's bytes to be streamed. */
    public enum Body {
        NONE,
        XML,
        STREAM
    }

    /** Names in the query that make a request one for something else than the bucket or object itself. */
    private static final Set<String> SUB_RESOURCES = Set.of(
            "abac",
            "accelerate",
            "acl",
            "analytics",
            "annotation",
            "attributes",
            "cors",
            "delete",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "location",
            "logging",
            "metadataConfiguration",
            "metadataInventoryTable",
            "metadataJournalTable",
            "metadataTable",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "renameObject",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "session",
            "tagging",
            "torrent",
            "uploads",
            "versioning",
            "versions",
            "website");

    private final String wireName;
    private final boolean reads;
    private final Body body;

    ObjectOperation(String wireName, boolean reads, Body body) {
        this.wireName = wireName;
        this.reads = reads;
        this.body = body;
    }

    /**
     * The operation that the request is. Fails with a {@link ServiceException}: {@code NotImplemented} if S3 has it and we do not, {@code
     * MethodNotAllowed} if S3 has no such operation either.
     */
    public static ObjectOperation of(RequestHead head, ObjectAddress address) {
        if (address.bucket().isEmpty()) {
            if (head.method().equals("GET")) {
                return LIST_BUCKETS;
            }
            throw notAllowed(head, "SERVICE");
        }
        return address.key().isEmpty() ? ofBucket(head, address) : ofObject(head, address);
    }

    private static ObjectOperation ofBucket(RequestHead head, ObjectAddress address) {
        if (head.method().equals("POST") && address.has("delete")) {
            return DELETE_OBJECTS;
        }
        var configuration = ofConfiguration(head, address);
        if (configuration != null) {
            return configuration;
        }
        refuseSubResources(head, address, "bucket");
        return switch (head.method()) {
            case "GET" -> list(address);
            case "PUT" -> CREATE_BUCKET;
            case "HEAD" -> HEAD_BUCKET;
            case "DELETE" -> DELETE_BUCKET;
            case "POST" -> throw absent("Uploads by an HTML form are not offered.");
            default -> throw notAllowed(head, "BUCKET");
        };
    }

    /** Of the bucket's sub-resources those that we have; null if it is for none of them. */
    private static @Nullable ObjectOperation ofConfiguration(RequestHead head, ObjectAddress address) {
        boolean get = head.method().equals("GET");
        if (get && address.has("location")) {
            return GET_BUCKET_LOCATION;
        }
        if (get && address.has("uploads")) {
            return LIST_MULTIPART_UPLOADS;
        }
        if (address.has("notification")) {
            return get ? GET_BUCKET_NOTIFICATION : head.method().equals("PUT") ? PUT_BUCKET_NOTIFICATION : null;
        }
        return null;
    }

    private static ObjectOperation list(ObjectAddress address) {
        return "2".equals(address.parameter("list-type")) ? LIST_OBJECTS_V2 : LIST_OBJECTS;
    }

    private static ObjectOperation ofObject(RequestHead head, ObjectAddress address) {
        if (head.method().equals("POST")) {
            return ofPost(head, address);
        }
        refuseSubResources(head, address, "object");
        boolean multipart = address.has("uploadId");
        return switch (head.method()) {
            case "GET" -> multipart ? LIST_PARTS : GET_OBJECT;
            case "HEAD" -> HEAD_OBJECT;
            case "PUT" -> ofPut(head, multipart);
            case "DELETE" -> multipart ? ABORT_MULTIPART_UPLOAD : DELETE_OBJECT;
            default -> throw notAllowed(head, "OBJECT");
        };
    }

    private static ObjectOperation ofPut(RequestHead head, boolean multipart) {
        if (!head.has("x-amz-copy-source")) {
            return multipart ? UPLOAD_PART : PUT_OBJECT;
        }
        return multipart ? UPLOAD_PART_COPY : COPY_OBJECT;
    }

    private static ObjectOperation ofPost(RequestHead head, ObjectAddress address) {
        if (address.has("uploads")) {
            return CREATE_MULTIPART_UPLOAD;
        }
        if (address.has("uploadId")) {
            return COMPLETE_MULTIPART_UPLOAD;
        }
        refuseSubResources(head, address, "object");
        throw notAllowed(head, "OBJECT");
    }

    private static void refuseSubResources(RequestHead head, ObjectAddress address, String of) {
        for (var name : address.query().keySet()) {
            if (SUB_RESOURCES.contains(name)) {
                throw absent(head.method() + " of the " + of + "'s sub-resource " + name + " is not offered.");
            }
        }
    }

    private static ServiceException absent(String what) {
        return new ServiceException(ObjectErrors.notImplemented(what));
    }

    private static ServiceException notAllowed(RequestHead head, String resourceType) {
        return new ServiceException(ObjectErrors.methodNotAllowed(head.method(), resourceType));
    }

    public String wireName() {
        return wireName;
    }

    /** Whether it changes nothing. */
    public boolean reads() {
        return reads;
    }

    public Body body() {
        return body;
    }
}
