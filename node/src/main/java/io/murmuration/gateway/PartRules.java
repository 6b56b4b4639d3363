package io.murmuration.gateway;

import io.murmuration.protocol.gateway.Deployment;
import io.murmuration.protocol.gateway.GatewayReply;
import io.murmuration.protocol.gateway.GatewayReply.DeploymentReply;
import io.murmuration.protocol.gateway.GatewayReply.IntegrationReply;
import io.murmuration.protocol.gateway.GatewayReply.PartsReply;
import io.murmuration.protocol.gateway.GatewayReply.Removed;
import io.murmuration.protocol.gateway.GatewayReply.RouteReply;
import io.murmuration.protocol.gateway.GatewayReply.StageReply;
import io.murmuration.protocol.gateway.GatewayRequest;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a request makes of an API, and what it is told. */
final class PartRules {
    private PartRules() {}

    /**
     * @param state after the request
     * @param reply empty if the API itself is to be shown
     */
    record Step(ApiState state, Optional<GatewayReply> reply) {
        static Step of(ApiState state, GatewayReply reply) {
            return new Step(state, Optional.of(reply));
        }
    }

    /** The API that a request for a change names. */
    static String api(GatewayRequest request) {
        return switch (request) {
            case GatewayRequest.UpdateApi update -> update.api();
            case GatewayRequest.DeleteCors delete -> delete.api();
            case GatewayRequest.CreateRoute create -> create.api();
            case GatewayRequest.UpdateRoute update -> update.api();
            case GatewayRequest.CreateIntegration create -> create.api();
            case GatewayRequest.UpdateIntegration update -> update.api();
            case GatewayRequest.CreateStage create -> create.api();
            case GatewayRequest.UpdateStage update -> update.api();
            case GatewayRequest.DeleteAccessLog delete -> delete.api();
            case GatewayRequest.DeleteRouteSettings delete -> delete.api();
            case GatewayRequest.CreateDeployment create -> create.api();
            case GatewayRequest.UpdateDeployment update -> update.api();
            case GatewayRequest.DeletePart delete -> delete.api();
            case GatewayRequest.CreateApi create -> throw noChange(request);
            case GatewayRequest.DeleteApi delete -> throw noChange(request);
            case GatewayRequest.GetApi get -> throw noChange(request);
            case GatewayRequest.GetApis list -> throw noChange(request);
            case GatewayRequest.GetPart get -> throw noChange(request);
            case GatewayRequest.ListParts list -> throw noChange(request);
        };
    }

    /**
     * @param ids gives ids of parts
     * @throws io.murmuration.protocol.ServiceException if it is refused
     */
    static Step decide(ApiState state, GatewayRequest request, Supplier<String> ids, long nowMillis) {
        var step = step(state, request, ids, nowMillis);
        return new Step(DeploymentRules.deployAutomatically(step.state(), ids, nowMillis), step.reply());
    }

    private static Step step(ApiState state, GatewayRequest request, Supplier<String> ids, long nowMillis) {
        return switch (request) {
            case GatewayRequest.UpdateApi update ->
                new Step(ApiRules.update(state, update, ids, nowMillis), Optional.empty());
            case GatewayRequest.DeleteCors delete -> Step.of(ApiRules.withoutCors(state), new Removed());
            case GatewayRequest.CreateRoute create -> {
                var route = RouteRules.created(state, create.change(), ids.get());
                yield Step.of(state.with(route), new RouteReply(route, true));
            }
            case GatewayRequest.UpdateRoute update -> {
                var route = RouteRules.changed(state, update.id(), update.change());
                yield Step.of(state.with(route), new RouteReply(route, false));
            }
            case GatewayRequest.CreateIntegration create -> {
                var integration = IntegrationRules.created(state, create.change(), ids.get());
                yield Step.of(state.with(integration), new IntegrationReply(integration, true));
            }
            case GatewayRequest.UpdateIntegration update -> {
                var before = IntegrationRules.existing(state, update.id());
                var integration = IntegrationRules.changed(before, update.change());
                yield Step.of(state.with(integration), new IntegrationReply(integration, false));
            }
            case GatewayRequest.CreateStage create -> {
                var stage = StageRules.created(state, create.name(), create.change(), nowMillis);
                yield staged(state.with(stage), create.name(), true, ids, nowMillis);
            }
            case GatewayRequest.UpdateStage update -> {
                var stage = StageRules.changed(state, update.name(), update.change(), nowMillis);
                yield staged(state.with(stage), update.name(), false, ids, nowMillis);
            }
            case GatewayRequest.DeleteAccessLog delete ->
                Step.of(state.with(StageRules.withoutAccessLog(state, delete.stage(), nowMillis)), new Removed());
            case GatewayRequest.DeleteRouteSettings delete ->
                Step.of(
                        state.with(
                                StageRules.withoutRouteSettings(state, delete.stage(), delete.routeKey(), nowMillis)),
                        new Removed());
            case GatewayRequest.CreateDeployment create -> {
                var id = ids.get();
                var after = DeploymentRules.create(state, create, id, nowMillis);
                yield Step.of(
                        after,
                        new DeploymentReply(DeploymentRules.existing(after, id).deployment(), true));
            }
            case GatewayRequest.UpdateDeployment update -> {
                var snapshot = DeploymentRules.changed(state, update.id(), update.description());
                yield Step.of(state.with(snapshot), new DeploymentReply(snapshot.deployment(), false));
            }
            case GatewayRequest.DeletePart delete -> Step.of(removed(state, delete), new Removed());
            case GatewayRequest.CreateApi create -> throw noChange(request);
            case GatewayRequest.DeleteApi delete -> throw noChange(request);
            case GatewayRequest.GetApi get -> throw noChange(request);
            case GatewayRequest.GetApis list -> throw noChange(request);
            case GatewayRequest.GetPart get -> throw noChange(request);
            case GatewayRequest.ListParts list -> throw noChange(request);
        };
    }

