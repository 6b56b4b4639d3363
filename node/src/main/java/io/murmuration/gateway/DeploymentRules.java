package io.murmuration.gateway;

import io.murmuration.gateway.ApiState.Snapshot;
import io.murmuration.protocol.gateway.Deployment;
import io.murmuration.protocol.gateway.GatewayErrors;
import io.murmuration.protocol.gateway.GatewayRequest.CreateDeployment;
import io.murmuration.protocol.gateway.Stage;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How routes and integrations become what stages serve. */
final class DeploymentRules {
    private static final String AUTOMATIC = "Automatic deployment triggered by changes to the Api configuration";
    private static final String NO_ROUTES = "At least one route is required before deploying the Api.";

    private DeploymentRules() {}

    static ApiState create(ApiState state, CreateDeployment request, String id, long nowMillis) {
        if (state.routes().isEmpty()) {
            throw GatewayErrors.invalid(NO_ROUTES);
        }
        var after = state.with(state.snapshot(new Deployment(id, request.description(), false, nowMillis)));
        var stage = request.stage();
        if (stage == null || stage.isEmpty()) {
            return after;
        }
        var serving = StageRules.existing(state, stage);
        if (serving.autoDeploy()) {
            throw GatewayErrors.invalid("Stage " + stage + " deploys automatically; it cannot be given a deployment.");
        }
        return after.with(serving.serving(id, message(id), nowMillis));
    }

    /** Has every stage that deploys automatically serve routes and integrations as they are now, if it does not yet. */
    static ApiState deployAutomatically(ApiState state, Supplier<String> ids, long nowMillis) {
        var automatic =
                state.stages().values().stream().filter(Stage::autoDeploy).toList();
        if (automatic.stream().allMatch(stage -> isCurrent(state, stage.deploymentId()))) {
            return withoutUnused(state);
        }
        if (state.routes().isEmpty()) {
            var after = state;
            for (var stage : automatic) {
                after = after.with(
                        stage.serving(stage.deploymentId(), "Deployment attempt failed: " + NO_ROUTES, nowMillis));
            }
            return after;
        }
        var id = ids.get();
        var after = state.with(state.snapshot(new Deployment(id, AUTOMATIC, true, nowMillis)));
        for (var stage : automatic) {
            after = after.with(stage.serving(id, message(id), nowMillis));
        }
        return withoutUnused(after);
    }

    private static boolean isCurrent(ApiState state, @Nullable String deployment) {
        var snapshot = deployment == null ? null : state.deployments().get(deployment);
        return snapshot != null
                && snapshot.deployment().auto()
                && snapshot.equals(state.snapshot(snapshot.deployment()));
    }

    /** Deployments that nobody asked for, and that no stage serves any more. */
    private static ApiState withoutUnused(ApiState state) {
        var after = state;
        for (var snapshot : state.deployments().values()) {
            if (snapshot.deployment().auto()
                    && !isServed(state, snapshot.deployment().id())) {
                after = after.withoutDeployment(snapshot.deployment().id());
            }
        }
        return after;
    }

    static Snapshot changed(ApiState state, String id, @Nullable String description) {
        var snapshot = existing(state, id);
        var deployment = snapshot.deployment();
        return snapshot.described(new Deployment(
                id,
                Objects.requireNonNullElse(description, deployment.description()),
                deployment.auto(),
                deployment.createdMillis()));
    }

    static ApiState removed(ApiState state, String id) {
        existing(state, id);
        if (isServed(state, id)) {
            throw GatewayErrors.invalid("Active stages pointing to this deployment must be moved or deleted");
        }
        return state.withoutDeployment(id);
    }

    static Snapshot existing(ApiState state, String id) {
        var snapshot = state.deployments().get(id);
        if (snapshot == null) {
            throw GatewayErrors.none("Deployment", id);
        }
        return snapshot;
    }

    private static boolean isServed(ApiState state, String id) {
        return state.stages().values().stream().anyMatch(stage -> id.equals(stage.deploymentId()));
    }

    private static String message(String id) {
        return "Successfully deployed stage with deployment ID '" + id + "'";
    }
}
