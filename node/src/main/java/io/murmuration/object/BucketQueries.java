package io.murmuration.object;

import io.murmuration.base.Chance;
import io.murmuration.object.index.IndexFound;
import io.murmuration.object.index.IndexRead;
import io.murmuration.object.index.ListedEntry;
import io.murmuration.object.index.UploadId;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.operation.NotificationConfiguration;
import io.murmuration.protocol.object.operation.NotificationConfiguration.ToFunction;
import io.murmuration.protocol.object.operation.ObjectReply;
import io.murmuration.protocol.object.operation.ObjectReply.ListedObject;
import io.murmuration.protocol.object.operation.ObjectRequest.ListBuckets;
import io.murmuration.protocol.object.operation.ObjectRequest.ListObjects;
import io.murmuration.protocol.object.operation.ObjectRequest.ListObjectsV2;
import io.murmuration.protocol.object.operation.ObjectRequest.PutBucketNotification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Lists buckets and their objects, and sets what is told of them. */
final class BucketQueries {
    /** The one that owns everything: there are no accounts yet. Its id has the form of S3's. */
    static final ObjectReply.Owner OWNER = new ObjectReply.Owner("000000000000".repeat(5) + "0000", "murmuration");

    private final Buckets buckets;
    private final ObjectIndex index;
    private final Chance chance;

    BucketQueries(Buckets buckets, ObjectIndex index, Chance chance) {
        this.buckets = buckets;
        this.index = index;
        this.chance = chance;
    }

    CompletionStage<ObjectReply> list(ListBuckets request) {
        var after = after(request.token());
        return buckets.confirm().thenApply(confirmed -> {
            var found = new ArrayList<ObjectReply.Bucket>();
            for (var bucket : buckets.list(after, Integer.MAX_VALUE)) {
                if (!bucket.name().startsWith(request.prefix())) {
                    continue;
                }
                if (found.size() == request.bucketsMax()) {
                    var last = found.getLast().name().getBytes(StandardCharsets.UTF_8);
                    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(last);
                    return new ObjectReply.BucketsListed(OWNER, found, request.prefix(), token);
                }
                found.add(new ObjectReply.Bucket(
                        bucket.name(),
                        bucket.content().created(),
                        bucket.content().region()));
            }
            return new ObjectReply.BucketsListed(OWNER, found, request.prefix(), null);
        });
    }

    private static @Nullable String after(@Nullable String token) {
        try {
            return token == null ? null : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException foreign) {
            throw new ServiceException(ObjectErrors.invalidArgument(
                    "The continuation token provided is incorrect", "continuation-token", token));
        }
    }

    CompletionStage<ObjectReply> listV2(ListObjectsV2 request) {
        return page(request)
                .thenApply(page -> new ObjectReply.ObjectsListed(
                        request, listed(page, request.withOwner()), page.commonPrefixes(), page.token()));
    }

    CompletionStage<ObjectReply> listV1(ListObjects request) {
        return page(ListingRules.asV2(request)).thenApply(page -> {
            var objects = listed(page, true);
            var next = page.token() == null ? null : request.delimiter().isEmpty() ? "" : ListingRules.lastShown(page);
            return new ObjectReply.ObjectsListedV1(request, objects, page.commonPrefixes(), next);
        });
    }

    private CompletionStage<ListingRules.Page<ListedEntry>> page(ListObjectsV2 request) {
        ListingRules.check(request);
        return buckets.with(request.bucket(), bucket -> {
            var asked = new ArrayList<CompletableFuture<IndexFound>>();
            for (int group = 1; group <= index.shards(); group++) {
                asked.add(index.read(group, new IndexRead.Page(bucket.id(), request))
                        .toCompletableFuture());
            }
            return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                    .thenApply(all -> merged(
                            request,
                            asked.stream().map(CompletableFuture::resultNow).toList()));
        });
    }

    /** Empty if the bucket is closed anywhere. */
    private static Optional<ListingRules.Page<ListedEntry>> merged(ListObjectsV2 request, List<IndexFound> found) {
        var pages = new ArrayList<ListingRules.Page<ListedEntry>>();
        for (var each : found) {
            if (!(each instanceof IndexFound.Page page)) {
                return Optional.empty();
            }
            pages.add(page.page());
        }
        return Optional.of(ListingRules.merge(request, pages));
    }

    private static List<ListedObject> listed(ListingRules.Page<ListedEntry> page, boolean withOwner) {
        return page.objects().stream()
                .map(entry -> new ListedObject(
                        entry.key(),
                        Instant.ofEpochMilli(entry.object().modifiedMillis()),
                        entry.object().etag(),
                        entry.object().bytes(),
                        entry.object().checksum(),
                        entry.object().checksumType(),
                        withOwner ? OWNER : null))
                .toList();
    }

    /** Rules without an id are given one. */
    CompletionStage<Void> notify(PutBucketNotification put) {
        var named = put.configuration().functions().stream()
                .map(rule -> rule.id().isEmpty()
                        ? new ToFunction(
                                UploadId.random(chance).toString(),
                                rule.function(),
                                rule.events(),
                                rule.prefix(),
                                rule.suffix())
                        : rule)
                .toList();
        return buckets.notify(put.bucket(), new NotificationConfiguration(named));
    }
}
