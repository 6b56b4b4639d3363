package io.murmuration.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.gateway.AccessLogSettings;
import io.murmuration.protocol.gateway.Api;
import io.murmuration.protocol.gateway.Cors;
import io.murmuration.protocol.gateway.Deployment;
import io.murmuration.protocol.gateway.GatewayError;
import io.murmuration.protocol.gateway.GatewayRequest;
import io.murmuration.protocol.gateway.GatewayRequest.ApiChange;
import io.murmuration.protocol.gateway.GatewayRequest.CreateApi;
import io.murmuration.protocol.gateway.GatewayRequest.CreateDeployment;
import io.murmuration.protocol.gateway.GatewayRequest.CreateIntegration;
import io.murmuration.protocol.gateway.GatewayRequest.CreateRoute;
import io.murmuration.protocol.gateway.GatewayRequest.CreateStage;
import io.murmuration.protocol.gateway.GatewayRequest.DeletePart;
import io.murmuration.protocol.gateway.GatewayRequest.IntegrationChange;
import io.murmuration.protocol.gateway.GatewayRequest.Part;
import io.murmuration.protocol.gateway.GatewayRequest.RouteChange;
import io.murmuration.protocol.gateway.GatewayRequest.StageChange;
import io.murmuration.protocol.gateway.GatewayRequest.UpdateRoute;
import io.murmuration.protocol.gateway.GatewayRequest.UpdateStage;
import io.murmuration.protocol.gateway.Integration;
import io.murmuration.protocol.gateway.Route;
import io.murmuration.protocol.gateway.RouteSettings;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartRulesTest {
    private static final String API = "api";
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:birds";
    private static final StageChange NOTHING = new StageChange(null, null, null, null, null, null, null, null);
    private static final StageChange AUTO = new StageChange(true, null, null, null, null, null, null, null);

    private final AtomicInteger numbers = new AtomicInteger();
    private ApiState state = ApiRules.create(new CreateApi(named("birds"), null, null), API, this::id, 1);

    private String id() {
        return "id" + numbers.incrementAndGet();
    }

    @Test
    void a_stage_serves_its_deployment_s_routes_until_it_is_given_another() {
        var first = route("GET /owls");
        ask(new CreateStage(API, "prod", NOTHING));
        ask(new CreateDeployment(API, "one", "prod"));
        var served = deployment("prod");

        route("GET /crows");
        ask(new DeletePart(API, Part.ROUTE, first));

        assertThat(deployment("prod")).isEqualTo(served);
        assertThat(keys(served)).containsExactly("GET /owls");
        ask(new CreateDeployment(API, "two", "prod"));
        assertThat(keys(deployment("prod"))).containsExactly("GET /crows");
        assertThat(keys(served)).containsExactly("GET /owls");
    }

    @Test
    void a_stage_that_deploys_automatically_serves_each_change_at_once_and_leaves_nothing_behind() {
        ask(new CreateStage(API, "$default", AUTO));
        assertThat(state.stages().get("$default")).isNotNull().satisfies(stage -> {
            assertThat(stage.deploymentId()).isNull();
            assertThat(stage.deploymentMessage())
                    .isEqualTo("Deployment attempt failed: At least one route is required before deploying the Api.");
        });

        route("GET /owls");
        route("GET /crows");

        assertThat(keys(deployment("$default"))).containsExactlyInAnyOrder("GET /owls", "GET /crows");
        assertThat(state.deployments()).hasSize(1);
        assertThat(state.deployments().firstEntry().getValue().deployment())
                .extracting(Deployment::auto)
                .isEqualTo(true);
        var before = deployment("$default");
        ask(new UpdateStage(API, "$default", new StageChange(null, null, "other words", null, null, null, null, null)));
        assertThat(deployment("$default")).isEqualTo(before);
    }

    @Test
    void a_quick_creation_has_all_that_requests_need() {
        var made = ApiRules.create(new CreateApi(named("quick"), ARN, null), "quick", this::id, 1);

        assertThat(made.routes().firstEntry().getValue().key()).isEqualTo("$default");
        assertThat(made.integrations().firstEntry().getValue().payloadFormat()).isEqualTo("2.0");
        assertThat(made.stages().get("$default")).isNotNull().satisfies(stage -> {
            assertThat(stage.autoDeploy()).isTrue();
            assertThat(made.deployments()).containsKey(stage.deploymentId());
        });
    }

    @Test
    void what_is_in_use_is_not_removed() {
        var integration = integration();
        var routeId = ask(new CreateRoute(API, new RouteChange("GET /", "integrations/" + integration, null)));
        ask(new CreateStage(API, "prod", NOTHING));
        ask(new CreateDeployment(API, "", "prod"));

        refused(new DeletePart(API, Part.INTEGRATION, integration), GatewayError.CONFLICT);
        refused(new DeletePart(API, Part.DEPLOYMENT, deployment("prod")), GatewayError.BAD_REQUEST);

        ask(new DeletePart(API, Part.STAGE, "prod"));
        ask(new DeletePart(API, Part.DEPLOYMENT, state.deployments().firstKey()));
        ask(new DeletePart(API, Part.ROUTE, routeId));
        ask(new DeletePart(API, Part.INTEGRATION, integration));
        assertThat(state.integrations()).isEmpty();
        assertThat(state.deployments()).isEmpty();
    }

    @Test
    void what_makes_no_sense_is_refused() {
        var owls = route("GET /owls/{id}");
        route("GET /crows");

        refused(new CreateRoute(API, new RouteChange("GET /owls/{name}", null, null)), GatewayError.CONFLICT);
        refused(new UpdateRoute(API, owls, new RouteChange("GET /crows", null, null)), GatewayError.CONFLICT);
        refused(new CreateRoute(API, new RouteChange("GET /x", "integrations/none", null)), GatewayError.BAD_REQUEST);
        refused(new CreateRoute(API, new RouteChange(null, null, null)), GatewayError.BAD_REQUEST);
        refused(new UpdateRoute(API, "none", new RouteChange(null, null, null)), GatewayError.NOT_FOUND);
        refused(new DeletePart(API, Part.STAGE, "none"), GatewayError.NOT_FOUND);
        refused(new CreateDeployment(API, "", "none"), GatewayError.NOT_FOUND);
        ask(new CreateStage(API, "prod", AUTO));
        refused(new CreateStage(API, "prod", NOTHING), GatewayError.CONFLICT);
        refused(new CreateStage(API, "a/b", NOTHING), GatewayError.BAD_REQUEST);
        refused(new CreateDeployment(API, "", "prod"), GatewayError.BAD_REQUEST);
        refused(integrating(Integration.Type.AWS_PROXY, "https://birds.example", null), GatewayError.BAD_REQUEST);
        refused(integrating(Integration.Type.HTTP_PROXY, "https://birds.example", null), GatewayError.BAD_REQUEST);
        refused(integrating(Integration.Type.HTTP_PROXY, ARN, "ANY"), GatewayError.BAD_REQUEST);
        refused(integrating(null, ARN, null), GatewayError.BAD_REQUEST);
        refused(
                new CreateStage(
                        API, "v", new StageChange(null, null, null, Map.of("x", "a b"), null, null, null, null)),
                GatewayError.BAD_REQUEST);
    }

    @Test
    void an_api_without_routes_is_not_deployed() {
        refused(new CreateDeployment(API, "", null), GatewayError.BAD_REQUEST);
    }

    @Test
    void an_api_has_so_many_routes_and_stages() {
        for (int i = 0; i < RouteRules.ROUTES_MAX; i++) {
            route("GET /" + i);
        }
        for (int i = 0; i < StageRules.STAGES_MAX; i++) {
            ask(new CreateStage(API, "stage" + i, NOTHING));
        }

        refused(new CreateRoute(API, new RouteChange("GET /more", null, null)), GatewayError.BAD_REQUEST);
        refused(new CreateStage(API, "more", NOTHING), GatewayError.BAD_REQUEST);
    }

    @Test
    void what_is_written_is_read_and_a_deployment_costs_little_more_than_what_has_changed() {
        everything();
        for (int i = 0; i < 200; i++) {
            route("GET /" + i);
        }
        var bytes = ApiCodec.write(state);
        assertThat(ApiCodec.read(bytes)).isEqualTo(state);

        ask(new CreateDeployment(API, "", null));

        assertThat(ApiCodec.write(state).length - bytes.length).isLessThan(1000);
        assertThat(ApiCodec.read(ApiCodec.write(state))).isEqualTo(state);
    }

    /** Bytes that a release has stored are read by the next ones. */
    @Test
    void the_stored_format_is_the_one_of_version_1() {
        everything();

        assertThat(Base64.getEncoder().encodeToString(ApiCodec.write(state))).isEqualTo(STORED);
        assertThat(ApiCodec.read(Base64.getDecoder().decode(STORED))).isEqualTo(state);
    }

    private static final String STORED = ""
            + "AQADYXBpAAViaXJkcwAMb2YgYWxsIGtpbmRzAAE3AQEBAAAAAQABYQAAAAEAA0dFVAAAAAEACWh0dHBzOi8vYgAAAAEAAWMBAAAA"
            + "CQAAAAIABWZsb2NrAAlzdGFybGluZ3MABHNpemUABG1hbnkAAAAAAAAAAwAAAAIAA2lkMgAFR0VUIC8BAANpZDEABGxvb2sAAANp"
            + "ZDQABlBPU1QgLwAAAAAAAAAAAAEAA2lkMQAJQVdTX1BST1hZADRhcm46YXdzOmxhbWJkYTp1cy1lYXN0LTE6MDAwMDAwMDAwMDAw"
            + "OmZ1bmN0aW9uOmJpcmRzAARQT1NUAAMxLjAAAHUwAAAAAAAAAgAAAAEAAAABAANpZDMABWZpcnN0AAAAAAAAAAAKAAAAAQAAAAAA"
            + "AAABAAAAAAAAAAEABHByb2QAAQADaWQzADRTdWNjZXNzZnVsbHkgZGVwbG95ZWQgc3RhZ2Ugd2l0aCBkZXBsb3ltZW50IElEICdp"
            + "ZDMnAAdmb3IgYWxsAAAAAQABeAABeQEAAAAFAUAEAAAAAAAAAAAAAQAFR0VUIC8AAAAAAAE/8AAAAAAAAAEAA2FybgASJGNvbnRl"
            + "eHQucmVxdWVzdElkAAAAAQABYQABYgAAAAAAAAAACgAAAAAAAAAK";

    /** One of each, with each of their members. */
    private void everything() {
        state = state.with(new Api(
                API,
                "birds",
                "of all kinds",
                "7",
                true,
                new Cors(true, List.of("a"), List.of("GET"), List.of("https://b"), List.of("c"), 9),
                Map.of("flock", "starlings", "size", "many"),
                3));
        var integration = integration();
        ask(new CreateRoute(API, new RouteChange("GET /", "integrations/" + integration, "look")));
        ask(new CreateStage(
                API,
                "prod",
                new StageChange(
                        null,
                        null,
                        "for all",
                        Map.of("x", "y"),
                        new RouteSettings(5, 2.5),
                        Map.of("GET /", new RouteSettings(null, 1.0)),
                        new AccessLogSettings("arn", "$context.requestId"),
                        Map.of("a", "b"))));
        ask(new CreateDeployment(API, "first", "prod"));
        route("POST /");
    }

    private String integration() {
        return ask(integrating(Integration.Type.AWS_PROXY, ARN, null));
    }

    private static CreateIntegration integrating(Integration.@Nullable Type type, String uri, @Nullable String method) {
        return new CreateIntegration(API, new IntegrationChange(type, uri, method, null, null, null));
    }

    private String route(String key) {
        return ask(new CreateRoute(API, new RouteChange(key, null, null)));
    }

    /** The id that was given first. */
    private String ask(GatewayRequest request) {
        int before = numbers.get();
        state = PartRules.decide(state, request, this::id, 10).state();
        return "id" + (before + 1);
    }

    private void refused(GatewayRequest request, GatewayError code) {
        assertThatThrownBy(() -> PartRules.decide(state, request, this::id, 10))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refusal -> assertThat(refusal.error().code()).isEqualTo(code));
    }

    private String deployment(String stage) {
        return requireNonNull(requireNonNull(state.stages().get(stage)).deploymentId());
    }

    private List<String> keys(String deployment) {
        return requireNonNull(state.deployments().get(deployment)).routes().stream()
                .map(Route::key)
                .toList();
    }

    private static ApiChange named(String name) {
        return new ApiChange(name, null, null, null, null, null);
    }
}
