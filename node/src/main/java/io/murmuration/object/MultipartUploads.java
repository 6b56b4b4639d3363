package io.murmuration.object;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.object.BodyUploads.Incoming;
import io.murmuration.object.index.IndexFound;
import io.murmuration.object.index.IndexIntent;
import io.murmuration.object.index.IndexKeys;
import io.murmuration.object.index.IndexOutcome;
import io.murmuration.object.index.IndexRead;
import io.murmuration.object.index.PartEntry;
import io.murmuration.object.index.UploadEntry;
import io.murmuration.object.index.UploadId;
import io.murmuration.object.index.UploadKey;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.ObjectName;
import io.murmuration.protocol.object.body.BodyHeadReader;
import io.murmuration.protocol.object.body.BodySums;
import io.murmuration.protocol.object.operation.ObjectReply;
import io.murmuration.protocol.object.operation.ObjectRequest.AbortMultipartUpload;
import io.murmuration.protocol.object.operation.ObjectRequest.CompleteMultipartUpload;
import io.murmuration.protocol.object.operation.ObjectRequest.CreateMultipartUpload;
import io.murmuration.protocol.object.operation.ObjectRequest.ListMultipartUploads;
import io.murmuration.protocol.object.operation.ObjectRequest.ListParts;
import io.murmuration.protocol.object.operation.ObjectRequest.UploadPart;
import io.murmuration.protocol.object.operation.ObjectRequest.UploadPartCopy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Uploads in parts. All rows of one lie in the group of its key. */
final class MultipartUploads {
    private static final int COMPLETED_PART_BYTES = 64;

    private final Buckets buckets;
    private final ObjectIndex index;
    private final BodyUploads bodies;
    private final ObjectReads reads;
    private final Clock clock;
    private final Chance chance;

    MultipartUploads(
            Buckets buckets, ObjectIndex index, BodyUploads bodies, ObjectReads reads, Clock clock, Chance chance) {
        this.buckets = buckets;
        this.index = index;
        this.bodies = bodies;
        this.reads = reads;
        this.clock = clock;
        this.chance = chance;
    }

    CompletionStage<ObjectAnswer> create(CreateMultipartUpload create) {
        var name = create.name();
        var upload = new UploadKey(name.key(), UploadId.random(chance));
        var entry = new UploadEntry(clock.millis(), create.headers(), create.checksum(), create.checksumType());
        return decide(name, new IndexIntent.CreateUpload(upload, entry), 0)
                .thenApply(done -> new ObjectAnswer.Document(new ObjectReply.UploadCreated(
                        name.bucket(), name.key(), upload.id().toString(), create.checksum(), create.checksumType())));
    }

    // ---- parts ----

    CompletionStage<ObjectAnswer> part(UploadPart part, Source<ByteString, ?> body) {
        var upload = key(part.name(), part.uploadId());
        return found(part.name(), upload).thenCompose(begun -> {
            UploadRules.checkPart(begun.rules(), part.body());
            var incoming = new Incoming(
                    part.body(), begun.rules().summedWith(), begun.rules().algorithm() == null, body);
            return store(begun, upload, part.partNumber(), incoming)
                    .thenApply(sums -> new ObjectAnswer.Stored(sums.etag(), sums.checksum(), null));
        });
    }

    CompletionStage<ObjectAnswer> copy(UploadPartCopy copy) {
        var upload = key(copy.name(), copy.uploadId());
        return found(copy.name(), upload).thenCompose(begun -> reads.source(copy.source(), copy.conditions())
                .thenCompose(source -> {
                    var slice = ObjectReads.ranged(copy.range(), source.entry().bytes());
                    if (copy.range() != null && slice == null) {
                        throw new ServiceException(ObjectErrors.invalidArgument(
                                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last "
                                        + "are the zero-based offsets of the first and last bytes to copy",
                                "x-amz-copy-source-range",
                                copy.range()));
                    }
                    long bytes = slice == null ? source.entry().bytes() : slice.to() - slice.from();
                    if (bytes > BodyHeadReader.BYTES_MAX) {
                        throw new ServiceException(ObjectErrors.invalidRequest(
                                "The specified copy source is larger than the maximum allowable size for a copy source: "
                                        + BodyHeadReader.BYTES_MAX));
                    }
                    var incoming = new Incoming(
                            ObjectWrites.plain(bytes), begun.rules().summedWith(), false, reads.bytes(source, slice));
                    return store(begun, upload, copy.partNumber(), incoming)
                            .thenApply(sums -> new ObjectAnswer.Document(new ObjectReply.PartCopied(
                                    sums.etag(), Instant.ofEpochMilli(clock.millis()), sums.checksum())));
                }));
    }

