package io.murmuration.object;

import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Outcome;
import io.murmuration.object.index.IndexIntent;
import io.murmuration.object.index.IndexOutcome;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Deletes a bucket if it has no objects; see {@link io.murmuration.object.index.BucketState} for why none can be lost. May be begun by several at once,
 * and broken off anywhere: whoever comes next goes on.
 */
final class BucketDeletion {
    private final Resources catalogue;
    private final ObjectIndex index;

    BucketDeletion(Resources catalogue, ObjectIndex index) {
        this.catalogue = catalogue;
        this.index = index;
    }

    CompletionStage<Void> run(Bucket bucket) {
        return marked(bucket).thenCompose(marked -> goOn(marked).exceptionally(failure -> {
            throw unfinished(ObjectIndex.cause(failure));
        }));
    }

    private CompletionStage<Void> goOn(Bucket marked) {
        return close(marked).thenCompose(closed -> {
            if (closed) {
                return remove(marked);
            }
            return undo(marked)
                    .thenCompose(undone -> CompletableFuture.failedFuture(
                            new ServiceException(ObjectErrors.bucketNotEmpty(marked.name()))));
        });
    }

    /** What could not be done now is gone on with later: nobody may be told that nothing was done. */
    private static CompletionException unfinished(Throwable failure) {
        boolean later = failure instanceof ServiceException refused
                && (refused.error().code() == CommonError.UNAVAILABLE
                        || refused.error().code() == CommonError.THROTTLING);
        return new CompletionException(
                later
                        ? new ServiceException(new ServiceError(
                                CommonError.OUTCOME_UNKNOWN,
                                "The deletion was begun and not finished; it may be asked for again."))
                        : failure);
    }

    private CompletionStage<Bucket> marked(Bucket bucket) {
        return bucket.deleting() ? CompletableFuture.completedFuture(bucket) : put(bucket, true);
    }

    private CompletionStage<Bucket> put(Bucket bucket, boolean deleting) {
        var content = Bucket.write(bucket.deleting(deleting));
        return catalogue
                .put(Kind.BUCKET, bucket.name(), bucket.revision(), content, index.deadline())
                .thenApply(outcome -> {
                    if (outcome instanceof Outcome.Changed changed) {
                        return Bucket.of(changed.resource());
                    }
                    throw new ServiceException(Buckets.conflicting());
                });
    }

    /** Whether no group has objects. */
    private CompletionStage<Boolean> close(Bucket bucket) {
        return all(bucket.id(), new IndexIntent.Close(bucket.revision()))
                .thenApply(outcomes -> outcomes.stream().allMatch(IndexOutcome.Done.class::isInstance));
    }

    private CompletionStage<Void> remove(Bucket bucket) {
        return catalogue
                .remove(Kind.BUCKET, bucket.name(), bucket.revision(), index.deadline())
                .thenAccept(outcome -> {
                    if (outcome instanceof Outcome.Conflict conflict
                            && conflict.now()
                                    .map(now -> now.id() == bucket.id())
                                    .orElse(false)) {
                        throw new ServiceException(Buckets.conflicting());
                    }
                });
    }

    /** First in the catalogue: nobody then can go on with this deletion. */
    private CompletionStage<Void> undo(Bucket bucket) {
        return put(bucket, false).thenCompose(now -> reopen(now.id(), now.revision()));
    }

    /** @param revision of the bucket that is not being deleted */
    CompletionStage<Void> reopen(long bucket, long revision) {
        return all(bucket, new IndexIntent.Reopen(revision)).thenApply(outcomes -> null);
    }

    private CompletionStage<List<IndexOutcome>> all(long bucket, IndexIntent.Remote intent) {
        var asked = new ArrayList<CompletableFuture<IndexOutcome>>();
        for (int group = 1; group <= index.shards(); group++) {
            asked.add(index.decide(group, bucket, intent, 0).toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        done -> asked.stream().map(CompletableFuture::resultNow).toList());
    }
}
