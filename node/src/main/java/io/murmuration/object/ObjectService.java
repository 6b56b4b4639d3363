package io.murmuration.object;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.object.chunk.Chunks;
import io.murmuration.protocol.object.operation.ObjectReply;
import io.murmuration.protocol.object.operation.ObjectRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Answers requests: each kind by the class that has it. */
final class ObjectService implements Objects {
    private static final String FIRST_REGION = "us-east-1";

    private final Buckets buckets;
    private final BucketQueries queries;
    private final ObjectWrites writes;
    private final ObjectReads reads;
    private final MultipartUploads uploads;

    ObjectService(
            ActorSystem<?> system,
            Buckets buckets,
            ObjectIndex index,
            Chunks chunks,
            ObjectSettings settings,
            Clock clock,
            Chance chance) {
        var written = new StreamBudget(settings.streamsBytesMax());
        var bodies = new BodyUploads(system, index, chunks, written, clock, chance);
        this.buckets = buckets;
        this.queries = new BucketQueries(buckets, index, chance);
        this.reads = new ObjectReads(
                buckets,
                index,
                new ObjectBodies(index, chunks),
                new StreamBudget(settings.streamsBytesMax()),
                settings.silenceMax());
        this.writes = new ObjectWrites(buckets, index, bodies, reads, settings, clock);
        this.uploads = new MultipartUploads(buckets, index, bodies, reads, clock, chance);
    }

    @Override
    public CompletionStage<ObjectAnswer> answer(ObjectRequest request, Source<ByteString, ?> body, Caller caller) {
        try {
            return dispatch(request, body, caller);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private CompletionStage<ObjectAnswer> dispatch(ObjectRequest request, Source<ByteString, ?> body, Caller caller) {
        return switch (request) {
            case ObjectRequest.ListBuckets list -> queries.list(list).thenApply(ObjectAnswer.Document::new);
            case ObjectRequest.CreateBucket create ->
                buckets.create(create.bucket(), create.region())
                        .thenApply(created -> new ObjectAnswer.BucketCreated(create.bucket()));
            case ObjectRequest.HeadBucket head ->
                buckets.find(head.bucket())
                        .thenApply(found ->
                                new ObjectAnswer.BucketFound(found.content().region()));
            case ObjectRequest.DeleteBucket delete ->
                buckets.delete(delete.bucket()).thenApply(deleted -> new ObjectAnswer.Done());
            case ObjectRequest.GetBucketLocation location ->
                buckets.find(location.bucket())
                        .thenApply(found -> new ObjectAnswer.Document(new ObjectReply.BucketLocation(
                                found.content().region().equals(FIRST_REGION)
                                        ? null
                                        : found.content().region())));
            case ObjectRequest.GetBucketNotification get ->
                buckets.confirmed(get.bucket())
                        .thenApply(found -> new ObjectAnswer.Document(new ObjectReply.BucketNotification(
                                found.content().notifications())));
            case ObjectRequest.PutBucketNotification put ->
                queries.notify(put).thenApply(done -> new ObjectAnswer.Done());
            case ObjectRequest.ListObjects list -> queries.listV1(list).thenApply(ObjectAnswer.Document::new);
            case ObjectRequest.ListObjectsV2 list -> queries.listV2(list).thenApply(ObjectAnswer.Document::new);
            case ObjectRequest.PutObject put -> writes.put(put, body, caller);
            case ObjectRequest.DeleteObject delete -> writes.delete(delete, caller);
            case ObjectRequest.DeleteObjects delete -> writes.delete(delete, caller);
            case ObjectRequest.CopyObject copy -> writes.copy(copy, caller);
            case ObjectRequest.GetObject get -> reads.open(get.name(), get.reading(), true);
            case ObjectRequest.HeadObject head -> reads.open(head.name(), head.reading(), false);
            case ObjectRequest.CreateMultipartUpload create -> uploads.create(create);
            case ObjectRequest.UploadPart part -> uploads.part(part, body);
            case ObjectRequest.UploadPartCopy copy -> uploads.copy(copy);
            case ObjectRequest.CompleteMultipartUpload complete -> uploads.complete(complete, caller);
            case ObjectRequest.AbortMultipartUpload abort -> uploads.abort(abort);
            case ObjectRequest.ListParts list -> uploads.list(list);
            case ObjectRequest.ListMultipartUploads list -> uploads.list(list);
        };
    }
}
