package io.murmuration.edge.distribution;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Outcome;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.edge.DistributionConfig;
import io.murmuration.protocol.edge.EdgeErrors;
import io.murmuration.protocol.edge.EdgeReply;
import io.murmuration.protocol.edge.EdgeRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * CloudFront's control plane on the catalogue.
 *
 * <p>Invariants: a change is decided on one state and made only on that. An alias is looked for before and, behind a read barrier, after the change that
 * takes it: of two changes that take the same at once, the one that the catalogue makes second finds the first, and takes itself back. So no two are
 * acknowledged; both may be refused.
 * <p>Failure: a change whose outcome is unknown is said to be; if it was made, its alias may be another's, too, until somebody changes one of the two.
 * <p>Limits: {@link #DISTRIBUTIONS_MAX}; see {@link InvalidationService} for the others.
 */
public final class DistributionService implements Distributions {
    static final int DISTRIBUTIONS_MAX = 200;
    private static final int ROUNDS_MAX = 8;

    private final Resources resources;
    private final Clock clock;
    private final int port;
    private final RolloutWatch rollout;
    private final InvalidationService invalidations;

    /** @param port by which viewers reach this node */
    public DistributionService(Resources resources, Clock clock, int port) {
        this.resources = resources;
        this.clock = clock;
        this.port = port;
        this.rollout = new RolloutWatch(resources, clock);
        this.invalidations = new InvalidationService(resources, clock, rollout);
    }

    @Override
    public CompletionStage<EdgeReply> answer(EdgeRequest request, long deadlineNanos) {
        return switch (request) {
            case EdgeRequest.CreateDistribution create -> create(create.config(), deadlineNanos);
            case EdgeRequest.GetDistribution get ->
                settled(get.id(), deadlineNanos).thenApply(found -> shown(found, false));
            case EdgeRequest.GetDistributionConfig get ->
                find(get.id(), deadlineNanos).thenApply(DistributionService::config);
            case EdgeRequest.UpdateDistribution update -> update(update, deadlineNanos);
            case EdgeRequest.ListDistributions list -> CompletableFuture.completedStage(list(list));
            case EdgeRequest.DeleteDistribution delete -> delete(delete, deadlineNanos);
            case EdgeRequest.CreateInvalidation create ->
                find(create.distribution(), deadlineNanos)
                        .thenCompose(found -> invalidations.create(found, create.batch(), deadlineNanos));
            case EdgeRequest.GetInvalidation get ->
                find(get.distribution(), deadlineNanos)
                        .thenCompose(found -> invalidations.get(found, get.id(), deadlineNanos));
            case EdgeRequest.ListInvalidations list ->
                find(list.distribution(), deadlineNanos)
                        .thenApply(found -> invalidations.list(found, list.marker(), list.itemsMax()));
        };
    }

    private CompletionStage<EdgeReply> create(DistributionConfig config, long deadlineNanos) {
        BehaviourRules.behaviours(config);
        var name = Names.distribution(config.callerReference());
        return resources.confirm(deadlineNanos).thenCompose(confirmed -> {
            checkAliases(name, config);
            if (Sites.distributions(resources).size() >= DISTRIBUTIONS_MAX) {
                throw new ServiceException(EdgeErrors.tooManyDistributions());
            }
            var content = encoded(StoredDistribution.made(config, clock.millis()));
            return resources
                    .put(Kind.DISTRIBUTION, name, Resources.ABSENT, content, deadlineNanos)
                    .thenCompose(outcome -> switch (outcome) {
                        case Outcome.Changed changed ->
                            settle(
                                            changed.resource(),
                                            config,
                                            deadlineNanos,
                                            resource -> takeBack(resources.remove(
                                                    Kind.DISTRIBUTION,
                                                    resource.name(),
                                                    resource.revision(),
                                                    deadlineNanos)))
                                    .thenCompose(made -> shown(made, true, deadlineNanos));
                        case Outcome.Conflict taken -> throw new ServiceException(EdgeErrors.alreadyExists());
                        case Outcome.Full full -> throw new ServiceException(EdgeErrors.tooManyDistributions());
                    });
        });
    }

    private CompletionStage<EdgeReply> update(EdgeRequest.UpdateDistribution update, long deadlineNanos) {
        BehaviourRules.behaviours(update.config());
        return resources.confirm(deadlineNanos).thenCompose(confirmed -> changing(
                        update.id(), update.etag(), 0, found -> {
                            var before = StoredDistribution.decode(found.content());
                            if (!before.config()
                                    .callerReference()
                                    .equals(update.config().callerReference())) {
                                throw new ServiceException(EdgeErrors.illegalUpdate());
                            }
                            checkAliases(found.name(), update.config());
                            var content = encoded(before.changed(update.config(), clock.millis()));
                            return resources
                                    .put(Kind.DISTRIBUTION, found.name(), found.revision(), content, deadlineNanos)
                                    .thenCompose(outcome -> outcome instanceof Outcome.Changed changed
                                            ? settle(
                                                            changed.resource(),
                                                            update.config(),
                                                            deadlineNanos,
                                                            resource -> takeBack(resources.put(
                                                                    Kind.DISTRIBUTION,
                                                                    resource.name(),
                                                                    resource.revision(),
                                                                    before.again()
                                                                            .encode(),
                                                                    deadlineNanos)))
                                                    .thenApply(Optional::of)
                                            : refusedOrAgain(outcome));
                        })
                .thenCompose(made -> shown(made, false, deadlineNanos)));
    }

    private CompletionStage<EdgeReply> delete(EdgeRequest.DeleteDistribution delete, long deadlineNanos) {
        return resources.confirm(deadlineNanos).thenCompose(confirmed -> changing(
                        delete.id(), delete.etag(), 0, found -> {
                            var now = StoredDistribution.decode(found.content());
                            if (now.config().enabled() || !now.deployed()) {
                                throw new ServiceException(EdgeErrors.notDisabled());
                            }
                            return resources
                                    .remove(Kind.DISTRIBUTION, found.name(), found.revision(), deadlineNanos)
                                    .thenCompose(outcome -> outcome instanceof Outcome.Changed changed
                                            ? CompletableFuture.completedStage(Optional.of(changed.resource()))
                                            : refusedOrAgain(outcome));
                        })
                .thenApply(gone -> new EdgeReply.DistributionDeleted()));
    }

    /** Changes what the client saw: again if something else about it was noted meanwhile, for that is not what its ETag speaks of. */
    private CompletionStage<Resource> changing(
            String id,
            @Nullable String etag,
            int round,
            Function<Resource, CompletionStage<Optional<Resource>>> change) {
        var found = resources.find(Kind.DISTRIBUTION, id).filter(there -> Names.isDistribution(id));
        if (found.isEmpty()) {
            throw new ServiceException(EdgeErrors.noSuchDistribution());
        }
        checkEtag(found.get(), etag);
        if (round == ROUNDS_MAX) {
            throw new ServiceException(new ServiceError(
                    CommonError.UNAVAILABLE,
                    "The distribution is being changed by others; nothing was done. It is safe to retry."));
        }
        return change.apply(found.get())
                .thenCompose(made -> made.isPresent()
                        ? CompletableFuture.completedStage(made.get())
                        : changing(id, etag, round + 1, change));
    }

    private static CompletionStage<Optional<Resource>> refusedOrAgain(Outcome outcome) {
        if (outcome instanceof Outcome.Full) {
            throw new ServiceException(EdgeErrors.tooManyDistributions());
        }
        return CompletableFuture.completedStage(Optional.empty());
    }

    private static void checkEtag(Resource found, @Nullable String etag) {
        if (etag == null || !Names.isEtag(etag)) {
            throw new ServiceException(EdgeErrors.noMatch());
        }
        if (!etag.equals(etagOf(found, StoredDistribution.decode(found.content())))) {
            throw new ServiceException(EdgeErrors.otherVersion());
        }
    }

    private static String etagOf(Resource resource, StoredDistribution stored) {
        return Names.etag(resource.id(), stored.version());
    }

    private void checkAliases(String name, DistributionConfig config) {
        if (!config.aliases().isEmpty() && taken(name, config.aliases())) {
            throw new ServiceException(EdgeErrors.aliasTaken());
        }
    }

    private boolean taken(String name, List<String> aliases) {
        return Sites.distributions(resources).stream()
                .filter(other -> !other.name().equals(name))
                .anyMatch(other -> StoredDistribution.decode(other.content()).config().aliases().stream()
                        .anyMatch(aliases::contains));
    }

    /** After the change: if another has taken an alias meanwhile, this one is taken back. */
    private CompletionStage<Resource> settle(
            Resource made,
            DistributionConfig config,
            long deadlineNanos,
            Function<Resource, CompletionStage<Void>> undo) {
        if (config.aliases().isEmpty()) {
            return CompletableFuture.completedStage(made);
        }
        return resources.confirm(deadlineNanos).thenCompose(confirmed -> {
            if (!taken(made.name(), config.aliases())) {
                return CompletableFuture.completedStage(made);
            }
            return undo.apply(made).thenApply(undone -> {
                throw new ServiceException(EdgeErrors.aliasTaken());
            });
        });
    }

    private static CompletionStage<Void> takeBack(CompletionStage<Outcome> undone) {
        return undone.thenAccept(outcome -> {
            if (!(outcome instanceof Outcome.Changed)) {
                throw new ServiceException(new ServiceError(
                        CommonError.OUTCOME_UNKNOWN,
                        "An alias is another's too, and the distribution was changed meanwhile. Look what there is."));
            }
        });
    }

    private static byte[] encoded(StoredDistribution stored) {
        var content = stored.encode();
        if (content.length > Resources.CONTENT_BYTES_MAX) {
            throw new ServiceException(EdgeErrors.tooLarge());
        }
        return content;
    }

    /** "In progress", too, only after a read barrier: another node may know better. */
    private CompletionStage<Resource> settled(String id, long deadlineNanos) {
        return find(id, deadlineNanos)
                .thenCompose(found -> StoredDistribution.decode(found.content()).deployed()
                        ? CompletableFuture.completedStage(found)
                        : resources.confirm(deadlineNanos).thenCompose(confirmed -> find(id, deadlineNanos)));
    }

    /** "Not found" only after a read barrier. */
    private CompletionStage<Resource> find(String id, long deadlineNanos) {
        if (!Names.isDistribution(id)) {
            return CompletableFuture.failedStage(new ServiceException(EdgeErrors.noSuchDistribution()));
        }
        var found = resources.find(Kind.DISTRIBUTION, id);
        return found.isPresent()
                ? CompletableFuture.completedStage(found.get())
                : resources.confirm(deadlineNanos).thenApply(confirmed -> resources
                        .find(Kind.DISTRIBUTION, id)
                        .orElseThrow(() -> new ServiceException(EdgeErrors.noSuchDistribution())));
    }

    private EdgeReply list(EdgeRequest.ListDistributions list) {
        var all = Sites.distributions(resources).stream()
                .filter(each -> list.marker() == null || each.name().compareTo(list.marker()) > 0)
                .toList();
        var page = all.stream().limit(list.itemsMax()).map(this::shown).toList();
        return new EdgeReply.DistributionsListed(list.marker(), list.itemsMax(), all.size() > page.size(), page);
    }

    /** As it was made, {@code InProgress}, but only when it need not be any more. */
    private CompletionStage<EdgeReply> shown(Resource made, boolean created, long deadlineNanos) {
        return rollout.noted(made, deadlineNanos).thenApply(noted -> shown(made, created));
    }

    private EdgeReply shown(Resource resource, boolean created) {
        return new EdgeReply.DistributionShown(shown(resource), created);
    }

    private EdgeReply.Distribution shown(Resource resource) {
        var stored = StoredDistribution.decode(resource.content());
        return new EdgeReply.Distribution(
                resource.name(),
                etagOf(resource, stored),
                resource.name().toLowerCase(Locale.ROOT) + ".cloudfront.localhost:" + port,
                stored.deployed(),
                stored.modifiedMillis(),
                invalidations.underWay(resource.id()),
                stored.config());
    }

    private static EdgeReply config(Resource resource) {
        var stored = StoredDistribution.decode(resource.content());
        return new EdgeReply.ConfigShown(etagOf(resource, stored), stored.config());
    }
}
