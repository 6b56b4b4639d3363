package io.murmuration.protocol.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A name under which a deployment of an API is served.
 *
 * @param name the first segment of its paths; {@link #DEFAULT} has none
 * @param autoDeploy whether each change of routes and integrations is deployed at once
 * @param deploymentId what it serves; null if nothing yet
 * @param deploymentMessage what became of the last deployment; empty if there was none
 * @param description empty if there is none
 * @param routeSettings by route keys
 * @param accessLog null if none is wanted beside the node's own
 * @param managed made by the gateway, together with its API
 */
public record Stage(
        String name,
        boolean autoDeploy,
        @Nullable String deploymentId,
        String deploymentMessage,
        String description,
        Map<String, String> variables,
        RouteSettings defaultRouteSettings,
        Map<String, RouteSettings> routeSettings,
        @Nullable AccessLogSettings accessLog,
        Map<String, String> tags,
        boolean managed,
        long createdMillis,
        long updatedMillis) {
    public static final String DEFAULT = "$default";

    public Stage {
        variables = Map.copyOf(variables);
        routeSettings = Map.copyOf(routeSettings);
        tags = Map.copyOf(tags);
    }

    /** The same stage, serving another deployment. */
    public Stage serving(@Nullable String deployment, String message, long nowMillis) {
        return new Stage(
                name,
                autoDeploy,
                deployment,
                message,
                description,
                variables,
                defaultRouteSettings,
                routeSettings,
                accessLog,
                tags,
                managed,
                createdMillis,
                nowMillis);
    }
}
