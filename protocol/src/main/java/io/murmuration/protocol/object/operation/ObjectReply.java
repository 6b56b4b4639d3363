package io.murmuration.protocol.object.operation;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replies whose body is a document. ETags are without quotes. */
public sealed interface ObjectReply {
    /** @param token where the next page begins; null if this was the last */
    record BucketsListed(
            Owner owner,
            List<Bucket> buckets,
            String prefix,
            @Nullable String token) implements ObjectReply {}

    record Bucket(String name, Instant created, String region) {}

    record Owner(String id, String displayName) {}

    /**
     * A page of keys.
     *
     * @param token where the next page begins; null if this was the last
     */
    record ObjectsListed(
            ObjectRequest.ListObjectsV2 request,
            List<ListedObject> objects,
            List<String> commonPrefixes,
            @Nullable String token)
            implements ObjectReply {}

    /** @param owner null unless the client asked for it */
    record ListedObject(
            String key,
            Instant modified,
            String etag,
            long sizeBytes,
            @Nullable Checksum checksum,
            ChecksumType checksumType,
            @Nullable Owner owner) {}

    /** @param region null for the first of all, us-east-1, as S3 tells it */
    record BucketLocation(@Nullable String region) implements ObjectReply {}

    record BucketNotification(NotificationConfiguration configuration) implements ObjectReply {}

    /** @param next where the next page begins; null if this was the last, empty if it is to be seen from the objects */
    record ObjectsListedV1(
            ObjectRequest.ListObjects request,
            List<ListedObject> objects,
            List<String> commonPrefixes,
            @Nullable String next)
            implements ObjectReply {}

    /** @param truncated there are others after these */
    record UploadsListed(
            ObjectRequest.ListMultipartUploads request, Owner owner, List<ListedUpload> uploads, boolean truncated)
            implements ObjectReply {}

    record ListedUpload(
            String key,
            String uploadId,
            Instant begun,
            @Nullable ChecksumAlgorithm algorithm,
            @Nullable ChecksumType checksumType) {}

    record PartCopied(
            String etag, Instant modified, @Nullable Checksum checksum) implements ObjectReply {}

    record ObjectsDeleted(boolean quiet, List<String> deleted, List<Failed> failed) implements ObjectReply {}

    record Failed(String key, ServiceError error) {}

    record ObjectCopied(
            String etag, Instant modified, @Nullable Checksum checksum, ChecksumType checksumType)
            implements ObjectReply {}

    /** @param algorithm told in headers, as the type is */
    record UploadCreated(
            String bucket,
            String key,
            String uploadId,
            @Nullable ChecksumAlgorithm algorithm,
            @Nullable ChecksumType type)
            implements ObjectReply {}

    record UploadCompleted(
            String location,
            String bucket,
            String key,
            String etag,
            @Nullable Checksum checksum,
            ChecksumType checksumType)
            implements ObjectReply {}

    /** @param next number of the last part of this page; null if this was the last page */
    record PartsListed(
            ObjectRequest.ListParts request,
            Owner owner,
            List<ListedPart> parts,
            @Nullable Integer next,
            @Nullable ChecksumAlgorithm algorithm,
            @Nullable ChecksumType checksumType)
            implements ObjectReply {}

    record ListedPart(
            int number,
            Instant modified,
            String etag,
            long sizeBytes,
            @Nullable Checksum checksum) {}
}
