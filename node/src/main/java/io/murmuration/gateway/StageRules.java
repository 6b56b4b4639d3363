package io.murmuration.gateway;

import io.murmuration.protocol.gateway.AccessLogSettings;
import io.murmuration.protocol.gateway.GatewayErrors;
import io.murmuration.protocol.gateway.GatewayRequest.StageChange;
import io.murmuration.protocol.gateway.RouteKey;
import io.murmuration.protocol.gateway.RouteSettings;
import io.murmuration.protocol.gateway.Stage;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How stages of an API are made and changed. */
final class StageRules {
    static final int STAGES_MAX = 10;
    private static final Pattern NAME = Pattern.compile("\\$default|[a-zA-Z0-9_-]{1,128}");
    private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z0-9_]{1,64}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._~:/?#&=,-]{0,512}");

    private StageRules() {}

    static Stage automatic(String name, long nowMillis) {
        return new Stage(
                name,
                true,
                null,
                "",
                "",
                Map.of(),
                RouteSettings.NONE,
                Map.of(),
                null,
                Map.of(),
                true,
                nowMillis,
                nowMillis);
    }

    static Stage created(ApiState state, String name, StageChange change, long nowMillis) {
        if (!NAME.matcher(name).matches()) {
            throw GatewayErrors.invalid("A stage's name is $default, or of letters, digits, hyphens and underscores.");
        }
        if (state.stages().containsKey(name)) {
            throw GatewayErrors.conflict("Stage already exists");
        }
        if (state.stages().size() >= STAGES_MAX) {
            throw GatewayErrors.invalid("An API has at most " + STAGES_MAX + " stages.");
        }
        var empty = new Stage(
                name,
                false,
                null,
                "",
                "",
                Map.of(),
                RouteSettings.NONE,
                Map.of(),
                null,
                Map.of(),
                false,
                nowMillis,
                nowMillis);
        return applied(state, empty, change, nowMillis);
    }

    static Stage changed(ApiState state, String name, StageChange change, long nowMillis) {
        return applied(state, changeable(state, name), change, nowMillis);
    }

    private static Stage applied(ApiState state, Stage stage, StageChange change, long nowMillis) {
        boolean auto = Objects.requireNonNullElse(change.autoDeploy(), stage.autoDeploy());
        var variables = Objects.requireNonNullElse(change.variables(), stage.variables());
        checkVariables(variables);
        if (change.routeSettings() != null) {
            change.routeSettings().keySet().forEach(RouteKey::parse);
        }
        return new Stage(
                stage.name(),
                auto,
                change.deploymentId() == null ? stage.deploymentId() : deployment(state, auto, change.deploymentId()),
                stage.deploymentMessage(),
                Objects.requireNonNullElse(change.description(), stage.description()),
                variables,
                Objects.requireNonNullElse(change.defaultRouteSettings(), stage.defaultRouteSettings()),
                Objects.requireNonNullElse(change.routeSettings(), stage.routeSettings()),
                change.accessLog() == null ? stage.accessLog() : log(change.accessLog()),
                Objects.requireNonNullElse(change.tags(), stage.tags()),
                stage.managed(),
                stage.createdMillis(),
                nowMillis);
    }

    static Stage withoutAccessLog(ApiState state, String name, long nowMillis) {
        return with(changeable(state, name), null, null, nowMillis);
    }

    static Stage withoutRouteSettings(ApiState state, String name, String routeKey, long nowMillis) {
        var stage = changeable(state, name);
        if (!stage.routeSettings().containsKey(routeKey)) {
            throw GatewayErrors.none("RouteSettings", routeKey);
        }
        return with(stage, routeKey, stage.accessLog(), nowMillis);
    }

    private static Stage with(
            Stage stage, @Nullable String withoutKey, @Nullable AccessLogSettings log, long nowMillis) {
        var settings = new HashMap<>(stage.routeSettings());
        settings.remove(withoutKey);
        return new Stage(
                stage.name(),
                stage.autoDeploy(),
                stage.deploymentId(),
                stage.deploymentMessage(),
                stage.description(),
                stage.variables(),
                stage.defaultRouteSettings(),
                settings,
                log,
                stage.tags(),
                stage.managed(),
                stage.createdMillis(),
                nowMillis);
    }

    static Stage existing(ApiState state, String name) {
        var stage = state.stages().get(name);
        if (stage == null) {
            throw GatewayErrors.none("Stage", name);
        }
        return stage;
    }

    private static Stage changeable(ApiState state, String name) {
        var stage = existing(state, name);
        if (stage.managed()) {
            throw GatewayErrors.invalid("A stage that API Gateway manages cannot be changed.");
        }
        return stage;
    }

    private static String deployment(ApiState state, boolean auto, String id) {
        if (auto) {
            throw GatewayErrors.invalid("A deploymentId cannot be given for a stage that deploys automatically.");
        }
        DeploymentRules.existing(state, id);
        return id;
    }

    private static @Nullable AccessLogSettings log(AccessLogSettings given) {
        if (given.destinationArn().isEmpty() && given.format().isEmpty()) {
            return null;
        }
        if (given.destinationArn().isEmpty() || given.format().isEmpty()) {
            throw GatewayErrors.invalid("Access log settings have a destinationArn and a format.");
        }
        return given;
    }

    private static void checkVariables(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (!VARIABLE.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw GatewayErrors.invalid("Stage variable " + name
                        + ": names are of letters, digits and underscores, values of these and of -._~:/?#&=,");
            }
        });
    }
}
