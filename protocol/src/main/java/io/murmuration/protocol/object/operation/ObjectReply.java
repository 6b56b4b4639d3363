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

    record ObjectsDeleted(boolean quiet, List<String> deleted, List<Failed> failed) implements ObjectReply {}

    record Failed(String key, ServiceError error) {}

    record ObjectCopied(
            String etag, Instant modified, @Nullable Checksum checksum, ChecksumType checksumType)
            implements ObjectReply {}

    record UploadCreated(String bucket, String key, String uploadId) implements ObjectReply {}

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
