package io.murmuration.gateway;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Outcome;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.gateway.GatewayError;
import io.murmuration.protocol.gateway.GatewayErrors;
import io.murmuration.protocol.gateway.GatewayReply;
import io.murmuration.protocol.gateway.GatewayReply.ApiReply;
import io.murmuration.protocol.gateway.GatewayReply.OfApi;
import io.murmuration.protocol.gateway.GatewayRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes, changes and shows APIs. Each is one resource of the catalogue: a change reads it, is decided by {@link PartRules}, and replaces just the revision it
 * was decided on.
 */
final class ApiService implements Apis {
    private static final int TRIES_MAX = 8;
    private static final int API_ID_CHARS = 10;
    private static final int PART_ID_CHARS = 7;
    private static final String ID_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String FULL = "There is no room for this in the catalogue; nothing was changed.";

    private final Resources resources;
    private final GatewaySettings settings;
    private final Clock clock;
    private final Chance chance;

    ApiService(Resources resources, GatewaySettings settings, Clock clock, Chance chance) {
        this.resources = resources;
        this.settings = settings;
        this.clock = clock;
        this.chance = chance;
    }

    @Override
    public CompletionStage<GatewayReply> answer(GatewayRequest request, long deadlineNanos) {
        try {
            return switch (request) {
                case GatewayRequest.CreateApi create -> create(create, deadlineNanos, TRIES_MAX);
                case GatewayRequest.GetApis list -> CompletableFuture.completedStage(list(list.page()));
                case GatewayRequest.DeleteApi delete ->
                    found(delete.api(), deadlineNanos)
                            .thenCompose(resource -> remove(resource, deadlineNanos, TRIES_MAX));
                case GatewayRequest.GetApi get ->
                    found(get.api(), deadlineNanos)
                            .thenApply(resource -> new ApiReply(described(ApiCodec.read(resource.content())), false));
                case GatewayRequest.GetPart get -> look(get, get.api(), deadlineNanos);
                case GatewayRequest.ListParts list -> look(list, list.api(), deadlineNanos);
                default -> {
                    var api = PartRules.api(request);
                    yield found(api, deadlineNanos)
                            .thenCompose(resource -> change(request, resource, false, deadlineNanos, TRIES_MAX));
                }
            };
        } catch (ServiceException refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }

    private CompletionStage<GatewayReply> create(GatewayRequest.CreateApi request, long deadlineNanos, int triesLeft) {
        var id = id(API_ID_CHARS);
        var state = ApiRules.create(request, id, this::partId, clock.millis());
        return put(id, Resources.ABSENT, state, deadlineNanos).thenCompose(outcome -> switch (outcome) {
            case Outcome.Changed made -> reply(new ApiReply(described(state), true));
            case Outcome.Conflict taken ->
                triesLeft > 1 ? create(request, deadlineNanos, triesLeft - 1) : tooManyChanges();
            case Outcome.Full full -> throw GatewayErrors.invalid(FULL);
        });
    }

    /**
     * @param current whether the resource is known to be the latest: a refusal that was decided on an older one is decided anew, behind the catalogue's
     *     barrier
     */
    private CompletionStage<GatewayReply> change(
            GatewayRequest request, Resource resource, boolean current, long deadlineNanos, int triesLeft) {
        PartRules.Step step;
        try {
            step = PartRules.decide(ApiCodec.read(resource.content()), request, this::partId, clock.millis());
        } catch (ServiceException refusal) {
            return current
                    ? CompletableFuture.failedStage(refusal)
                    : resources
                            .confirm(deadlineNanos)
                            .thenCompose(confirmed -> found(resource.name(), deadlineNanos))
                            .thenCompose(now -> change(request, now, true, deadlineNanos, triesLeft));
        }
        return put(resource.name(), resource.revision(), step.state(), deadlineNanos)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Changed changed -> reply(replied(step));
                    case Outcome.Conflict conflict ->
                        again(
                                resource,
                                conflict,
                                triesLeft,
                                now -> change(request, now, true, deadlineNanos, triesLeft - 1));
                    case Outcome.Full full -> throw GatewayErrors.invalid(FULL);
                });
    }

    private CompletionStage<GatewayReply> remove(Resource resource, long deadlineNanos, int triesLeft) {
        return resources
                .remove(Kind.API, resource.name(), resource.revision(), deadlineNanos)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Changed removed -> reply(new GatewayReply.Removed());
                    case Outcome.Conflict conflict ->
                        again(resource, conflict, triesLeft, now -> remove(now, deadlineNanos, triesLeft - 1));
                    case Outcome.Full full -> throw new IllegalStateException("no room to remove something");
                });
    }

    /** Another change came first: this one is decided anew, on what there is now. */
    private CompletionStage<GatewayReply> again(
            Resource before,
            Outcome.Conflict conflict,
            int triesLeft,
            Function<Resource, CompletionStage<GatewayReply>> anew) {
        if (conflict.now().isEmpty()) {
            throw GatewayErrors.noApi(settings.account(), before.name());
        }
        return triesLeft > 1 ? anew.apply(conflict.now().get()) : tooManyChanges();
    }

    /** A part that is not known here may have been made on another node just now. */
    private CompletionStage<GatewayReply> look(GatewayRequest request, String api, long deadlineNanos) {
        Supplier<CompletionStage<GatewayReply>> looking = () -> found(api, deadlineNanos)
                .thenApply(resource -> PartRules.look(ApiCodec.read(resource.content()), request));
        return looking.get()
                .exceptionallyCompose(failure -> isNotFound(failure)
                        ? resources.confirm(deadlineNanos).thenCompose(confirmed -> looking.get())
                        : CompletableFuture.failedStage(failure));
    }

    private static boolean isNotFound(Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof ServiceException refusal && refusal.error().code() == GatewayError.NOT_FOUND;
    }

    private CompletionStage<Resource> found(String api, long deadlineNanos) {
        var known = resources.find(Kind.API, api);
        if (known.isPresent()) {
            return CompletableFuture.completedStage(known.get());
        }
        return resources.confirm(deadlineNanos).thenApply(confirmed -> resources
                .find(Kind.API, api)
                .orElseThrow(() -> GatewayErrors.noApi(settings.account(), api)));
    }

    private GatewayReply list(GatewayRequest.Page page) {
        var found = resources.list(Kind.API, page.after(), page.max() + 1);
        boolean more = found.size() > page.max();
        var shown = more ? found.subList(0, page.max()) : found;
        return new GatewayReply.ApisReply(
                shown.stream()
                        .map(resource -> described(ApiCodec.read(resource.content())))
                        .toList(),
                more ? shown.getLast().name() : null);
    }

    private CompletionStage<Outcome> put(String id, long revision, ApiState state, long deadlineNanos) {
        var content = ApiCodec.write(state);
        if (content.length > Resources.CONTENT_BYTES_MAX) {
            throw GatewayErrors.invalid("An API with its parts and deployments has at most "
                    + Resources.CONTENT_BYTES_MAX + " bytes; delete deployments that no stage serves.");
        }
        return resources.put(Kind.API, id, revision, content, deadlineNanos);
    }

    private GatewayReply replied(PartRules.Step step) {
        return step.reply().isPresent() ? step.reply().get() : new ApiReply(described(step.state()), false);
    }

    private OfApi described(ApiState state) {
        return new OfApi(
                state.api(), settings.endpoint() + ApiAddress.ROOT + state.api().id());
    }

    private static CompletionStage<GatewayReply> reply(GatewayReply reply) {
        return CompletableFuture.completedStage(reply);
    }

    private static CompletionStage<GatewayReply> tooManyChanges() {
        return CompletableFuture.failedStage(new ServiceException(GatewayErrors.tooManyChanges()));
    }

    private String partId() {
        return id(PART_ID_CHARS);
    }

    private String id(int chars) {
        var id = new StringBuilder(chars);
        while (id.length() < chars) {
            id.append(ID_CHARS.charAt((int) chance.nextLong(ID_CHARS.length())));
        }
        return id.toString();
    }
}
