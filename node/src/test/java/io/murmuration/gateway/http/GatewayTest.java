package io.murmuration.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.FreePorts;
import io.murmuration.function.Functions;
import io.murmuration.function.queue.FakeFunctions;
import io.murmuration.http.LogLines;
import io.murmuration.http.RawConnection;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.FunctionName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ApiGatewayV2Exception;
import software.amazon.awssdk.services.apigatewayv2.model.BadRequestException;
import software.amazon.awssdk.services.apigatewayv2.model.ConflictException;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;
import software.amazon.awssdk.services.apigatewayv2.model.NotFoundException;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;
import software.amazon.awssdk.services.apigatewayv2.model.RouteSettings;

/** HTTP APIs made with the unmodified SDK on three nodes, and called. */
@Timeout(90)
class GatewayTest {
    private static final String BIRDS = "arn:aws:lambda:us-east-1:000000000000:function:birds";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static GatewayNodes nodes;
    private static ApiGatewayV2Client client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        nodes = new GatewayNodes(folder, 3);
        client = nodes.client(1);
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        nodes.close();
        HTTP.close();
    }

    @BeforeEach
    void functionsGreet() {
        functions(call -> FakeFunctions.replied("{\"statusCode\":200,\"body\":\"hello\"}"));
    }

    // ---- making ----

    @Test
    void an_api_is_made_shown_changed_and_removed_on_any_node() {
        try (var other = nodes.client(2)) {
            var made = client.createApi(r -> r.name("birds")
                    .protocolType(ProtocolType.HTTP)
                    .description("of all kinds")
                    .version("7")
                    .tags(Map.of("flock", "starlings"))
                    .corsConfiguration(c -> c.allowOrigins("https://birds.example")
                            .allowMethods("GET")
                            .allowHeaders("x-bird")
                            .exposeHeaders("x-count")
                            .allowCredentials(true)
                            .maxAge(60)));

            assertThat(made.apiId()).matches("[a-z0-9]{10}");
            assertThat(made.apiEndpoint())
                    .isEqualTo("http://127.0.0.1:" + nodes.port(1) + "/_aws/execute-api/" + made.apiId());
            assertThat(made.createdDate()).isNotNull();
            var shown = other.getApi(r -> r.apiId(made.apiId()));
            assertThat(shown.name()).isEqualTo("birds");
            assertThat(shown.description()).isEqualTo("of all kinds");
            assertThat(shown.version()).isEqualTo("7");
            assertThat(shown.tags()).containsEntry("flock", "starlings");
            assertThat(shown.protocolType()).isEqualTo(ProtocolType.HTTP);
            assertThat(shown.corsConfiguration()).isEqualTo(made.corsConfiguration());
            assertThat(shown.corsConfiguration().maxAge()).isEqualTo(60);

            var changed = other.updateApi(r -> r.apiId(made.apiId()).name("owls"));
            assertThat(changed.name()).isEqualTo("owls");
            assertThat(changed.description()).isEqualTo("of all kinds");
            other.deleteCorsConfiguration(r -> r.apiId(made.apiId()));
            assertThat(client.getApi(r -> r.apiId(made.apiId())).corsConfiguration())
                    .isNull();
            assertThat(client.getApis(r -> {}).items())
                    .anyMatch(api -> api.apiId().equals(made.apiId()));

            client.deleteApi(r -> r.apiId(made.apiId()));
            assertThatThrownBy(() -> other.getApi(r -> r.apiId(made.apiId())))
                    .isInstanceOfSatisfying(NotFoundException.class, e -> assertThat(
                                    e.awsErrorDetails().errorMessage())
                            .isEqualTo("Invalid API identifier specified 000000000000:" + made.apiId()));
        }
    }

    @Test
    void parts_are_made_shown_listed_in_pages_changed_and_removed() {
        var api = api();
        var integration = client.createIntegration(r -> r.apiId(api)
                .integrationType(IntegrationType.AWS_PROXY)
                .integrationUri(BIRDS)
                .payloadFormatVersion("2.0")
                .timeoutInMillis(5000)
                .description("the birds"));
        assertThat(integration.integrationMethod()).isEqualTo("POST");
        assertThat(client.getIntegration(r -> r.apiId(api).integrationId(integration.integrationId()))
                        .timeoutInMillis())
                .isEqualTo(5000);
        assertThat(client.updateIntegration(r -> r.apiId(api)
                                .integrationId(integration.integrationId())
                                .timeoutInMillis(60))
                        .payloadFormatVersion())
                .isEqualTo("2.0");
        assertThat(client.getIntegrations(r -> r.apiId(api)).items()).hasSize(1);

        var target = "integrations/" + integration.integrationId();
        for (var key : List.of("GET /a", "GET /b", "GET /c")) {
            client.createRoute(r -> r.apiId(api).routeKey(key).target(target));
        }
        var page = client.getRoutes(r -> r.apiId(api).maxResults("2"));
        assertThat(page.items()).hasSize(2);
        var rest = client.getRoutes(r -> r.apiId(api).nextToken(page.nextToken()));
        assertThat(rest.items()).hasSize(1);
        assertThat(rest.nextToken()).isNull();
        var route = rest.items().getFirst();
        assertThat(route.target()).isEqualTo(target);
        assertThat(client.updateRoute(r -> r.apiId(api).routeId(route.routeId()).routeKey("POST /d"))
                        .routeKey())
                .isEqualTo("POST /d");
        assertThat(client.getRoute(r -> r.apiId(api).routeId(route.routeId())).routeKey())
                .isEqualTo("POST /d");

        var deployment = client.createDeployment(r -> r.apiId(api).description("first"));
        assertThat(deployment.deploymentStatusAsString()).isEqualTo("DEPLOYED");
        client.createStage(r -> r.apiId(api)
                .stageName("prod")
                .deploymentId(deployment.deploymentId())
                .stageVariables(Map.of("flock", "starlings"))
                .defaultRouteSettings(s -> s.throttlingBurstLimit(5).throttlingRateLimit(2.5))
                .routeSettings(Map.of("GET /a", RouteSettings.builder().build()))
                .accessLogSettings(l -> l.destinationArn("arn:aws:logs:x").format("$context.requestId")));
        var stage = client.getStage(r -> r.apiId(api).stageName("prod"));
        assertThat(stage.deploymentId()).isEqualTo(deployment.deploymentId());
        assertThat(stage.stageVariables()).containsEntry("flock", "starlings");
        assertThat(stage.defaultRouteSettings().throttlingRateLimit()).isEqualTo(2.5);
        assertThat(stage.accessLogSettings().format()).isEqualTo("$context.requestId");
        client.deleteAccessLogSettings(r -> r.apiId(api).stageName("prod"));
        client.deleteRouteSettings(r -> r.apiId(api).stageName("prod").routeKey("GET /a"));
        var left = client.updateStage(r -> r.apiId(api).stageName("prod").description("for all"));
        assertThat(left.accessLogSettings()).isNull();
        assertThat(left.routeSettings()).isEmpty();
        assertThat(client.getStages(r -> r.apiId(api)).items()).hasSize(1);
        assertThat(client.updateDeployment(r -> r.apiId(api)
                                .deploymentId(deployment.deploymentId())
                                .description("other"))
                        .description())
                .isEqualTo("other");
        assertThat(client.getDeployments(r -> r.apiId(api)).items()).hasSize(1);

        client.deleteStage(r -> r.apiId(api).stageName("prod"));
        client.deleteDeployment(r -> r.apiId(api).deploymentId(deployment.deploymentId()));
        for (var each : client.getRoutes(r -> r.apiId(api)).items()) {
            client.deleteRoute(r -> r.apiId(api).routeId(each.routeId()));
        }
        client.deleteIntegration(r -> r.apiId(api).integrationId(integration.integrationId()));
        assertThatThrownBy(() -> client.getDeployment(r -> r.apiId(api).deploymentId(deployment.deploymentId())))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.getRoute(r -> r.apiId(api).routeId(route.routeId())))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void refusals_have_the_types_that_the_sdk_knows() {
        var api = api();
        client.createStage(r -> r.apiId(api).stageName("prod"));

        assertThatThrownBy(() -> client.createStage(r -> r.apiId(api).stageName("prod")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Stage already exists");
        assertThatThrownBy(() -> client.createRoute(r -> r.apiId(api).routeKey("nonsense")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("The provided route key is not formatted properly for HTTP protocol.");
        assertThatThrownBy(() -> client.createRoute(r ->
                        r.apiId(api).routeKey("GET /").authorizationType("JWT").authorizerId("x")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("authorizerId");
        assertThatThrownBy(() -> client.createAuthorizer(r ->
                        r.apiId(api).name("a").authorizerType("JWT").identitySource("$request.header.Authorization")))
                .isInstanceOfSatisfying(ApiGatewayV2Exception.class, e -> assertThat(e.statusCode())
                        .isEqualTo(404));
        assertThatThrownBy(() -> client.createApi(r -> r.name("socket").protocolType(ProtocolType.WEBSOCKET)))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void rest_apis_are_an_unknown_operation() throws Exception {
        var asked = signed("/restapis", "{\"name\":\"birds\"}", nodes.port(1));

        assertThat(HTTP.send(asked, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }

    private static HttpRequest signed(String path, String body, int port) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(BodyPublishers.ofString(body))
                .header("X-Amz-Date", "20260101T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/apigateway/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .build();
    }

    @Test
    void of_changes_on_all_nodes_at_once_none_is_lost() throws Exception {
        var api = api();
        var changes = new ArrayList<CompletableFuture<?>>();
        for (int node = 1; node <= 3; node++) {
            var port = nodes.port(node);
            for (int i = 0; i < 2; i++) {
                var key = "GET /" + node + "/" + i;
                var request = signed("/v2/apis/" + api + "/routes", "{\"routeKey\":\"" + key + "\"}", port);
                changes.add(HTTP.sendAsync(request, BodyHandlers.ofString())
                        .thenAccept(reply ->
                                assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201)));
            }
        }

        CompletableFuture.allOf(changes.toArray(CompletableFuture<?>[]::new)).get(60, TimeUnit.SECONDS);

        assertThat(client.getRoutes(r -> r.apiId(api)).items()).hasSize(6);
    }

    // ---- calling ----

    @Test
    void a_quick_creation_answers_at_its_endpoint_on_every_node() throws Exception {
        var made = quick(BIRDS);

        for (int node = 1; node <= 3; node++) {
            var url = made.replace(":" + nodes.port(1) + "/", ":" + nodes.port(node) + "/");
            assertThat(get(url + "/any/path").body()).isEqualTo("hello");
        }
    }

    @Test
    void an_api_is_reached_by_its_host_name_and_by_amazon_s() throws Exception {
        var api = quick(BIRDS).replaceAll(".*/", "");

        for (var host : List.of(
                api + ".execute-api.localhost:" + nodes.port(2), api + ".execute-api.eu-west-1.amazonaws.com")) {
            var answer = raw(2, "GET /owls?a=1 HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
        }
        assertThat(nodes.functions.calls().getLast().payload().utf8String())
                .contains("\"domainName\":\"" + api + ".execute-api.eu-west-1.amazonaws.com\"")
                .contains("\"rawPath\":\"/owls\"")
                .contains("\"sourceIp\":\"127.0.0.1\"");
    }

    @Test
    void a_path_is_decoded_once_and_never_ends_a_line_of_the_log() throws Exception {
        var url = quick(BIRDS);
        try (var log = new LogLines("io.murmuration.gateway.access")) {
            get(url + "/100%2525/a%0Ab");

            assertThat(nodes.functions.calls().getLast().payload().utf8String())
                    .contains("\"rawPath\":\"/100%25/a\\nb\"");
            assertThat(log.all()).anySatisfy(line -> assertThat(line.getFormattedMessage())
                    .contains("/100%2525/a%0Ab status=200")
                    .doesNotContain("\n"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/json",
        "text/html; charset=UTF-8",
        "text/html",
        "text/csv; header=present",
        "application/vnd.birds.v1+json",
        "x/y"
    })
    void a_content_type_passes_in_both_directions(String type) throws Exception {
        var url = quick(BIRDS);
        functions(call -> FakeFunctions.replied(
                "{\"statusCode\":200,\"body\":\"x\",\"headers\":{\"content-type\":\"" + type + "\"}}"));

        var answer = send(request(url).POST(BodyPublishers.ofString("x")).header("Content-Type", type));

        assertThat(answer.headers().firstValue("content-type").orElse("")).isEqualTo(type);
        assertThat(nodes.functions.calls().getLast().payload().utf8String())
                .contains("\"content-type\":\"" + type + "\"");
    }

    @Test
    void what_belongs_to_the_node_elsewhere_belongs_to_the_api_at_its_host() throws Exception {
        var api = quick(BIRDS).replaceAll(".*/", "");

        for (var path : List.of("/_murmur/health", "/_localstack/health", "/v2/apis", "/2015-03-31/functions")) {
            assertThat(raw(1, "GET " + path + " HTTP/1.1\r\nHost: " + api + ".execute-api.localhost\r\n\r\n")
                            .body())
                    .isEqualTo("hello");
        }
        assertThat(raw(1, "GET /v2/apis HTTP/1.1\r\nHost: nobody.execute-api.localhost\r\n\r\n")
                        .body())
                .isEqualTo("{\"message\":\"Not Found\"}");
    }

    @Test
    void the_function_sees_the_request_and_the_client_its_answer() throws Exception {
        var api = api();
        route(api, "PUT /birds/{bird}/{rest+}", function(api, "2.0"));
        client.createStage(
                r -> r.apiId(api).stageName("prod").autoDeploy(true).stageVariables(Map.of("flock", "starlings")));
        functions(call -> FakeFunctions.replied("{\"statusCode\":201,\"cookies\":[\"a=1\",\"b=2\"],"
                + "\"headers\":{\"x-bird\":\"owl\",\"content-type\":\"image/png\"},\"body\":\"AP8=\","
                + "\"isBase64Encoded\":true}"));

        var answer = send(HttpRequest.newBuilder(URI.create(url(api) + "/prod/birds/b%20c/x/y?q=1&q=2"))
                .PUT(BodyPublishers.ofString("{\"n\":1}"))
                .header("Content-Type", "application/json")
                .header("Cookie", "session=7")
                .header("X-Many", "1")
                .header("X-Many", "2"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).containsExactly(0, 0xFF);
        assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.headers().firstValue("x-bird")).hasValue("owl");
        assertThat(answer.headers().firstValue("content-type")).hasValue("image/png");
        assertThat(answer.headers().firstValue("x-amzn-requestid")).isEmpty();
        var call = nodes.functions.calls().getLast();
        assertThat(call.function()).isEqualTo(new FunctionName("birds", null));
        assertThat(call.payload().utf8String())
                .contains("\"routeKey\":\"PUT /birds/{bird}/{rest+}\"")
                .contains("\"rawPath\":\"/prod/birds/b c/x/y\"")
                .contains("\"rawQueryString\":\"q=1&q=2\"")
                .contains("\"queryStringParameters\":{\"q\":\"1,2\"}")
                .contains("\"cookies\":[\"session=7\"]")
                .contains("\"x-many\":\"1,2\"")
                .contains("\"content-type\":\"application/json\"")
                .contains("\"body\":\"{\\\"n\\\":1}\"")
                .contains("\"pathParameters\":{\"bird\":\"b c\",\"rest\":\"x/y\"}")
                .contains("\"stageVariables\":{\"flock\":\"starlings\"}")
                .contains("\"stage\":\"prod\"")
                .contains("\"requestId\":\""
                        + answer.headers().firstValue("apigw-requestid").orElseThrow() + "\"");
    }

    @Test
    void a_trace_is_taken_over_or_begun_and_can_be_followed_from_the_socket_to_the_function() throws Exception {
        var url = quick(BIRDS);
        var given = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        try (var log = new LogLines("io.murmuration.gateway.access")) {
            var first = send(request(url).header("X-Amzn-Trace-Id", given));
            var second = send(request(url).header("X-Amzn-Trace-Id", "nonsense"));

            var calls = nodes.functions.calls();
            assertThat(calls.get(calls.size() - 2).traceId()).isEqualTo(given);
            assertThat(calls.get(calls.size() - 2).payload().utf8String())
                    .contains("\"x-amzn-trace-id\":\"" + given + "\"");
            assertThat(calls.getLast().traceId()).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
            assertThat(calls.getLast().payload().utf8String())
                    .contains("\"x-amzn-trace-id\":\"" + calls.getLast().traceId() + "\"");
            var lines = log.all().stream()
                    .map(line -> line.getFormattedMessage())
                    .filter(line -> line.startsWith("request="))
                    .toList();
            assertThat(lines)
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("request=" + id(first) + " trace=1-5759e988-bd862e3fe1be46a994272793 api=")
                            .contains(" stage=$default route=\"$default\" method=GET ")
                            .contains(" status=200 bytes=5 micros=")
                            .endsWith(" function=id error=\"\""))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("request=" + id(second) + " trace="
                                    + calls.getLast().traceId().substring("Root=".length())));
        }
    }

    @Test
    void a_stage_logs_each_request_in_its_own_format() throws Exception {
        var api = api();
        route(api, "GET /owls", function(api, "2.0"));
        client.createStage(
                r -> r.apiId(api).stageName("$default").autoDeploy(true).accessLogSettings(l -> l.destinationArn(
                                "arn:aws:logs:x")
                        .format("{\"id\":\"$context.requestId\",\"route\":\"$context.routeKey\","
                                + "\"status\":$context.status,\"agent\":\"$context.identity.userAgent\","
                                + "\"who\":\"$context.authorizer.principalId\"}")));
        try (var log = new LogLines("io.murmuration.gateway.stage")) {
            var answer = send(request(url(api) + "/owls").header("User-Agent", "a\"b"));

            assertThat(log.all()).anySatisfy(line -> assertThat(line.getFormattedMessage())
                    .isEqualTo("{\"id\":\"" + id(answer) + "\",\"route\":\"GET /owls\",\"status\":200,"
                            + "\"agent\":\"a\\\"b\",\"who\":\"-\"}"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2.0 | \"owl\"                             | 200 | owl",
                "2.0 | {\"owl\":1}                         | 200 | {\"owl\":1}",
                "2.0 | {\"statusCode\":200.5}              | 500 | {\"message\":\"Internal Server Error\"}",
                "1.0 | {\"statusCode\":404,\"body\":\"x\"} | 404 | x",
                "1.0 | {\"owl\":1}                         | 500 | {\"message\":\"Internal Server Error\"}",
            })
    void an_answer_is_understood_by_the_integration_s_format(String format, String payload, int status, String body)
            throws Exception {
        var api = api();
        route(api, "GET /", function(api, format));
        client.createStage(r -> r.apiId(api).stageName("$default").autoDeploy(true));
        functions(call -> FakeFunctions.replied(payload));

        var answer = send(request(url(api) + "/"));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo(body);
    }

    @Test
    void what_goes_wrong_is_told_in_the_words_of_http_apis() throws Exception {
        var api = api();
        var integration = function(api, "2.0");
        route(api, "GET /owls", integration);
        client.createRoute(r -> r.apiId(api).routeKey("GET /nowhere"));
        client.createStage(r -> r.apiId(api).stageName("$default").autoDeploy(true));

        assertThat(get(url(api) + "/crows")).matches(is(404, "Not Found"));
        assertThat(get(url(api) + "/nowhere")).matches(is(404, "Not Found"));
        assertThat(get(url("nobody") + "/owls")).matches(is(404, "Not Found"));
        functions(call -> FakeFunctions.failed());
        assertThat(get(url(api) + "/owls")).matches(is(500, "Internal Server Error"));
        functions(call -> FakeFunctions.refused(FunctionErrors.notFound("arn")));
        assertThat(get(url(api) + "/owls")).matches(is(500, "Internal Server Error"));
        functions(call -> FakeFunctions.refused(FunctionErrors.throttled()));
        assertThat(get(url(api) + "/owls")).matches(is(503, "Service Unavailable"));
        functions(call -> new CompletableFuture<>());
        client.updateIntegration(r -> r.apiId(api)
                .integrationId(integration.substring("integrations/".length()))
                .timeoutInMillis(50));
        assertThat(get(url(api) + "/owls")).matches(is(503, "Service Unavailable"));
        var large = send(HttpRequest.newBuilder(URI.create(url(api) + "/owls"))
                .POST(BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024 + 1])));
        assertThat(large.statusCode()).isEqualTo(413);
        client.updateApi(r -> r.apiId(api).disableExecuteApiEndpoint(true));
        assertThat(get(url(api) + "/owls")).matches(is(404, "Not Found"));
    }

    @Test
    void a_stage_serves_what_was_deployed_and_not_what_came_after() throws Exception {
        var api = api();
        var target = function(api, "2.0");
        route(api, "GET /owls", target);
        client.createStage(r -> r.apiId(api).stageName("prod"));
        client.createDeployment(r -> r.apiId(api).stageName("prod"));

        route(api, "GET /crows", target);

        assertThat(get(url(api) + "/prod/owls").statusCode()).isEqualTo(200);
        assertThat(get(url(api) + "/prod/crows").statusCode()).isEqualTo(404);
        client.createDeployment(r -> r.apiId(api).stageName("prod"));
        assertThat(get(url(api) + "/prod/crows").statusCode()).isEqualTo(200);
    }

    @Test
    void a_function_s_name_may_hang_on_the_stage() throws Exception {
        var api = api();
        var integration = client.createIntegration(r -> r.apiId(api)
                .integrationType(IntegrationType.AWS_PROXY)
                .integrationUri(BIRDS + "-${stageVariables.kind}")
                .payloadFormatVersion("2.0"));
        route(api, "GET /", "integrations/" + integration.integrationId());
        client.createStage(r -> r.apiId(api).stageName("prod").autoDeploy(true).stageVariables(Map.of("kind", "owls")));
        client.createStage(r -> r.apiId(api).stageName("bare").autoDeploy(true));

        assertThat(get(url(api) + "/prod/").statusCode()).isEqualTo(200);
        assertThat(nodes.functions.calls().getLast().function().name()).isEqualTo("birds-owls");
        assertThat(get(url(api) + "/bare")).matches(is(500, "Internal Server Error"));
    }

    @Test
    void pages_are_told_what_the_api_says_whatever_its_function_says() throws Exception {
        var api = api();
        route(api, "GET /", function(api, "2.0"));
        client.createStage(r -> r.apiId(api).stageName("$default").autoDeploy(true));
        functions(call -> FakeFunctions.replied(
                "{\"statusCode\":200,\"headers\":{\"Access-Control-Allow-Origin\":\"https://other.example\"}}"));
        var page = "https://birds.example";

        var left = send(request(url(api) + "/").header("Origin", page));
        assertThat(left.headers().firstValue("access-control-allow-origin")).hasValue("https://other.example");
        var preflight = HttpRequest.newBuilder(URI.create(url(api) + "/anything"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", page)
                .header("Access-Control-Request-Method", "GET");
        assertThat(send(preflight.copy()).statusCode()).isEqualTo(404);

        client.updateApi(
                r -> r.apiId(api).corsConfiguration(c -> c.allowOrigins(page).allowMethods("GET")));

        var told = send(request(url(api) + "/").header("Origin", page));
        assertThat(told.headers().allValues("access-control-allow-origin")).containsExactly(page);
        var stranger = send(request(url(api) + "/").header("Origin", "https://other.example"));
        assertThat(stranger.statusCode()).isEqualTo(200);
        assertThat(stranger.headers().firstValue("access-control-allow-origin")).isEmpty();
        var answered = send(preflight.copy());
        assertThat(answered.statusCode()).isEqualTo(204);
        assertThat(answered.headers().firstValue("access-control-allow-methods"))
                .hasValue("GET");
        assertThat(answered.headers().firstValue("access-control-allow-origin")).hasValue(page);
        var refused = send(request(url(api) + "/none").header("Origin", page));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.headers().firstValue("access-control-allow-origin")).hasValue(page);
    }

    @Test
    void a_stage_takes_no_more_requests_than_it_is_told_to() throws Exception {
        var api = api();
        route(api, "GET /owls", function(api, "2.0"));
        route(
                api,
                "GET /crows",
                client.getRoutes(r -> r.apiId(api)).items().getFirst().target());
        client.createStage(r -> r.apiId(api)
                .stageName("$default")
                .autoDeploy(true)
                .defaultRouteSettings(s -> s.throttlingBurstLimit(2).throttlingRateLimit(0.001))
                .routeSettings(Map.of(
                        "GET /crows",
                        RouteSettings.builder()
                                .throttlingBurstLimit(1)
                                .throttlingRateLimit(0.001)
                                .build())));

        assertThat(get(url(api) + "/owls").statusCode()).isEqualTo(200);
        assertThat(get(url(api) + "/owls").statusCode()).isEqualTo(200);
        assertThat(get(url(api) + "/owls")).matches(is(429, "Too Many Requests"));
        assertThat(get(url(api) + "/crows").statusCode()).isEqualTo(200);
        assertThat(get(url(api) + "/crows")).matches(is(429, "Too Many Requests"));
    }

    @Test
    void a_url_gets_the_request_as_it_is_and_its_answer_comes_back() throws Exception {
        try (var backend = new Backend()) {
            var api = api();
            var integration = client.createIntegration(r -> r.apiId(api)
                    .integrationType(IntegrationType.HTTP_PROXY)
                    .integrationMethod("ANY")
                    .integrationUri(backend.url() + "/base/{proxy}"));
            route(api, "ANY /web/{proxy+}", "integrations/" + integration.integrationId());
            client.createStage(r -> r.apiId(api).stageName("$default").autoDeploy(true));

            var answer = send(HttpRequest.newBuilder(URI.create(url(api) + "/web/a%20b/c?q=1%202"))
                    .POST(BodyPublishers.ofString("owl"))
                    .header("Content-Type", "text/plain")
                    .header("X-Bird", "crow"));

            assertThat(answer.statusCode()).isEqualTo(203);
            assertThat(answer.headers().firstValue("x-backend")).hasValue("yes");
            assertThat(answer.headers().firstValue("apigw-requestid")).isPresent();
            assertThat(new String(answer.body(), UTF_8))
                    .isEqualTo("POST /base/a%20b/c?q=1%202 owl crow " + "for=127.0.0.1;host=127.0.0.1:" + nodes.port(1)
                            + ";proto=http");
        }
    }

    @Test
    void a_url_that_does_not_answer_is_told_apart_from_one_that_cannot_be_reached() throws Exception {
        try (var backend = new Backend()) {
            var api = api();
            for (var each : Map.of("slow", backend.url() + "/slow", "gone", "http://127.0.0.1:" + FreePorts.row(1))
                    .entrySet()) {
                var integration = client.createIntegration(r -> r.apiId(api)
                        .integrationType(IntegrationType.HTTP_PROXY)
                        .integrationMethod("GET")
                        .timeoutInMillis(each.getKey().equals("slow") ? 50 : 30_000)
                        .integrationUri(each.getValue()));
                route(api, "GET /" + each.getKey(), "integrations/" + integration.integrationId());
            }
            client.createStage(r -> r.apiId(api).stageName("$default").autoDeploy(true));

            assertThat(get(url(api) + "/slow")).matches(is(504, "Gateway Timeout"));
            assertThat(get(url(api) + "/gone")).matches(is(503, "Service Unavailable"));
        }
    }

    // ---- helpers ----

    private static void functions(Function<Functions.Call, CompletionStage<Functions.Answer>> behaviour) {
        nodes.functions.will(behaviour);
    }

    private static String api() {
        return client.createApi(CreateApiRequest.builder()
                        .name("birds")
                        .protocolType(ProtocolType.HTTP)
                        .build())
                .apiId();
    }

    /** The endpoint. */
    private static String quick(String target) {
        return client.createApi(
                        r -> r.name("quick").protocolType(ProtocolType.HTTP).target(target))
                .apiEndpoint();
    }

    /** The target for routes. */
    private static String function(String api, String format) {
        return "integrations/"
                + client.createIntegration(r -> r.apiId(api)
                                .integrationType(IntegrationType.AWS_PROXY)
                                .integrationUri("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + BIRDS
                                        + "/invocations")
                                .payloadFormatVersion(format))
                        .integrationId();
    }

    private static void route(String api, String key, String target) {
        client.createRoute(r -> r.apiId(api).routeKey(key).target(target));
    }

    private static String url(String api) {
        return "http://127.0.0.1:" + nodes.port(1) + "/_aws/execute-api/" + api;
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HTTP.send(request(url).build(), BodyHandlers.ofString());
    }

    private static RawConnection.Answer raw(int node, String request) throws IOException {
        try (var connection = new RawConnection(nodes.port(node))) {
            connection.send(request);
            return connection.read();
        }
    }

    private static Predicate<HttpResponse<String>> is(int status, String message) {
        return answer -> answer.statusCode() == status
                && answer.body().equals("{\"message\":\"" + message + "\"}")
                && answer.headers().firstValue("content-type").orElse("").equals("application/json");
    }

    private static String id(HttpResponse<?> answer) {
        return answer.headers().firstValue("apigw-requestid").orElseThrow();
    }
}
