package io.murmuration.function;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Outcome;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.function.code.CodeId;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionCode;
import io.murmuration.protocol.function.FunctionConfiguration;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.FunctionRequest.CreateFunction;
import io.murmuration.protocol.function.FunctionRequest.DeleteFunction;
import io.murmuration.protocol.function.FunctionRequest.ListFunctions;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionCode;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionConfiguration;
import io.murmuration.protocol.function.FunctionRules;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Functions as resources of the catalogue, each by its name. There are no versions but {@code $LATEST}.
 *
 * <p>Invariants: the code of whatever is in the catalogue was durable before. A change is decided on the state that it replaces: if that changed
 * meanwhile it is decided anew, a few times. "Not found" is said only behind the catalogue's read barrier.
 * <p>Failure: {@code UNAVAILABLE} if nothing was done, {@code OUTCOME_UNKNOWN} if a change may have been made.
 */
public final class CatalogueFunctions implements FunctionRegistry {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 4;

    private final Resources resources;
    private final CodeAdmission code;
    private final FunctionSettings settings;
    private final Clock clock;
    private final Chance chance;
    private final DeploymentCache decoded = new DeploymentCache();

    /** @param chance fit for identifiers that never meet again */
    public CatalogueFunctions(
            Resources resources, CodeAdmission code, FunctionSettings settings, Clock clock, Chance chance) {
        this.resources = resources;
        this.code = code;
        this.settings = settings;
        this.clock = clock;
        this.chance = chance;
    }

    @Override
    public CompletionStage<Optional<Deployment>> find(String functionName, String qualifier) {
        if (!qualifier.equals(FunctionConfiguration.LATEST)) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        var known = known(functionName);
        return known.isPresent()
                ? CompletableFuture.completedStage(known)
                : confirmed().thenApply(shown -> known(functionName));
    }

    @Override
    public Optional<Deployment> known(String functionName) {
        return resources.find(Kind.FUNCTION, functionName).map(decoded::get);
    }

    @Override
    public CompletionStage<FunctionConfiguration> create(CreateFunction request) {
        if (request.publish()) {
            return refused(noVersions());
        }
        return confirmed().thenCompose(shown -> {
            if (resources.find(Kind.FUNCTION, request.name()).isPresent()) {
                return refused(FunctionErrors.exists(request.name()));
            }
            return stored(request.code()).thenCompose(stored -> created(request, stored));
        });
    }

    /** @param bytes of the zip */
    private record Stored(CodeId id, int bytes) {}

    private CompletionStage<Stored> stored(FunctionCode given) {
        return zip(given).thenCompose(zip -> code.admit(zip).thenApply(id -> new Stored(id, zip.length)));
    }

    private static CompletionStage<byte[]> zip(FunctionCode given) {
        var zip = given.zip();
        return zip == null
                ? refused(FunctionErrors.invalid("Code in a bucket is not supported here yet; upload it as ZipFile."))
                : CompletableFuture.completedStage(zip);
    }

