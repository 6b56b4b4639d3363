package io.murmuration.object;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Outcome;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.operation.NotificationConfiguration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Buckets in the catalogue. Stages fail with {@link ServiceException}. */
final class Buckets {
    /** As AWS forms the names of its regions; a bucket of any of them lives here, as one of another region can be made at that of us-east-1. */
    private static final Pattern REGION = Pattern.compile("EU|[a-z]{2}(-[a-z]++)++-[0-9]");

    private final Resources catalogue;
    private final ObjectIndex index;
    private final BucketDeletion deletion;
    private final Clock clock;
    private final String region;

    Buckets(Resources catalogue, ObjectIndex index, Clock clock, String region) {
        this.catalogue = catalogue;
        this.index = index;
        this.deletion = new BucketDeletion(catalogue, index);
        this.clock = clock;
        this.region = region;
    }

    CompletionStage<Void> create(String name, @Nullable String wanted) {
        if (wanted != null && !REGION.matcher(wanted).matches()) {
            throw new ServiceException(
                    new ServiceError(ObjectError.INVALID_LOCATION, "The specified location-constraint is not valid"));
        }
        var created = Instant.ofEpochMilli(clock.millis());
        var content =
                new Bucket.Content(created, wanted == null ? region : wanted, false, NotificationConfiguration.NONE);
        return catalogue
                .put(Kind.BUCKET, name, Resources.ABSENT, Bucket.write(content), index.deadline())
                .thenAccept(outcome -> {
                    switch (outcome) {
                        case Outcome.Changed changed -> {}
                        case Outcome.Conflict conflict -> {
                            boolean going = conflict.now()
                                    .map(Bucket::of)
                                    .map(Bucket::deleting)
                                    .orElse(false);
                            throw new ServiceException(going ? conflicting() : ObjectErrors.bucketOwned(name));
                        }
                        case Outcome.Full full -> throw full();
                    }
                });
    }

    /** "Not found" is said only after the catalogue's read barrier. */
    CompletionStage<Bucket> find(String name) {
        var known = lookUp(name);
        return known.isPresent() ? CompletableFuture.completedFuture(known.get()) : confirmed(name);
    }

    /** As the catalogue has it after its read barrier. */
    CompletionStage<Bucket> confirmed(String name) {
        return catalogue.confirm(index.deadline()).thenApply(confirmed -> lookUp(name)
                .orElseThrow(() -> new ServiceException(ObjectErrors.noSuchBucket(name))));
    }

    private Optional<Bucket> lookUp(String name) {
        return catalogue.find(Kind.BUCKET, name).map(Bucket::of);
    }

    /** In the order of their names, at most so many of those after this one. */
    List<Bucket> list(@Nullable String after, int limit) {
        return catalogue.list(Kind.BUCKET, after, limit).stream()
                .map(Bucket::of)
                .toList();
    }

    /** After the catalogue's read barrier, so that a bucket just made elsewhere is listed. */
    CompletionStage<Void> confirm() {
        return catalogue.confirm(index.deadline());
    }

    CompletionStage<Void> delete(String name) {
        return confirmed(name).thenCompose(deletion::run);
    }

    /** Goes on with deletions whose nodes may have died. */
    CompletionStage<Void> resumeDeletions() {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (var bucket : list(null, Integer.MAX_VALUE)) {
            if (bucket.deleting()) {
                all = all.thenCompose(done -> deletion.run(bucket).exceptionally(failure -> {
                    if (ObjectIndex.cause(failure) instanceof ServiceException) {
                        return null; // it has objects, or somebody else was faster, or it is tried again later
                    }
                    throw new java.util.concurrent.CompletionException(failure);
                }));
            }
        }
        return all;
    }

    /**
     * Uses the bucket of this name.
     *
     * @param use completes empty if the bucket's index is closed: it is then looked for once more
     */
    <R> CompletionStage<R> with(String name, Function<Bucket, CompletionStage<Optional<R>>> use) {
        return find(name)
                .thenCompose(use)
                .thenCompose(used -> used.isPresent()
                        ? CompletableFuture.completedFuture(used.get())
                        : confirmed(name)
                                .thenCompose(this::reopened)
                                .thenCompose(use)
                                .thenApply(again -> again.orElseThrow(() -> new ServiceException(conflicting()))));
    }

    /** An index may have missed that a deletion was undone. */
    private CompletionStage<Bucket> reopened(Bucket bucket) {
        if (bucket.deleting()) {
            throw new ServiceException(conflicting());
        }
        return deletion.reopen(bucket.id(), bucket.revision()).thenApply(open -> bucket);
    }

    CompletionStage<Void> notify(String name, NotificationConfiguration configuration) {
        return confirmed(name).thenCompose(bucket -> {
            if (bucket.deleting()) {
                throw new ServiceException(conflicting());
            }
            return catalogue
                    .put(
                            Kind.BUCKET,
                            name,
                            bucket.revision(),
                            Bucket.write(bucket.notifying(configuration)),
                            index.deadline())
                    .thenAccept(outcome -> {
                        switch (outcome) {
                            case Outcome.Changed changed -> {}
                            case Outcome.Conflict conflict -> throw new ServiceException(conflicting());
                            case Outcome.Full full -> throw full();
                        }
                    });
        });
    }

    static ServiceError conflicting() {
        return new ServiceError(
                ObjectError.OPERATION_ABORTED,
                "A conflicting conditional operation is currently in progress against this resource. Try again.");
    }

    private static ServiceException full() {
        return new ServiceException(new ServiceError(
                CommonError.UNAVAILABLE, "The catalogue has no room for more; delete what is not needed."));
    }
}