    private CompletionStage<BodySums> store(Begun begun, UploadKey upload, int number, Incoming incoming) {
        int group = group(upload.key());
        return bodies.write(begun.bucket().id(), group, upload, incoming, (intent, sums) -> {
                    var put = new IndexIntent.PutPart(upload, part(number, sums), intent, clock.millis());
                    return index.decide(group, begun.bucket().id(), put, 0)
                            .thenApply(outcome -> BodyUploads.committed(outcome, done -> sums));
                })
                .thenApply(stored -> stored.orElseThrow(() -> new ServiceException(Buckets.conflicting())));
    }

    private static PartEntry part(int number, BodySums sums) {
        var ours = sums.besides();
        return new PartEntry(
                number,
                0,
                sums.etag(),
                sums.bytes(),
                ours == null ? sums.checksum() : ours,
                ours == null ? null : sums.checksum(),
                List.of());
    }

    // ---- the end ----

    CompletionStage<ObjectAnswer> complete(CompleteMultipartUpload complete, Caller caller) {
        var name = complete.name();
        var upload = key(name, complete.uploadId());
        return buckets.with(name.bucket(), bucket -> {
                    var notices =
                            ObjectWrites.notices(bucket, "ObjectCreated:CompleteMultipartUpload", name.key(), caller);
                    var intent = new IndexIntent.Complete(upload, complete, notices, clock.millis());
                    return index.decide(
                                    group(name.key()),
                                    bucket.id(),
                                    intent,
                                    complete.parts().size() * COMPLETED_PART_BYTES)
                            .thenApply(outcome ->
                                    BodyUploads.committed(outcome, stored -> ((IndexOutcome.Stored) stored).entry()));
                })
                .thenApply(entry -> new ObjectAnswer.Document(new ObjectReply.UploadCompleted(
                        "/" + name.bucket() + "/" + name.key(),
                        name.bucket(),
                        name.key(),
                        entry.etag(),
                        entry.checksum(),
                        entry.checksumType())));
    }

    CompletionStage<ObjectAnswer> abort(AbortMultipartUpload abort) {
        var upload = key(abort.name(), abort.uploadId());
        return decide(abort.name(), new IndexIntent.AbortUpload(upload, clock.millis()), 0)
                .thenApply(done -> new ObjectAnswer.Done());
    }

    private CompletionStage<IndexOutcome> decide(ObjectName name, IndexIntent.Remote intent, int bytes) {
        return buckets.with(name.bucket(), bucket -> index.decide(group(name.key()), bucket.id(), intent, bytes)
                .thenApply(outcome -> BodyUploads.committed(outcome, done -> done)));
    }

    // ---- listings ----

    CompletionStage<ObjectAnswer> list(ListParts list) {
        var upload = key(list.name(), list.uploadId());
        return found(list.name(), upload).thenCompose(begun -> gather(begun, upload, list, new ArrayList<>())
                .thenApply(parts -> new ObjectAnswer.Document(told(list, begun, parts))));
    }

    /** One more than the page has, if there is one. */
    private CompletionStage<List<PartEntry>> gather(
            Begun begun, UploadKey upload, ListParts list, List<PartEntry> parts) {
        int after = parts.isEmpty() ? list.after() : parts.getLast().number();
        if (after >= UploadPart.PART_NUMBER_MAX) {
            return CompletableFuture.completedFuture(parts);
        }
        var read = new IndexRead.Parts(begun.bucket().id(), upload.id(), after + 1);
        return index.read(group(upload.key()), read).thenCompose(found -> {
            if (!(found instanceof IndexFound.Parts more)) {
                throw new ServiceException(ObjectErrors.noSuchUpload(list.uploadId()));
            }
            parts.addAll(more.parts());
            return more.more() && parts.size() <= list.partsMax()
                    ? gather(begun, upload, list, parts)
                    : CompletableFuture.completedFuture(parts);
        });
    }

