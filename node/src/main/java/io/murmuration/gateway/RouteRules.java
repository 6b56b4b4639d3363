package io.murmuration.gateway;

import io.murmuration.protocol.gateway.GatewayErrors;
import io.murmuration.protocol.gateway.GatewayRequest.RouteChange;
import io.murmuration.protocol.gateway.Route;
import io.murmuration.protocol.gateway.RouteKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How routes of an API are made, changed and removed. */
final class RouteRules {
    static final int ROUTES_MAX = 300;
    private static final String TARGET = "integrations/";

    private RouteRules() {}

    static Route created(ApiState state, RouteChange change, String id) {
        if (change.key() == null) {
            throw GatewayErrors.invalid("routeKey must be given.");
        }
        if (state.routes().size() >= ROUTES_MAX) {
            throw GatewayErrors.invalid("An API has at most " + ROUTES_MAX + " routes.");
        }
        var key = RouteKey.parse(change.key());
        checkFree(state, key, null);
        return new Route(
                id,
                key.text(),
                integration(state, change.target()),
                Objects.requireNonNullElse(change.operationName(), ""),
                false);
    }

    static Route changed(ApiState state, String id, RouteChange change) {
        var route = existing(state, id);
        var key = RouteKey.parse(Objects.requireNonNullElse(change.key(), route.key()));
        if (route.managed() && !key.text().equals(route.key())) {
            throw GatewayErrors.invalid(
                    "The key of a route that API Gateway manages can be changed by UpdateApi only.");
        }
        checkFree(state, key, id);
        return new Route(
                id,
                key.text(),
                change.target() == null ? route.integrationId() : integration(state, change.target()),
                Objects.requireNonNullElse(change.operationName(), route.operationName()),
                route.managed());
    }

    static Route existing(ApiState state, String id) {
        var route = state.routes().get(id);
        if (route == null) {
            throw GatewayErrors.none("Route", id);
        }
        return route;
    }

    /** Two routes that take the same requests could not be told apart. */
    static void checkFree(ApiState state, RouteKey key, @Nullable String except) {
        for (var route : state.routes().values()) {
            if (!route.id().equals(except)
                    && RouteKey.parse(route.key()).shape().equals(key.shape())) {
                throw GatewayErrors.conflict("Route with key " + key.text() + " already exists for this API");
            }
        }
    }

    private static @Nullable String integration(ApiState state, @Nullable String target) {
        if (target == null || target.isEmpty()) {
            return null;
        }
        var id = target.startsWith(TARGET) ? target.substring(TARGET.length()) : "";
        if (!state.integrations().containsKey(id)) {
            throw GatewayErrors.invalid("Target " + target + " is not the identifier of an integration of this API.");
        }
        return id;
    }
}
