package io.murmuration.gateway;

import io.murmuration.protocol.gateway.GatewayErrors;
import io.murmuration.protocol.gateway.GatewayRequest.IntegrationChange;
import io.murmuration.protocol.gateway.Integration;
import io.murmuration.protocol.gateway.RouteKey;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How integrations of an API are made, changed and removed. */
final class IntegrationRules {
    static final int INTEGRATIONS_MAX = 300;
    private static final int TIMEOUT_MILLIS_USUAL = 30_000;
    private static final String POST = "POST";
    private static final Set<String> METHODS =
            Set.of(RouteKey.ANY, "GET", "HEAD", POST, "PUT", "PATCH", "DELETE", "OPTIONS");

    private IntegrationRules() {}

    static Integration created(ApiState state, IntegrationChange change, String id) {
        if (state.integrations().size() >= INTEGRATIONS_MAX) {
            throw GatewayErrors.invalid("An API has at most " + INTEGRATIONS_MAX + " integrations.");
        }
        return created(change, id, false);
    }

    static Integration created(IntegrationChange change, String id, boolean managed) {
        if (change.type() == null) {
            throw GatewayErrors.invalid("integrationType must be given.");
        }
        return checked(
                id,
                change.type(),
                Objects.requireNonNullElse(change.uri(), ""),
                change.method(),
                Objects.requireNonNullElse(change.payloadFormat(), "1.0"),
                Objects.requireNonNullElse(change.timeoutMillis(), TIMEOUT_MILLIS_USUAL),
                Objects.requireNonNullElse(change.description(), ""),
                managed);
    }

    static Integration changed(Integration integration, IntegrationChange change) {
        var type = Objects.requireNonNullElse(change.type(), integration.type());
        return checked(
                integration.id(),
                type,
                Objects.requireNonNullElse(change.uri(), integration.uri()),
                change.method() != null || type != integration.type() ? change.method() : integration.method(),
                change.payloadFormat() != null || type != integration.type()
                        ? Objects.requireNonNullElse(change.payloadFormat(), "1.0")
                        : integration.payloadFormat(),
                Objects.requireNonNullElse(change.timeoutMillis(), integration.timeoutMillis()),
                Objects.requireNonNullElse(change.description(), integration.description()),
                integration.managed());
    }

    private static Integration checked(
            String id,
            Integration.Type type,
            String uri,
            @Nullable String method,
            String format,
            int timeoutMillis,
            String description,
            boolean managed) {
        return switch (type) {
            case AWS_PROXY -> {
                FunctionUri.check(uri);
                if (method != null && !method.equals(POST)) {
                    throw GatewayErrors.invalid("The integrationMethod of a function is POST.");
                }
                yield new Integration(id, type, uri, POST, format, timeoutMillis, description, managed);
            }
            case HTTP_PROXY -> {
                UrlTemplate.check(uri);
                if (method == null || !METHODS.contains(method)) {
                    throw GatewayErrors.invalid("HttpMethod must be specified for HTTP_PROXY: a method or ANY.");
                }
                if (!format.equals("1.0")) {
                    throw GatewayErrors.invalid("HTTP_PROXY integrations have the payloadFormatVersion 1.0.");
                }
                yield new Integration(id, type, uri, method, format, timeoutMillis, description, managed);
            }
        };
    }

    static Integration existing(ApiState state, String id) {
        var integration = state.integrations().get(id);
        if (integration == null) {
            throw GatewayErrors.none("Integration", id);
        }
        return integration;
    }

    static ApiState removed(ApiState state, String id) {
        if (existing(state, id).managed()) {
            throw GatewayErrors.invalid("An integration that API Gateway manages cannot be deleted.");
        }
        for (var route : state.routes().values()) {
            if (id.equals(route.integrationId())) {
                throw GatewayErrors.conflict("Cannot delete Integration '" + id + "'. Route '" + route.id()
                        + "' with key '" + route.key() + "' is currently using this Integration.");
            }
        }
        return state.withoutIntegration(id);
    }
}
