package io.murmuration.gateway;

import io.murmuration.protocol.gateway.Api;
import io.murmuration.protocol.gateway.GatewayErrors;
import io.murmuration.protocol.gateway.GatewayRequest.ApiChange;
import io.murmuration.protocol.gateway.GatewayRequest.CreateApi;
import io.murmuration.protocol.gateway.GatewayRequest.IntegrationChange;
import io.murmuration.protocol.gateway.GatewayRequest.UpdateApi;
import io.murmuration.protocol.gateway.Integration;
import io.murmuration.protocol.gateway.Route;
import io.murmuration.protocol.gateway.RouteKey;
import io.murmuration.protocol.gateway.Stage;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How APIs are made and changed. Refusals are {@link io.murmuration.protocol.ServiceException}s in API Gateway's words. */
final class ApiRules {
    private static final String NONE = "";

    private ApiRules() {}

    /** @param ids gives ids of parts, never the same one twice */
    static ApiState create(CreateApi request, String id, Supplier<String> ids, long nowMillis) {
        var change = request.change();
        var name = change.name();
        if (name == null) {
            throw GatewayErrors.invalid("The name of an API must be given.");
        }
        var api = changed(new Api(id, name, NONE, NONE, false, null, Map.of(), nowMillis), change);
        if (request.target() == null) {
            if (request.routeKey() != null) {
                throw GatewayErrors.invalid("A routeKey is given without a target.");
            }
            return ApiState.of(api);
        }
        return quick(ApiState.of(api), request.target(), request.routeKey(), ids, nowMillis);
    }

    /** A catch-all in front of one integration, which is deployed by itself. */
    private static ApiState quick(
            ApiState state, String target, @Nullable String routeKey, Supplier<String> ids, long nowMillis) {
        var integration = IntegrationRules.created(target(target), ids.get(), true);
        var key = RouteKey.parse(Objects.requireNonNullElse(routeKey, RouteKey.DEFAULT));
        var made = state.with(integration)
                .with(new Route(ids.get(), key.text(), integration.id(), NONE, true))
                .with(StageRules.automatic(Stage.DEFAULT, nowMillis));
        return DeploymentRules.deployAutomatically(made, ids, nowMillis);
    }

    private static IntegrationChange target(String target) {
        return target.startsWith("http://") || target.startsWith("https://")
                ? new IntegrationChange(Integration.Type.HTTP_PROXY, target, RouteKey.ANY, null, null, null)
                : new IntegrationChange(Integration.Type.AWS_PROXY, target, null, "2.0", null, null);
    }

    static ApiState update(ApiState state, UpdateApi request, Supplier<String> ids, long nowMillis) {
        var after = state.with(changed(state.api(), request.change()));
        if (request.target() != null) {
            var integration = managed(state.integrations().values().stream()
                    .filter(Integration::managed)
                    .findFirst());
            var target = target(request.target());
            after = after.with(IntegrationRules.changed(integration, target));
        }
        if (request.routeKey() != null) {
            var route = managed(
                    state.routes().values().stream().filter(Route::managed).findFirst());
            var key = RouteKey.parse(request.routeKey());
            RouteRules.checkFree(state, key, route.id());
            after = after.with(
                    new Route(route.id(), key.text(), route.integrationId(), route.operationName(), route.managed()));
        }
        return DeploymentRules.deployAutomatically(after, ids, nowMillis);
    }

    private static <T> T managed(Optional<T> part) {
        return part.orElseThrow(() -> GatewayErrors.invalid(
                "Target and routeKey can be changed only of an API that was made with a target."));
    }

    private static Api changed(Api api, ApiChange change) {
        return new Api(
                api.id(),
                Objects.requireNonNullElse(change.name(), api.name()),
                Objects.requireNonNullElse(change.description(), api.description()),
                Objects.requireNonNullElse(change.version(), api.version()),
                Objects.requireNonNullElse(change.endpointDisabled(), api.endpointDisabled()),
                change.cors() == null ? api.cors() : change.cors(),
                Objects.requireNonNullElse(change.tags(), api.tags()),
                api.createdMillis());
    }

    static ApiState withoutCors(ApiState state) {
        var api = state.api();
        return state.with(new Api(
                api.id(),
                api.name(),
                api.description(),
                api.version(),
                api.endpointDisabled(),
                null,
                api.tags(),
                api.createdMillis()));
    }
}
