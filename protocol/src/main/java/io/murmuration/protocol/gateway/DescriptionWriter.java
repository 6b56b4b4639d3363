package io.murmuration.protocol.gateway;

import com.fasterxml.jackson.core.JsonGenerator;
import io.murmuration.protocol.gateway.GatewayReply.OfApi;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes what describes an API and its parts, as members of a JSON object. What is not set is not written. */
final class DescriptionWriter {
    private static final String DESCRIPTION = "description";

    private DescriptionWriter() {}

    static void api(JsonGenerator to, OfApi of) throws IOException {
        var api = of.api();
        to.writeStringField("apiEndpoint", of.endpoint());
        to.writeStringField("apiId", api.id());
        to.writeStringField("apiKeySelectionExpression", "$request.header.x-api-key");
        var cors = api.cors();
        if (cors != null) {
            to.writeObjectFieldStart("corsConfiguration");
            cors(to, cors);
            to.writeEndObject();
        }
        time(to, "createdDate", api.createdMillis());
        optional(to, DESCRIPTION, api.description());
        to.writeBooleanField("disableExecuteApiEndpoint", api.endpointDisabled());
        to.writeStringField("ipAddressType", "ipv4");
        to.writeStringField("name", api.name());
        to.writeStringField("protocolType", "HTTP");
        to.writeStringField("routeSelectionExpression", "$request.method $request.path");
        GatewayReplyCodec.texts(to, "tags", api.tags());
        optional(to, "version", api.version());
    }

    private static void cors(JsonGenerator to, Cors cors) throws IOException {
        to.writeBooleanField("allowCredentials", cors.allowCredentials());
        list(to, "allowHeaders", cors.allowHeaders());
        list(to, "allowMethods", cors.allowMethods());
        list(to, "allowOrigins", cors.allowOrigins());
        list(to, "exposeHeaders", cors.exposeHeaders());
        var age = cors.maxAgeSeconds();
        if (age != null) {
            to.writeNumberField("maxAge", age);
        }
    }

    static void route(JsonGenerator to, Route route) throws IOException {
        to.writeBooleanField("apiGatewayManaged", route.managed());
        to.writeBooleanField("apiKeyRequired", false);
        to.writeStringField("authorizationType", "NONE");
        optional(to, "operationName", route.operationName());
        to.writeStringField("routeId", route.id());
        to.writeStringField("routeKey", route.key());
        if (route.integrationId() != null) {
            to.writeStringField("target", "integrations/" + route.integrationId());
        }
    }

    static void integration(JsonGenerator to, Integration integration) throws IOException {
        to.writeBooleanField("apiGatewayManaged", integration.managed());
        to.writeStringField("connectionType", "INTERNET");
        optional(to, DESCRIPTION, integration.description());
        to.writeStringField("integrationId", integration.id());
        to.writeStringField("integrationMethod", integration.method());
        to.writeStringField("integrationType", integration.type().name());
        to.writeStringField("integrationUri", integration.uri());
        to.writeStringField("payloadFormatVersion", integration.payloadFormat());
        to.writeNumberField("timeoutInMillis", integration.timeoutMillis());
    }

    static void stage(JsonGenerator to, Stage stage) throws IOException {
        var log = stage.accessLog();
        if (log != null) {
            to.writeObjectFieldStart("accessLogSettings");
            to.writeStringField("destinationArn", log.destinationArn());
            to.writeStringField("format", log.format());
            to.writeEndObject();
        }
        to.writeBooleanField("apiGatewayManaged", stage.managed());
        to.writeBooleanField("autoDeploy", stage.autoDeploy());
        time(to, "createdDate", stage.createdMillis());
        to.writeObjectFieldStart("defaultRouteSettings");
        settings(to, stage.defaultRouteSettings());
        to.writeEndObject();
        if (stage.deploymentId() != null) {
            to.writeStringField("deploymentId", stage.deploymentId());
        }
        optional(to, DESCRIPTION, stage.description());
        optional(to, "lastDeploymentStatusMessage", stage.deploymentMessage());
        time(to, "lastUpdatedDate", stage.updatedMillis());
        to.writeObjectFieldStart("routeSettings");
        for (var settings : stage.routeSettings().entrySet()) {
            to.writeObjectFieldStart(settings.getKey());
            settings(to, settings.getValue());
            to.writeEndObject();
        }
        to.writeEndObject();
        to.writeStringField("stageName", stage.name());
        GatewayReplyCodec.texts(to, "stageVariables", stage.variables());
        GatewayReplyCodec.texts(to, "tags", stage.tags());
    }

    private static void settings(JsonGenerator to, RouteSettings settings) throws IOException {
        to.writeBooleanField("detailedMetricsEnabled", false);
        if (settings.burstLimit() != null) {
            to.writeNumberField("throttlingBurstLimit", settings.burstLimit());
        }
        if (settings.rateLimit() != null) {
            to.writeNumberField("throttlingRateLimit", settings.rateLimit());
        }
    }

    static void deployment(JsonGenerator to, Deployment deployment) throws IOException {
        to.writeBooleanField("autoDeployed", deployment.auto());
        time(to, "createdDate", deployment.createdMillis());
        to.writeStringField("deploymentId", deployment.id());
        to.writeStringField("deploymentStatus", "DEPLOYED");
        optional(to, DESCRIPTION, deployment.description());
    }

    private static void list(JsonGenerator to, String name, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            to.writeArrayFieldStart(name);
            for (var text : texts) {
                to.writeString(text);
            }
            to.writeEndArray();
        }
    }

    private static void optional(JsonGenerator to, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            to.writeStringField(name, text);
        }
    }

    private static void time(JsonGenerator to, String name, long millis) throws IOException {
        to.writeStringField(
                name,
                Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
