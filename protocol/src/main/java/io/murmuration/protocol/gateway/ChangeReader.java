package io.murmuration.protocol.gateway;

import io.murmuration.protocol.gateway.GatewayRequest.ApiChange;
import io.murmuration.protocol.gateway.GatewayRequest.IntegrationChange;
import io.murmuration.protocol.gateway.GatewayRequest.RouteChange;
import io.murmuration.protocol.gateway.GatewayRequest.StageChange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a request changes, and refuses members that would have no effect here: they are never ignored. */
final class ChangeReader {
    private static final int TIMEOUT_MILLIS_MIN = 50;
    private static final int TIMEOUT_MILLIS_MAX = 30_000;
    private static final int MAX_AGE_SECONDS_MAX = 86_400;
    private static final int NAME_CHARS_MAX = 128;
    private static final int DESCRIPTION_CHARS_MAX = 1024;
    private static final String DESCRIPTION = "description";

    private ChangeReader() {}

    static ApiChange api(JsonTree body) {
        refuse(body, "credentialsArn");
        only(body, "apiKeySelectionExpression", "$request.header.x-api-key");
        only(body, "routeSelectionExpression", "$request.method $request.path");
        only(body, "ipAddressType", "ipv4");
        unset(body, "disableSchemaValidation");
        var name = body.text("name");
        if (name != null && (name.isEmpty() || name.length() > NAME_CHARS_MAX)) {
            throw GatewayErrors.invalid("The name of an API has 1 to " + NAME_CHARS_MAX + " characters.");
        }
        var cors = body.tree("corsConfiguration");
        return new ApiChange(
                name,
                description(body),
                body.text("version"),
                body.flag("disableExecuteApiEndpoint"),
                cors == null ? null : cors(cors),
                body.textsByName("tags"));
    }

    private static Cors cors(JsonTree body) {
        var cors = new Cors(
                Boolean.TRUE.equals(body.flag("allowCredentials")),
                body.texts("allowHeaders"),
                body.texts("allowMethods"),
                body.texts("allowOrigins"),
                body.texts("exposeHeaders"),
                body.integer("maxAge"));
        CorsRules.check(cors);
        var age = cors.maxAgeSeconds();
        if (age != null && (age < -1 || age > MAX_AGE_SECONDS_MAX)) {
            throw GatewayErrors.invalid("maxAge must be between -1 and " + MAX_AGE_SECONDS_MAX + ".");
        }
        return cors;
    }

    static RouteChange route(JsonTree body) {
        refuse(
                body,
                "authorizationScopes",
                "authorizerId",
                "modelSelectionExpression",
                "requestModels",
                "requestParameters",
                "routeResponseSelectionExpression");
        only(body, "authorizationType", "NONE");
        unset(body, "apiKeyRequired");
        return new RouteChange(body.text("routeKey"), body.text("target"), body.text("operationName"));
    }

    static IntegrationChange integration(JsonTree body) {
        refuse(
                body,
                "connectionId",
                "contentHandlingStrategy",
                "credentialsArn",
                "integrationSubtype",
                "requestParameters",
                "requestTemplates",
                "responseParameters",
                "templateSelectionExpression",
                "tlsConfig");
        only(body, "connectionType", "INTERNET");
        // for WebSocket APIs only, but some clients send its usual value with each request
        only(body, "passthroughBehavior", "WHEN_NO_MATCH");
        var timeout = body.integer("timeoutInMillis");
        if (timeout != null && (timeout < TIMEOUT_MILLIS_MIN || timeout > TIMEOUT_MILLIS_MAX)) {
            throw GatewayErrors.invalid(
                    "Timeout should be between " + TIMEOUT_MILLIS_MIN + " ms and " + TIMEOUT_MILLIS_MAX + " ms");
        }
        var format = body.text("payloadFormatVersion");
        if (format != null && !format.equals("1.0") && !format.equals("2.0")) {
            throw GatewayErrors.invalid("Invalid value for payloadFormatVersion: supported are 1.0 and 2.0");
        }
        return new IntegrationChange(
                type(body.text("integrationType")),
                body.text("integrationUri"),
                body.text("integrationMethod"),
                format,
                timeout,
                description(body));
    }

    private static Integration.@Nullable Type type(@Nullable String name) {
        return switch (name) {
            case null -> null;
            case "AWS_PROXY" -> Integration.Type.AWS_PROXY;
            case "HTTP_PROXY" -> Integration.Type.HTTP_PROXY;
            default ->
                throw GatewayErrors.invalid("Invalid integration type: HTTP APIs have AWS_PROXY and HTTP_PROXY.");
        };
    }

    static StageChange stage(JsonTree body) {
        refuse(body, "clientCertificateId");
        var defaults = body.tree("defaultRouteSettings");
        var log = body.tree("accessLogSettings");
        return new StageChange(
                body.flag("autoDeploy"),
                body.text("deploymentId"),
                description(body),
                body.textsByName("stageVariables"),
                defaults == null ? null : settings(defaults),
                body.treesByName("routeSettings", ChangeReader::settings),
                log == null
                        ? null
                        : new AccessLogSettings(
                                Objects.requireNonNullElse(log.text("destinationArn"), ""),
                                Objects.requireNonNullElse(log.text("format"), "")),
                body.textsByName("tags"));
    }

    private static RouteSettings settings(JsonTree body) {
        unset(body, "dataTraceEnabled");
        unset(body, "detailedMetricsEnabled");
        only(body, "loggingLevel", "OFF");
        var burst = body.integer("throttlingBurstLimit");
        var rate = body.number("throttlingRateLimit");
        if ((burst != null && burst < 0) || (rate != null && rate < 0)) {
            throw GatewayErrors.invalid("Throttling limits must not be negative.");
        }
        return new RouteSettings(burst, rate);
    }

    static @Nullable String description(JsonTree body) {
        var text = body.text(DESCRIPTION);
        if (text != null && text.length() > DESCRIPTION_CHARS_MAX) {
            throw GatewayErrors.invalid("A description has at most " + DESCRIPTION_CHARS_MAX + " characters.");
        }
        return text;
    }

    private static void refuse(JsonTree body, String... members) {
        for (var member : members) {
            if (body.has(member)) {
                throw GatewayErrors.unsupported(member);
            }
        }
    }

    /** Its usual value, or none. */
    private static void only(JsonTree body, String member, String usual) {
        var given = body.text(member);
        if (given != null && !given.isEmpty() && !given.equals(usual)) {
            throw GatewayErrors.invalid("The value " + given + " of the parameter " + member
                    + " is not supported here yet; nothing was changed.");
        }
    }

    private static void unset(JsonTree body, String member) {
        if (Boolean.TRUE.equals(body.flag(member))) {
            throw GatewayErrors.unsupported(member);
        }
    }
}