    private static ObjectReply told(ListParts list, Begun begun, List<PartEntry> parts) {
        boolean more = parts.size() > list.partsMax() && list.partsMax() > 0;
        var shown = parts.subList(0, Math.min(parts.size(), list.partsMax()));
        boolean summed = begun.entry().algorithm() != null;
        return new ObjectReply.PartsListed(
                list,
                BucketQueries.OWNER,
                shown.stream()
                        .map(part -> new ObjectReply.ListedPart(
                                part.number(),
                                Instant.ofEpochMilli(part.modifiedMillis()),
                                part.etag(),
                                part.bytes(),
                                summed ? part.checksum() : null))
                        .toList(),
                more ? shown.getLast().number() : null,
                begun.entry().algorithm(),
                begun.entry().type());
    }

    CompletionStage<ObjectAnswer> list(ListMultipartUploads list) {
        return buckets.with(list.bucket(), bucket -> {
                    var asked = new ArrayList<CompletableFuture<IndexFound>>();
                    for (int group = 1; group <= index.shards(); group++) {
                        var read = new IndexRead.Uploads(
                                bucket.id(), list.prefix(), list.keyMarker(), list.idMarker(), list.uploadsMax() + 1);
                        asked.add(index.read(group, read).toCompletableFuture());
                    }
                    return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                            .thenApply(all -> merged(asked.stream()
                                    .map(CompletableFuture::resultNow)
                                    .toList()));
                })
                .thenApply(uploads -> new ObjectAnswer.Document(told(list, uploads)));
    }

    /** As the index has them: keys by their bytes in UTF-8. */
    private static final Comparator<IndexFound.ListedUpload> ORDER =
            Comparator.<IndexFound.ListedUpload, byte[]>comparing(
                            upload -> upload.upload().key().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)
                    .thenComparing(upload -> upload.upload().id().toString());

    /** Where a group's answer ended early nothing behind its end is shown: the group may have more there. */
    private static Optional<IndexFound.Uploads> merged(List<IndexFound> found) {
        var all = new ArrayList<IndexFound.ListedUpload>();
        var ends = new ArrayList<IndexFound.ListedUpload>();
        for (var each : found) {
            if (!(each instanceof IndexFound.Uploads some)) {
                return Optional.empty();
            }
            all.addAll(some.uploads());
            if (some.more()) {
                ends.add(some.uploads().getLast());
            }
        }
        var end = ends.stream().min(ORDER);
        var shown = all.stream()
                .filter(upload -> end.isEmpty() || ORDER.compare(upload, end.get()) <= 0)
                .sorted(ORDER)
                .toList();
        return Optional.of(new IndexFound.Uploads(shown, end.isPresent()));
    }

    private static ObjectReply told(ListMultipartUploads list, IndexFound.Uploads found) {
        var uploads = found.uploads();
        var shown = uploads.stream()
                .limit(list.uploadsMax())
                .map(upload -> new ObjectReply.ListedUpload(
                        upload.upload().key(),
                        upload.upload().id().toString(),
                        Instant.ofEpochMilli(upload.entry().createdMillis()),
                        upload.entry().algorithm(),
                        upload.entry().type()))
                .toList();
        boolean truncated = list.uploadsMax() > 0 && (found.more() || uploads.size() > shown.size());
        return new ObjectReply.UploadsListed(list, BucketQueries.OWNER, shown, truncated);
    }

    // ---- finding ----

    private record Begun(Bucket bucket, UploadEntry entry) {
        UploadRules.Upload rules() {
            return new UploadRules.Upload(entry.algorithm(), entry.type());
        }
    }

    private CompletionStage<Begun> found(ObjectName name, UploadKey upload) {
        return buckets.with(
                name.bucket(), bucket -> index.read(group(name.key()), new IndexRead.FindUpload(bucket.id(), upload))
                        .thenApply(found -> {
                            if (found instanceof IndexFound.Closed) {
                                return Optional.empty();
                            }
                            var entry = found instanceof IndexFound.Upload some ? some.entry() : null;
                            if (entry == null) {
                                throw new ServiceException(
                                        ObjectErrors.noSuchUpload(upload.id().toString()));
                            }
                            return Optional.of(new Begun(bucket, entry));
                        }));
    }

    private static UploadKey key(ObjectName name, String uploadId) {
        var id = UploadId.parse(uploadId);
        if (id == null) {
            throw new ServiceException(ObjectErrors.noSuchUpload(uploadId));
        }
        return new UploadKey(name.key(), id);
    }

    private int group(String key) {
        return IndexKeys.group(key, index.shards());
    }
}
