package io.murmuration.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.murmuration.function.Zip;
import io.murmuration.http.LogLines;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;

/** From the socket to a function's process and back, on whole nodes under the unmodified SDKs. */
@Timeout(180)
class HttpApiTest {
    private static final String ECHO = """
            exports.handler = async event => ({
              statusCode: 201,
              headers: { 'x-trace-of-process': process.env._X_AMZN_TRACE_ID },
              cookies: ['seen=1'],
              body: JSON.stringify({ route: event.routeKey, bird: event.pathParameters.bird, body: event.body,
                                     id: event.requestContext.requestId, trace: event.headers['x-amzn-trace-id'] })
            });
            """;

    private final Path folder;

    HttpApiTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_request_on_one_node_reaches_a_process_with_its_trace_wherever_api_and_function_were_made() throws Exception {
        var node = Pattern.compile(":")
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "node")));
        assumeThat(node).as("node is on the PATH").isTrue();
        try (var cluster = new TestCluster(folder, 3);
                var lambda = cluster.lambda(1);
                var gateway = gateway(cluster.endpoint(2));
                var http = HttpClient.newHttpClient();
                var log = new LogLines("io.murmuration.gateway.access")) {
            var function = lambda.createFunction(r -> r.functionName("echo")
                    .runtime("nodejs22.x")
                    .role("arn:aws:iam::000000000000:role/any")
                    .handler("index.handler")
                    .timeout(60)
                    .code(c -> c.zipFile(SdkBytes.fromByteArray(Zip.of(Map.of("index.js", ECHO))))));
            var api = gateway.createApi(r -> r.name("birds")
                    .protocolType(ProtocolType.HTTP)
                    .target(function.functionArn())
                    .routeKey("POST /birds/{bird}"));
            var trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

            var url = api.apiEndpoint()
                    .replace(cluster.endpoint(2).toString(), cluster.endpoint(1).toString());
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(url + "/birds/snowy%20owl"))
                            .POST(BodyPublishers.ofString("hoo"))
                            .header("Content-Type", "text/plain")
                            .header("X-Amzn-Trace-Id", trace)
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            var id = answer.headers().firstValue("apigw-requestid").orElseThrow();
            assertThat(answer.body())
                    .isEqualTo("{\"route\":\"POST /birds/{bird}\",\"bird\":\"snowy owl\",\"body\":\"hoo\",\"id\":\""
                            + id + "\",\"trace\":\"" + trace + "\"}");
            assertThat(answer.headers().firstValue("x-trace-of-process")).hasValue(trace);
            assertThat(answer.headers().allValues("set-cookie")).containsExactly("seen=1");
            assertThat(log.all()).anySatisfy(line -> assertThat(line.getFormattedMessage())
                    .startsWith("request=" + id + " trace=1-5759e988-bd862e3fe1be46a994272793 api=" + api.apiId())
                    .contains(" status=201 "));
        }
    }

    private static ApiGatewayV2Client gateway(URI endpoint) {
        return ApiGatewayV2Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
