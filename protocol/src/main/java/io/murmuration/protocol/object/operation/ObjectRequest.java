package io.murmuration.protocol.object.operation;

import io.murmuration.protocol.object.ObjectName;
import io.murmuration.protocol.object.body.BodyHead;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client can ask of object storage. Sources: the pages of the S3 API reference of the same names. */
public sealed interface ObjectRequest {
    /**
     * @param prefix empty for all
     * @param token where the last page ended; null at the beginning
     * @param bucketsMax 1 to 10,000
     */
    record ListBuckets(String prefix, @Nullable String token, int bucketsMax) implements ObjectRequest {
        public static final int BUCKETS_MAX = 10_000;
    }

    /** @param region the location constraint; null if the client gave none */
    record CreateBucket(String bucket, @Nullable String region) implements ObjectRequest {}

    record HeadBucket(String bucket) implements ObjectRequest {}

    record DeleteBucket(String bucket) implements ObjectRequest {}

    /**
     * @param prefix empty for all
     * @param delimiter empty for none
     * @param startAfter list the keys after this one; without effect beside a token
     * @param token where the last page ended, as it was given to the client; null at the beginning
     * @param urlEncoded keys are shown percent-encoded
     * @param keysMax 0 to 1,000 keys and common prefixes together
     * @param withOwner each object tells its owner
     */
    record ListObjectsV2(
            String bucket,
            String prefix,
            String delimiter,
            String startAfter,
            @Nullable String token,
            boolean urlEncoded,
            int keysMax,
            boolean withOwner)
            implements ObjectRequest {
        public static final int KEYS_MAX = 1000;
    }

    record GetBucketLocation(String bucket) implements ObjectRequest {}

    record GetBucketNotification(String bucket) implements ObjectRequest {}

    record PutBucketNotification(String bucket, NotificationConfiguration configuration) implements ObjectRequest {}

    /**
     * The first version of the listing.
     *
     * @param marker list the keys, and the common prefixes, after this
     * @param keysMax 0 to 1,000 keys and common prefixes together
     */
    record ListObjects(String bucket, String prefix, String delimiter, String marker, boolean urlEncoded, int keysMax)
            implements ObjectRequest {}

    /**
     * @param keyMarker list the uploads of keys after this, and those of this key after {@code idMarker} if there is one
     * @param uploadsMax 0 to 1,000
     */
    record ListMultipartUploads(
            String bucket, String prefix, String keyMarker, String idMarker, boolean urlEncoded, int uploadsMax)
            implements ObjectRequest {
        public static final int UPLOADS_MAX = 1000;
    }

    /**
     * @param quiet only failures are told
     * @param objects 1 to 1,000, in the client's order; keys may repeat
     */
    record DeleteObjects(String bucket, boolean quiet, List<ToDelete> objects) implements ObjectRequest {
        public static final int OBJECTS_MAX = 1000;
    }

    /** @param ifMatch the ETag that the object must have, or {@code *} if it must be there; null if any will do, or none */
    record ToDelete(String key, @Nullable String ifMatch) {}

    record PutObject(ObjectName name, ObjectHeaders headers, WriteConditions conditions, BodyHead body)
            implements ObjectRequest {}

    record GetObject(ObjectName name, Reading reading) implements ObjectRequest {}

    record HeadObject(ObjectName name, Reading reading) implements ObjectRequest {}

    /** @param ifMatch the ETag that the object must have, or {@code *} if it must be there; null if any will do, or none */
    record DeleteObject(ObjectName name, @Nullable String ifMatch) implements ObjectRequest {}

    /**
     * @param conditions on the source
     * @param replaced the target's headers; null to take the source's
     * @param targetConditions on the target
     * @param checksum which the target shall have; null to take the source's
     */
    record CopyObject(
            ObjectName target,
            ObjectName source,
            ReadConditions conditions,
            @Nullable ObjectHeaders replaced,
            WriteConditions targetConditions,
            @Nullable ChecksumAlgorithm checksum)
            implements ObjectRequest {}

    /** @param checksum of the parts and the whole; null if the client named none */
    record CreateMultipartUpload(
            ObjectName name,
            ObjectHeaders headers,
            @Nullable ChecksumAlgorithm checksum,
            @Nullable ChecksumType checksumType)
            implements ObjectRequest {}

    /** @param partNumber 1 to 10,000 */
    record UploadPart(ObjectName name, String uploadId, int partNumber, BodyHead body) implements ObjectRequest {
        public static final int PART_NUMBER_MAX = 10_000;
    }

    /**
     * @param conditions on the source
     * @param range as sent; null for all of the source
     */
    record UploadPartCopy(
            ObjectName name,
            String uploadId,
            int partNumber,
            ObjectName source,
            ReadConditions conditions,
            @Nullable String range)
            implements ObjectRequest {}

    /**
     * @param parts at least one, in the client's order
     * @param checksum that the whole must have; null if the client gave none
     * @param sizeBytes that the whole must have; null if the client gave none
     */
    record CompleteMultipartUpload(
            ObjectName name,
            String uploadId,
            List<CompletedPart> parts,
            WriteConditions conditions,
            @Nullable Checksum checksum,
            @Nullable Long sizeBytes)
            implements ObjectRequest {}

    /**
     * @param etag as the client wrote it, quotes removed
     * @param checksum null if the client gave none
     */
    record CompletedPart(
            int partNumber, String etag, @Nullable Checksum checksum) {}

    record AbortMultipartUpload(ObjectName name, String uploadId) implements ObjectRequest {}

    /**
     * @param after list the parts after this number; 0 for all
     * @param partsMax 0 to 1,000
     */
    record ListParts(ObjectName name, String uploadId, int after, int partsMax, boolean urlEncoded)
            implements ObjectRequest {
        public static final int PARTS_MAX = 1000;
    }
}
