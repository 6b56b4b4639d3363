package io.murmuration.object;

import io.murmuration.base.Clock;
import io.murmuration.object.BodyUploads.Incoming;
import io.murmuration.object.index.IndexIntent;
import io.murmuration.object.index.IndexKeys;
import io.murmuration.object.index.IndexOutcome;
import io.murmuration.object.index.Notices;
import io.murmuration.object.index.ObjectEntry;
import io.murmuration.object.index.UploadId;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.ObjectName;
import io.murmuration.protocol.object.body.BodyHead;
import io.murmuration.protocol.object.body.BodyHeadReader;
import io.murmuration.protocol.object.body.BodySums;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.NotificationRules;
import io.murmuration.protocol.object.operation.ObjectHeaders;
import io.murmuration.protocol.object.operation.ObjectReply;
import io.murmuration.protocol.object.operation.ObjectRequest.CopyObject;
import io.murmuration.protocol.object.operation.ObjectRequest.DeleteObject;
import io.murmuration.protocol.object.operation.ObjectRequest.DeleteObjects;
import io.murmuration.protocol.object.operation.ObjectRequest.PutObject;
import io.murmuration.protocol.object.operation.ObjectRequest.ToDelete;
import io.murmuration.protocol.object.operation.WriteConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** PutObject, CopyObject, DeleteObject and DeleteObjects. */
final class ObjectWrites {
    private final Buckets buckets;
    private final ObjectIndex index;
    private final BodyUploads bodies;
    private final ObjectReads reads;
    private final ObjectSettings settings;
    private final Clock clock;

    ObjectWrites(
            Buckets buckets,
            ObjectIndex index,
            BodyUploads bodies,
            ObjectReads reads,
            ObjectSettings settings,
            Clock clock) {
        this.buckets = buckets;
        this.index = index;
        this.bodies = bodies;
        this.reads = reads;
        this.settings = settings;
        this.clock = clock;
    }

    // ---- put ----

    /** What is to be stored once its bytes are there. */
    private record Writing(
            ObjectName name, ObjectHeaders headers, WriteConditions conditions, String event, Caller caller) {}

    CompletionStage<ObjectAnswer> put(PutObject put, Source<ByteString, ?> body, Caller caller) {
        var writing = new Writing(put.name(), put.headers(), put.conditions(), "ObjectCreated:Put", caller);
        return store(writing, new Incoming(put.body(), ChecksumAlgorithm.CRC64NVME, false, body))
                .thenApply(entry -> new ObjectAnswer.Stored(entry.etag(), entry.checksum(), entry.checksumType()));
    }

    private CompletionStage<ObjectEntry> store(Writing writing, Incoming incoming) {
        if (incoming.head().bytes() > settings.inlineBytesMax()) {
            // a body comes only once: the bucket is made sure of before it is read
            return buckets.with(writing.name().bucket(), bucket -> large(bucket, writing, incoming));
        }
        return buckets.find(writing.name().bucket())
                .thenCompose(known -> bodies.gather(incoming))
                .thenCompose(
                        gathered -> buckets.with(writing.name().bucket(), bucket -> small(bucket, writing, gathered)));
    }

    private CompletionStage<Optional<ObjectEntry>> small(
            Bucket bucket, Writing writing, BodyUploads.Gathered gathered) {
        return commit(bucket, writing, gathered.sums(), gathered.bytes(), null);
    }

    private CompletionStage<Optional<ObjectEntry>> large(Bucket bucket, Writing writing, Incoming incoming) {
        int group = IndexKeys.group(writing.name().key(), index.shards());
        return bodies.write(
                bucket.id(), group, null, incoming, (intent, sums) -> commit(bucket, writing, sums, null, intent)
                        .thenApply(stored -> {
                            if (stored.isEmpty()) {
                                throw new ServiceException(Buckets.conflicting());
                            }
                            return stored;
                        }));
    }

    private CompletionStage<Optional<ObjectEntry>> commit(
            Bucket bucket, Writing writing, BodySums sums, byte @Nullable [] inline, @Nullable UploadId intent) {
        var name = writing.name();
        long now = clock.millis();
        var entry = new ObjectEntry(
                now,
                sums.etag(),
                sums.bytes(),
                sums.checksum(),
                ChecksumType.FULL_OBJECT,
                writing.headers(),
                intent == null ? null : new ObjectEntry.Body(intent, 1, false));
        var notices = notices(bucket, writing.event(), name.key(), writing.caller());
        var put = new IndexIntent.Put(name.key(), entry, inline, writing.conditions(), notices, now);
        int group = IndexKeys.group(name.key(), index.shards());
        return index.decide(group, bucket.id(), put, inline == null ? 0 : inline.length)
                .thenApply(outcome -> BodyUploads.committed(outcome, stored -> ((IndexOutcome.Stored) stored).entry()));
    }