    /** A stage is shown as it is once it has deployed what it deploys by itself. */
    private static Step staged(ApiState state, String name, boolean created, Supplier<String> ids, long nowMillis) {
        var after = DeploymentRules.deployAutomatically(state, ids, nowMillis);
        return Step.of(after, new StageReply(StageRules.existing(after, name), created));
    }

    private static ApiState removed(ApiState state, GatewayRequest.DeletePart request) {
        var id = request.id();
        return switch (request.part()) {
            case ROUTE -> state.withoutRoute(RouteRules.existing(state, id).id());
            case INTEGRATION -> IntegrationRules.removed(state, id);
            case STAGE -> state.withoutStage(StageRules.existing(state, id).name());
            case DEPLOYMENT -> DeploymentRules.removed(state, id);
        };
    }

    /** What a request that changes nothing is told. */
    static GatewayReply look(ApiState state, GatewayRequest request) {
        return switch (request) {
            case GatewayRequest.GetPart get ->
                switch (get.part()) {
                    case ROUTE -> new RouteReply(RouteRules.existing(state, get.id()), false);
                    case INTEGRATION -> new IntegrationReply(IntegrationRules.existing(state, get.id()), false);
                    case STAGE -> new StageReply(StageRules.existing(state, get.id()), false);
                    case DEPLOYMENT ->
                        new DeploymentReply(
                                DeploymentRules.existing(state, get.id()).deployment(), false);
                };
            case GatewayRequest.ListParts list -> list(state, list);
            default -> throw new IllegalArgumentException("no request for a part: " + request);
        };
    }

    private static GatewayReply list(ApiState state, GatewayRequest.ListParts request) {
        var page = request.page();
        return switch (request.part()) {
            case ROUTE -> {
                var routes = page(state.routes(), page);
                yield new PartsReply(routes.items(), List.of(), List.of(), List.of(), routes.next());
            }
            case INTEGRATION -> {
                var integrations = page(state.integrations(), page);
                yield new PartsReply(List.of(), integrations.items(), List.of(), List.of(), integrations.next());
            }
            case STAGE -> {
                var stages = page(state.stages(), page);
                yield new PartsReply(List.of(), List.of(), stages.items(), List.of(), stages.next());
            }
            case DEPLOYMENT -> {
                var snapshots = page(state.deployments(), page);
                List<Deployment> deployments = snapshots.items().stream()
                        .map(ApiState.Snapshot::deployment)
                        .toList();
                yield new PartsReply(List.of(), List.of(), List.of(), deployments, snapshots.next());
            }
        };
    }

    private record Page<T>(List<T> items, Optional<String> next) {}

    private static <T> Page<T> page(NavigableMap<String, T> all, GatewayRequest.Page wanted) {
        @Nullable String after = wanted.after();
        var rest = after == null ? all : all.tailMap(after, false);
        var shown = rest.entrySet().stream().limit(wanted.max()).toList();
        boolean more = shown.size() < rest.size();
        return new Page<>(
                shown.stream().map(Map.Entry::getValue).toList(),
                more ? Optional.of(shown.getLast().getKey()) : Optional.empty());
    }

    private static IllegalArgumentException noChange(GatewayRequest request) {
        return new IllegalArgumentException(
                "no change of an API: " + request.getClass().getSimpleName());
    }
}
