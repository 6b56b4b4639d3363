package io.murmuration.gateway;

import io.murmuration.gateway.ApiState.Snapshot;
import io.murmuration.gateway.ServedApi.FunctionTarget;
import io.murmuration.gateway.ServedApi.NoTarget;
import io.murmuration.gateway.ServedApi.ServedRoute;
import io.murmuration.gateway.ServedApi.ServedStage;
import io.murmuration.gateway.ServedApi.Target;
import io.murmuration.gateway.ServedApi.UnusableTarget;
import io.murmuration.gateway.ServedApi.UrlTarget;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.gateway.Integration;
import io.murmuration.protocol.gateway.RouteKey;
import io.murmuration.protocol.gateway.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes of an API what requests are matched with. */
final class ApiCompiler {
    private ApiCompiler() {}

    /** @param before what was served until now, whose throttles go on counting; null if there is nothing */
    static ServedApi compile(ApiState state, long revision, @Nullable ServedApi before, long nowNanos) {
        var stages = new HashMap<String, ServedStage>();
        for (var stage : state.stages().values()) {
            var snapshot =
                    stage.deploymentId() == null ? null : state.deployments().get(stage.deploymentId());
            var served = before == null ? null : before.stages().get(stage.name());
            stages.put(
                    stage.name(), stage(stage, Optional.ofNullable(snapshot), Optional.ofNullable(served), nowNanos));
        }
        return new ServedApi(revision, state.api(), stages);
    }

    private static ServedStage stage(
            Stage stage, Optional<Snapshot> snapshot, Optional<ServedStage> before, long nowNanos) {
        var throttles = new HashMap<String, Throttle>();
        stage.routeSettings().forEach((key, settings) -> {
            var running = before.map(served -> served.routeThrottles().get(key));
            var throttle = Throttle.of(settings, running.orElse(null), nowNanos);
            if (throttle != null) {
                throttles.put(key, throttle);
            }
        });
        var log = stage.accessLog();
        var routes = snapshot.map(served -> routes(stage, served, throttles)).orElse(List.of());
        return new ServedStage(
                stage,
                RouteTrie.of(routes, ServedRoute::key),
                Throttle.of(
                        stage.defaultRouteSettings(),
                        before.map(ServedStage::throttle).orElse(null),
                        nowNanos),
                Map.copyOf(throttles),
                log == null ? null : LogFormat.parse(log.format()));
    }

    private static List<ServedRoute> routes(Stage stage, Snapshot snapshot, Map<String, Throttle> throttles) {
        var integrations =
                snapshot.integrations().stream().collect(Collectors.toMap(Integration::id, Function.identity()));
        var routes = new ArrayList<ServedRoute>();
        for (var route : snapshot.routes()) {
            var integration = route.integrationId() == null ? null : integrations.get(route.integrationId());
            routes.add(new ServedRoute(
                    RouteKey.parse(route.key()), target(integration, stage.variables()), throttles.get(route.key())));
        }
        return routes;
    }

    private static Target target(@Nullable Integration integration, Map<String, String> variables) {
        if (integration == null) {
            return new NoTarget();
        }
        var uri = StageVariables.insert(integration.uri(), variables);
        if (uri.isEmpty()) {
            return new UnusableTarget("a stage variable of the integration's URI has no value");
        }
        try {
            return switch (integration.type()) {
                case AWS_PROXY ->
                    new FunctionTarget(
                            FunctionUri.parse(uri.get()), integration.payloadFormat(), integration.timeoutMillis());
                case HTTP_PROXY ->
                    new UrlTarget(UrlTemplate.parse(uri.get()), integration.method(), integration.timeoutMillis());
            };
        } catch (ServiceException notOne) {
            return new UnusableTarget(notOne.error().message());
        }
    }
}
