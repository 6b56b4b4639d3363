package io.murmuration.cli.demo.site;

import java.util.List;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;

/** Makes the HTTP API in front of a function. */
final class SiteGateway {
    static final List<String> ROUTES = List.of("POST /strikes", "GET /counts", "GET /gallery");

    private final ApiGatewayV2Client client;

    SiteGateway(ApiGatewayV2Client client) {
        this.client = client;
    }

    /** Returns the id of the API. */
    String create(String name, String function) {
        var api = client.createApi(request -> request.name(name).protocolType(ProtocolType.HTTP))
                .apiId();
        var integration = client.createIntegration(request -> request.apiId(api)
                        .integrationType(IntegrationType.AWS_PROXY)
                        .integrationUri(function)
                        .payloadFormatVersion("2.0"))
                .integrationId();
        for (var route : ROUTES) {
            client.createRoute(request -> request.apiId(api).routeKey(route).target("integrations/" + integration));
        }
        client.createStage(request -> request.apiId(api).stageName("$default").autoDeploy(true));
        return api;
    }
}
