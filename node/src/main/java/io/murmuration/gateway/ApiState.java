package io.murmuration.gateway;

import io.murmuration.protocol.gateway.Api;
import io.murmuration.protocol.gateway.Deployment;
import io.murmuration.protocol.gateway.Integration;
import io.murmuration.protocol.gateway.Route;
import io.murmuration.protocol.gateway.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One API with all of its parts, by their ids; stages by their names. Immutable. */
record ApiState(
        Api api,
        NavigableMap<String, Route> routes,
        NavigableMap<String, Integration> integrations,
        NavigableMap<String, Stage> stages,
        NavigableMap<String, Snapshot> deployments) {

    /** What a deployment serves: routes and integrations as they were when it was made. */
    record Snapshot(Deployment deployment, List<Route> routes, List<Integration> integrations) {
        Snapshot {
            routes = List.copyOf(routes);
            integrations = List.copyOf(integrations);
        }

        Snapshot described(Deployment as) {
            return new Snapshot(as, routes, integrations);
        }
    }

    ApiState {
        routes = Collections.unmodifiableNavigableMap(routes);
        integrations = Collections.unmodifiableNavigableMap(integrations);
        stages = Collections.unmodifiableNavigableMap(stages);
        deployments = Collections.unmodifiableNavigableMap(deployments);
    }

    static ApiState of(Api api) {
        return new ApiState(
                api,
                Collections.emptyNavigableMap(),
                Collections.emptyNavigableMap(),
                Collections.emptyNavigableMap(),
                Collections.emptyNavigableMap());
    }

    ApiState with(Api changed) {
        return new ApiState(changed, routes, integrations, stages, deployments);
    }

    ApiState with(Route route) {
        return new ApiState(api, put(routes, route.id(), route), integrations, stages, deployments);
    }

    ApiState with(Integration integration) {
        return new ApiState(api, routes, put(integrations, integration.id(), integration), stages, deployments);
    }

    ApiState with(Stage stage) {
        return new ApiState(api, routes, integrations, put(stages, stage.name(), stage), deployments);
    }

    ApiState with(Snapshot snapshot) {
        return new ApiState(
                api,
                routes,
                integrations,
                stages,
                put(deployments, snapshot.deployment().id(), snapshot));
    }

    ApiState withoutRoute(String id) {
        return new ApiState(api, without(routes, id), integrations, stages, deployments);
    }

    ApiState withoutIntegration(String id) {
        return new ApiState(api, routes, without(integrations, id), stages, deployments);
    }

    ApiState withoutStage(String name) {
        return new ApiState(api, routes, integrations, without(stages, name), deployments);
    }

    ApiState withoutDeployment(String id) {
        return new ApiState(api, routes, integrations, stages, without(deployments, id));
    }

    /** Routes and integrations as they are now, under the deployment's name. */
    Snapshot snapshot(Deployment deployment) {
        return new Snapshot(deployment, new ArrayList<>(routes.values()), new ArrayList<>(integrations.values()));
    }

    private static <T> NavigableMap<String, T> put(NavigableMap<String, T> before, String id, T value) {
        var after = new TreeMap<>(before);
        after.put(id, value);
        return after;
    }

    private static <T> NavigableMap<String, T> without(NavigableMap<String, T> before, String id) {
        var after = new TreeMap<>(before);
        after.remove(id);
        return after;
    }
}
