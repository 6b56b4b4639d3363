package io.murmuration.edge.distribution;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Outcome;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.edge.presence.InvalidationPath;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.edge.EdgeErrors;
import io.murmuration.protocol.edge.EdgeReply;
import io.murmuration.protocol.edge.EdgeRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Invalidations on the catalogue. One is durable when it is acknowledged, and is then carried out by {@link Rollout}.
 *
 * <p>Limits, as CloudFront has them: {@link #PATHS_MAX} paths under way for one distribution, of which {@link #WILDCARDS_MAX} may be wildcards. They are
 * counted in what this node's view shows, so that creations at the same moment may pass them by a little; what bounds the memory is the catalogue's own
 * limit.
 */
final class InvalidationService {
    static final int PATHS_MAX = 3000;
    static final int WILDCARDS_MAX = 15;
    private static final int BATCH_BYTES_MAX = 200 * 1024;

    private final Resources resources;
    private final Clock clock;
    private final RolloutWatch rollout;

    InvalidationService(Resources resources, Clock clock, RolloutWatch rollout) {
        this.resources = resources;
        this.clock = clock;
        this.rollout = rollout;
    }

    CompletionStage<EdgeReply> create(Resource distribution, EdgeRequest.Batch batch, long deadlineNanos) {
        check(distribution, batch);
        var id = Names.invalidation(distribution.id(), batch.callerReference());
        var made = new StoredInvalidation(
                distribution.name(),
                Sites.siteId(distribution.name(), distribution.id()),
                new EdgeReply.Invalidation(id, false, clock.millis(), batch));
        var content = made.encode();
        if (content.length > BATCH_BYTES_MAX) {
            throw new ServiceException(EdgeErrors.batchTooLarge());
        }
        return resources
                .put(Kind.DISTRIBUTION, Names.resource(distribution.id(), id), Resources.ABSENT, content, deadlineNanos)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Changed changed ->
                        rollout.noted(changed.resource(), deadlineNanos).thenApply(noted -> shown(made, true));
                    case Outcome.Conflict there -> repeated(there, batch, deadlineNanos);
                    case Outcome.Full full -> throw new ServiceException(EdgeErrors.tooManyInvalidations());
                });
    }

    private void check(Resource distribution, EdgeRequest.Batch batch) {
        try {
            batch.paths().forEach(InvalidationPath::new);
        } catch (IllegalArgumentException e) {
            throw new ServiceException(EdgeErrors.invalidPaths());
        }
        var underWay = all(distribution.id()).stream()
                .filter(each -> !each.shown().completed())
                .flatMap(each -> each.shown().batch().paths().stream())
                .toList();
        if (underWay.size() + batch.paths().size() > PATHS_MAX
                || wildcards(underWay) + wildcards(batch.paths()) > WILDCARDS_MAX) {
            throw new ServiceException(EdgeErrors.tooManyInvalidations());
        }
    }

    private static long wildcards(List<String> paths) {
        return paths.stream().filter(path -> path.endsWith("*")).count();
    }

    /** The same request again is answered as the first; another one under its reference is refused. */
    private CompletionStage<EdgeReply> repeated(
            Outcome.Conflict conflict, EdgeRequest.Batch batch, long deadlineNanos) {
        var now = conflict.now().orElseThrow(() -> new ServiceException(EdgeErrors.batchExists()));
        var there = StoredInvalidation.decode(now.content());
        if (!there.shown().batch().equals(batch)) {
            throw new ServiceException(EdgeErrors.batchExists());
        }
        return there.shown().completed()
                ? CompletableFuture.completedStage(shown(there, true))
                : rollout.noted(now, deadlineNanos).thenApply(noted -> shown(there, true));
    }

    /** "Not found" and "in progress" only after a read barrier: another node may know better. */
    CompletionStage<EdgeReply> get(Resource distribution, String id, long deadlineNanos) {
        var name = Names.resource(distribution.id(), id);
        var found = id.length() > 64
                ? Optional.<StoredInvalidation>empty()
                : resources.find(Kind.DISTRIBUTION, name).map(there -> StoredInvalidation.decode(there.content()));
        if (found.isPresent() && found.get().shown().completed()) {
            return CompletableFuture.completedStage(shown(found.get(), false));
        }
        return resources.confirm(deadlineNanos).thenApply(confirmed -> resources
                .find(Kind.DISTRIBUTION, name)
                .map(there -> shown(StoredInvalidation.decode(there.content()), false))
                .orElseThrow(() -> new ServiceException(EdgeErrors.noSuchInvalidation())));
    }

    /** Newest first. */
    EdgeReply list(Resource distribution, @Nullable String marker, int itemsMax) {
        var all = all(distribution.id()).stream()
                .map(StoredInvalidation::shown)
                .sorted(Comparator.comparingLong(EdgeReply.Invalidation::createdMillis)
                        .reversed()
                        .thenComparing(EdgeReply.Invalidation::id))
                .toList();
        int from = 0;
        if (marker != null) {
            from = 1 + all.stream().map(EdgeReply.Invalidation::id).toList().indexOf(marker);
        }
        var rest = all.subList(from, all.size());
        var page = rest.stream().limit(itemsMax).toList();
        return new EdgeReply.InvalidationsListed(marker, itemsMax, rest.size() > page.size(), page);
    }

    /** Batches that are under way. */
    int underWay(long incarnation) {
        return (int) all(incarnation).stream()
                .filter(each -> !each.shown().completed())
                .count();
    }

    private List<StoredInvalidation> all(long incarnation) {
        return Sites.invalidations(resources, Names.resources(incarnation)).stream()
                .map(each -> StoredInvalidation.decode(each.content()))
                .toList();
    }

    private static EdgeReply shown(StoredInvalidation stored, boolean created) {
        return new EdgeReply.InvalidationShown(stored.distribution(), stored.shown(), created);
    }
}
