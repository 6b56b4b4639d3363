package io.murmuration.protocol.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of API Gateway's second REST interface that are understood. What a change does not name stays as it is, or has its usual value. */
public sealed interface GatewayRequest {
    /** What an API consists of. */
    enum Part {
        ROUTE,
        INTEGRATION,
        STAGE,
        DEPLOYMENT
    }

    /**
     * @param max how many at most
     * @param after where the last page ended; null for the first
     */
    record Page(int max, @Nullable String after) {}

    /**
     * @param target of a quick creation: the URL or function that all requests go to; null for none
     * @param routeKey of that; null for the default route
     */
    record CreateApi(
            ApiChange change,
            @Nullable String target,
            @Nullable String routeKey) implements GatewayRequest {}

    record GetApi(String api) implements GatewayRequest {}

    record GetApis(Page page) implements GatewayRequest {}

    /** Target and route key as in {@link CreateApi}: they change what a quick creation made. */
    record UpdateApi(
            String api,
            ApiChange change,
            @Nullable String target,
            @Nullable String routeKey) implements GatewayRequest {}

    record DeleteApi(String api) implements GatewayRequest {}

    record DeleteCors(String api) implements GatewayRequest {}

    record CreateRoute(String api, RouteChange change) implements GatewayRequest {}

    record UpdateRoute(String api, String id, RouteChange change) implements GatewayRequest {}

    record CreateIntegration(String api, IntegrationChange change) implements GatewayRequest {}

    record UpdateIntegration(String api, String id, IntegrationChange change) implements GatewayRequest {}

    record CreateStage(String api, String name, StageChange change) implements GatewayRequest {}

    record UpdateStage(String api, String name, StageChange change) implements GatewayRequest {}

    record DeleteAccessLog(String api, String stage) implements GatewayRequest {}

    record DeleteRouteSettings(String api, String stage, String routeKey) implements GatewayRequest {}

    /** @param stage that is to serve it; null for none */
    record CreateDeployment(
            String api, String description, @Nullable String stage) implements GatewayRequest {}

    record UpdateDeployment(String api, String id, @Nullable String description) implements GatewayRequest {}

    /** @param id a stage's name */
    record GetPart(String api, Part part, String id) implements GatewayRequest {}

    record ListParts(String api, Part part, Page page) implements GatewayRequest {}

    record DeletePart(String api, Part part, String id) implements GatewayRequest {}

    record ApiChange(
            @Nullable String name,
            @Nullable String description,
            @Nullable String version,
            @Nullable Boolean endpointDisabled,
            @Nullable Cors cors,
            @Nullable Map<String, String> tags) {}

    /** @param target {@code integrations/} and an id */
    record RouteChange(
            @Nullable String key,
            @Nullable String target,
            @Nullable String operationName) {}

    record IntegrationChange(
            Integration.@Nullable Type type,
            @Nullable String uri,
            @Nullable String method,
            @Nullable String payloadFormat,
            @Nullable Integer timeoutMillis,
            @Nullable String description) {}

    record StageChange(
            @Nullable Boolean autoDeploy,
            @Nullable String deploymentId,
            @Nullable String description,
            @Nullable Map<String, String> variables,
            @Nullable RouteSettings defaultRouteSettings,
            @Nullable Map<String, RouteSettings> routeSettings,
            @Nullable AccessLogSettings accessLog,
            @Nullable Map<String, String> tags) {}
}