    /** @param event without its scheme */
    static Notices notices(Bucket bucket, String event, String key, Caller caller) {
        var targets = NotificationRules.wanting(bucket.content().notifications(), event, key).stream()
                .map(rule -> new Notices.Target(rule.function(), rule.id()))
                .toList();
        return targets.isEmpty()
                ? Notices.NONE
                : new Notices(bucket.name(), event, targets, caller.requestId(), caller.address());
    }

    // ---- copy ----

    CompletionStage<ObjectAnswer> copy(CopyObject copy, Caller caller) {
        return reads.source(copy.source(), copy.conditions()).thenCompose(source -> {
            var entry = source.entry();
            if (entry.bytes() > BodyHeadReader.BYTES_MAX) {
                throw new ServiceException(ObjectErrors.invalidRequest(
                        "The specified copy source is larger than the maximum allowable size for a copy source: "
                                + BodyHeadReader.BYTES_MAX));
            }
            var replaced = copy.replaced();
            var headers = replaced == null ? entry.headers() : replaced;
            var writing = new Writing(copy.target(), headers, copy.targetConditions(), "ObjectCreated:Copy", caller);
            var algorithm = copy.checksum() == null ? entry.checksum().algorithm() : copy.checksum();
            return store(writing, new Incoming(plain(entry.bytes()), algorithm, false, reads.bytes(source, null)))
                    .thenApply(stored -> new ObjectAnswer.Document(new ObjectReply.ObjectCopied(
                            stored.etag(), stored.modified(), stored.checksum(), stored.checksumType())));
        });
    }

    /** A body of our own: nothing is sent to be checked. */
    static BodyHead plain(long bytes) {
        return new BodyHead(bytes, BodyHead.Framing.PLAIN, null, null, null, null);
    }

    // ---- delete ----

    CompletionStage<ObjectAnswer> delete(DeleteObject delete, Caller caller) {
        return delete(delete.name().bucket(), new ToDelete(delete.name().key(), delete.ifMatch()), caller)
                .thenApply(done -> new ObjectAnswer.Done());
    }

    CompletionStage<ObjectAnswer> delete(DeleteObjects delete, Caller caller) {
        return buckets.find(delete.bucket()).thenCompose(bucket -> {
            var asked = new ArrayList<CompletableFuture<Optional<ServiceError>>>();
            for (var each : delete.objects()) {
                asked.add(delete(delete.bucket(), each, caller)
                        .thenApply(done -> Optional.<ServiceError>empty())
                        .exceptionally(failure -> Optional.of(error(failure)))
                        .toCompletableFuture());
            }
            return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                    .thenApply(all -> told(
                            delete,
                            asked.stream().map(CompletableFuture::resultNow).toList()));
        });
    }

    private CompletionStage<IndexOutcome> delete(String bucketName, ToDelete delete, Caller caller) {
        int group = IndexKeys.group(delete.key(), index.shards());
        return buckets.with(bucketName, bucket -> {
            var notices = notices(bucket, "ObjectRemoved:Delete", delete.key(), caller);
            var intent = new IndexIntent.Delete(delete.key(), delete.ifMatch(), notices, clock.millis());
            return index.decide(group, bucket.id(), intent, 0)
                    .thenApply(outcome -> BodyUploads.committed(outcome, done -> done));
        });
    }

    private static ServiceError error(Throwable failure) {
        return ObjectIndex.cause(failure) instanceof ServiceException refused
                ? refused.error()
                : new ServiceError(CommonError.INTERNAL, "We encountered an internal error. Please try again.");
    }

    private static ObjectAnswer told(DeleteObjects delete, List<Optional<ServiceError>> outcomes) {
        var deleted = new ArrayList<String>();
        var failed = new ArrayList<ObjectReply.Failed>();
        for (int at = 0; at < outcomes.size(); at++) {
            var key = delete.objects().get(at).key();
            outcomes.get(at)
                    .ifPresentOrElse(error -> failed.add(new ObjectReply.Failed(key, error)), () -> deleted.add(key));
        }
        return new ObjectAnswer.Document(new ObjectReply.ObjectsDeleted(delete.quiet(), deleted, failed));
    }
}
