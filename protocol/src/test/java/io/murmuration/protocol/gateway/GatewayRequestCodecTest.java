package io.murmuration.protocol.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.gateway.GatewayRequest.GetApis;
import io.murmuration.protocol.gateway.GatewayRequest.Page;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the real client's requests become is seen by the tests of the gateway; here is what it never sends, or is not taken. */
class GatewayRequestCodecTest {
    /** A member that would have no effect is refused, never ignored. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v2/apis | {'name':'a','protocolType':'HTTP','credentialsArn':'arn:aws:iam::1:role/r'} | credentialsArn",
                "/v2/apis | {'name':'a','protocolType':'HTTP','routeSelectionExpression':'$request.body.x'} | routeSelectionExpression",
                "/v2/apis | {'name':'a','protocolType':'WEBSOCKET'} | WEBSOCKET",
                "/v2/apis/a/routes | {'routeKey':'GET /','authorizationType':'JWT','authorizerId':'x'} | authorizerId",
                "/v2/apis/a/routes | {'routeKey':'GET /','authorizationType':'AWS_IAM'} | authorizationType",
                "/v2/apis/a/routes | {'routeKey':'GET /','apiKeyRequired':true} | apiKeyRequired",
                "/v2/apis/a/routes | {'routeKey':'GET /','authorizationScopes':[]} | authorizationScopes",
                "/v2/apis/a/integrations | {'integrationType':'AWS_PROXY','requestParameters':{}} | requestParameters",
                "/v2/apis/a/integrations | {'integrationType':'AWS_PROXY','integrationSubtype':'SQS-SendMessage'} | integrationSubtype",
                "/v2/apis/a/integrations | {'integrationType':'HTTP_PROXY','connectionType':'VPC_LINK'} | connectionType",
                "/v2/apis/a/integrations | {'integrationType':'MOCK'} | integration type",
                "/v2/apis/a/integrations | {'integrationType':'AWS_PROXY','timeoutInMillis':30001} | 30000",
                "/v2/apis/a/integrations | {'integrationType':'AWS_PROXY','payloadFormatVersion':'3.0'} | payloadFormatVersion",
                "/v2/apis/a/stages | {'stageName':'s','defaultRouteSettings':{'detailedMetricsEnabled':true}} | detailedMetricsEnabled",
                "/v2/apis/a/stages | {'stageName':'s','clientCertificateId':'c'} | clientCertificateId",
                "/v2/apis/a/stages | {'stageName':'s','routeSettings':{'GET /':{'throttlingRateLimit':-1}}} | negative",
            })
    void what_would_have_no_effect_is_refused(String path, String body, String named) {
        assertThatThrownBy(() -> decode("POST", path, body.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refusal -> assertThat(refusal.error().code()).isEqualTo(GatewayError.BAD_REQUEST))
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v2/apis/a/authorizers",
        "GET, /v2/domainnames",
        "PUT, /v2/apis",
        "POST, /v2/tags/arn",
        "PUT, /v2/apis/a/routes/r",
        "POST, /v2/apis/a/routes/r/routeresponses",
    })
    void what_is_not_there_yet_is_an_unknown_operation(String method, String path) {
        assertThatThrownBy(() -> decode(method, path, "{}"))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refusal -> assertThat(refusal.error().code()).isEqualTo(CommonError.UNKNOWN_OPERATION));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "[]", "{'name':7}", "{'tags':{'a':1}}", "{'name':'a'} x"})
    void what_is_no_json_of_the_model_is_a_serialization_error(String body) {
        assertThatThrownBy(() -> decode("PATCH", "/v2/apis/a", body.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refusal -> assertThat(refusal.error().code()).isEqualTo(CommonError.SERIALIZATION));
    }

    @Test
    void pages_are_bounded() {
        assertThat(decode("GET", "/v2/apis", "")).isEqualTo(new GetApis(new Page(500, null)));
        assertThatThrownBy(() -> GatewayRequestCodec.decode("GET", "/v2/apis", name -> "0", new byte[0]))
                .isInstanceOf(ServiceException.class);
    }

    private static GatewayRequest decode(String method, String path, String body) {
        return GatewayRequestCodec.decode(method, path, name -> null, body.getBytes(StandardCharsets.UTF_8));
    }
}
