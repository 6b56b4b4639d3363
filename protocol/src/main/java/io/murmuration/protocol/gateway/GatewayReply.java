package io.murmuration.protocol.gateway;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is true after a request of API Gateway's second REST interface. */
public sealed interface GatewayReply {
    /** @param endpoint a URL at which the API is to be reached */
    record OfApi(Api api, String endpoint) {}

    record ApiReply(OfApi api, boolean created) implements GatewayReply {}

    record ApisReply(List<OfApi> apis, @Nullable String next) implements GatewayReply {}

    record RouteReply(Route route, boolean created) implements GatewayReply {}

    record IntegrationReply(Integration integration, boolean created) implements GatewayReply {}

    record StageReply(Stage stage, boolean created) implements GatewayReply {}

    record DeploymentReply(Deployment deployment, boolean created) implements GatewayReply {}

    /** One of the lists has items; which one it is the request says. */
    record PartsReply(
            List<Route> routes,
            List<Integration> integrations,
            List<Stage> stages,
            List<Deployment> deployments,
            Optional<String> next)
            implements GatewayReply {}

    /** Something was removed. */
    record Removed() implements GatewayReply {}
}