    private CompletionStage<FunctionConfiguration> created(CreateFunction request, Stored stored) {
        var arn = new FunctionName(request.name(), null).arn(settings.region(), settings.account());
        var function = FunctionRules.created(
                request.name(),
                arn,
                request.settings(),
                stored.bytes(),
                stored.id().base64(),
                clock.millis(),
                revisionId());
        var content = FunctionRecordCodec.encode(new Deployment(function, OptionalInt.empty()));
        return resources
                .put(Kind.FUNCTION, request.name(), Resources.ABSENT, content, deadline())
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Changed changed -> CompletableFuture.completedStage(function);
                    case Outcome.Conflict conflict -> refused(FunctionErrors.exists(request.name()));
                    case Outcome.Full full -> refused(FunctionErrors.storageFull());
                });
    }

    @Override
    public CompletionStage<FunctionConfiguration> updateCode(UpdateFunctionCode request) {
        if (request.publish()) {
            return refused(noVersions());
        }
        return existing(request.name(), request.revisionId())
                .thenCompose(found -> request.dryRun()
                        ? checked(found, request.code())
                        : stored(request.code())
                                .thenCompose(stored -> changed(
                                        request.name(),
                                        request.revisionId(),
                                        before -> FunctionRules.withCode(
                                                before,
                                                stored.bytes(),
                                                stored.id().base64(),
                                                clock.millis(),
                                                revisionId()))));
    }

    /** What the function would be; its revision stays. */
    private CompletionStage<FunctionConfiguration> checked(Resource found, FunctionCode given) {
        var before = decoded.get(found).configuration();
        return zip(given).thenCompose(zip -> code.check(zip)
                .thenApply(sound -> FunctionRules.withCode(
                        before, zip.length, CodeId.of(zip).base64(), before.modifiedMillis(), before.revisionId())));
    }

    @Override
    public CompletionStage<FunctionConfiguration> updateConfiguration(UpdateFunctionConfiguration request) {
        return changed(
                request.name(),
                request.revisionId(),
                before -> FunctionRules.changed(before, request.settings(), clock.millis(), revisionId()));
    }

    private CompletionStage<FunctionConfiguration> changed(
            FunctionName name, @Nullable String revisionId, UnaryOperator<FunctionConfiguration> change) {
        return attempt(name, revisionId, change, TRIES);
    }

    private CompletionStage<FunctionConfiguration> attempt(
            FunctionName name, @Nullable String revisionId, UnaryOperator<FunctionConfiguration> change, int tries) {
        return existing(name, revisionId).thenCompose(found -> {
            var before = decoded.get(found);
            var after = change.apply(before.configuration());
            var content = FunctionRecordCodec.encode(new Deployment(after, before.reservedConcurrency()));
            return resources
                    .put(Kind.FUNCTION, found.name(), found.revision(), content, deadline())
                    .thenCompose(outcome -> switch (outcome) {
                        case Outcome.Changed done -> CompletableFuture.completedStage(after);
                        case Outcome.Conflict conflict ->
                            tries > 1
                                    ? attempt(name, revisionId, change, tries - 1)
                                    : refused(FunctionErrors.beingChanged(arn(name)));
                        case Outcome.Full full -> refused(FunctionErrors.storageFull());
                    });
        });
    }

    @Override
    public CompletionStage<Done> delete(DeleteFunction request) {
        if (FunctionConfiguration.LATEST.equals(request.name().qualifier())) {
            return refused(FunctionErrors.invalid("$LATEST version cannot be deleted without deleting the function."));
        }
        return removed(request.name(), TRIES);
    }

    private CompletionStage<Done> removed(FunctionName name, int tries) {
        return existing(name, null)
                .thenCompose(found -> resources.remove(Kind.FUNCTION, found.name(), found.revision(), deadline()))
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Changed done -> CompletableFuture.completedStage(Done.getInstance());
                    case Outcome.Conflict conflict ->
                        tries > 1 ? removed(name, tries - 1) : refused(FunctionErrors.beingChanged(arn(name)));
                    case Outcome.Full impossible -> throw new IllegalStateException("no room to remove something");
                });
    }

    @Override
    public CompletionStage<Page> list(ListFunctions request) {
        return confirmed().thenApply(shown -> {
            var found = resources.list(Kind.FUNCTION, request.marker(), request.itemsMax() + 1);
            boolean isLast = found.size() <= request.itemsMax();
            var page = found.stream()
                    .limit(request.itemsMax())
                    .map(each -> decoded.get(each).configuration())
                    .toList();
            return new Page(page, isLast ? null : page.getLast().name());
        });
    }

    /** What is there now, behind the barrier. */
    private CompletionStage<Resource> existing(FunctionName name, @Nullable String revisionId) {
        return confirmed().thenApply(shown -> {
            boolean isLatest = name.qualifierOrLatest().equals(FunctionConfiguration.LATEST);
            var found = isLatest ? resources.find(Kind.FUNCTION, name.name()) : Optional.<Resource>empty();
            if (found.isEmpty()) {
                throw new ServiceException(FunctionErrors.notFound(arn(name)));
            }
            var now = decoded.get(found.get()).configuration().revisionId();
            if (revisionId != null && !revisionId.equals(now)) {
                throw new ServiceException(FunctionErrors.otherRevision());
            }
            return found.get();
        });
    }

    private CompletionStage<Void> confirmed() {
        return resources.confirm(deadline());
    }

    private long deadline() {
        return clock.nanos() + PATIENCE.toNanos();
    }

    private String arn(FunctionName name) {
        return name.arn(settings.region(), settings.account());
    }

    private String revisionId() {
        return RandomIds.uuid(chance);
    }

    private static ServiceError noVersions() {
        return FunctionErrors.invalid("Versions of functions are not supported here yet; leave Publish out.");
    }

    private static <T> CompletionStage<T> refused(ServiceError error) {
        return CompletableFuture.failedStage(new ServiceException(error));
    }
}
