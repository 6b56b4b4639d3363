package io.murmuration.gateway;

import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.gateway.Api;
import io.murmuration.protocol.gateway.RouteKey;
import io.murmuration.protocol.gateway.Stage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An API as a node serves it: compiled once for each revision of its resource, then only read.
 *
 * @param revision of the resource
 * @param stages by their names
 */
public record ServedApi(long revision, Api api, Map<String, ServedStage> stages) {
    public ServedApi {
        stages = Map.copyOf(stages);
    }

    /**
     * @param routes of the deployment that the stage serves
     * @param throttle of all its requests that no route's own bounds; null if there is none
     * @param routeThrottles those of routes, by their keys
     * @param log null if none is wanted
     */
    public record ServedStage(
            Stage stage,
            RouteTrie<ServedRoute> routes,
            @Nullable Throttle throttle,
            Map<String, Throttle> routeThrottles,
            @Nullable LogFormat log) {}

    /** @param throttle its own; null if it has none */
    public record ServedRoute(
            RouteKey key, Target target, @Nullable Throttle throttle) {}

    /** What answers a route's requests. */
    public sealed interface Target {}

    /** @param format of the payload */
    public record FunctionTarget(FunctionName function, String format, int timeoutMillis) implements Target {}

    /** @param method {@link RouteKey#ANY} for the request's own */
    public record UrlTarget(UrlTemplate url, String method, int timeoutMillis) implements Target {}

    /** The route has no integration. */
    public record NoTarget() implements Target {}

    /** The integration cannot be called as it is, for example because a stage variable has no value. */
    public record UnusableTarget(String reason) implements Target {}

    /**
     * The stage that serves a path.
     *
     * @param path decoded, begins with a slash
     * @return null if there is none
     */
    public @Nullable Served served(String path) {
        int end = path.indexOf('/', 1);
        var first = end < 0 ? path.substring(1) : path.substring(1, end);
        var named = first.equals(Stage.DEFAULT) ? null : stages.get(first);
        if (named != null) {
            return new Served(named, end < 0 ? "/" : path.substring(end), path);
        }
        var usual = stages.get(Stage.DEFAULT);
        return usual == null ? null : new Served(usual, path, path);
    }

    /**
     * @param routePath what routes are matched with
     * @param fullPath with the stage's name unless it is the default one
     */
    public record Served(ServedStage stage, String routePath, String fullPath) {}
}
