package io.murmuration.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
    private static final String SCOPE = "/20260101/eu-central-1/dynamodb/aws4_request";

    private final Authenticator authenticator = Authenticator.dev(Map.of("KNOWN", "secret"));

    @Test
    void a_request_without_a_signature_is_refused() {
        assertThat(refusalOf(Map.of()))
                .contains(new ServiceError(
                        CommonError.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token"));
    }

    @Test
    void a_signature_of_another_scheme_is_no_signature() {
        assertThat(refusalOf(Map.of("authorization", "Basic abc")))
                .map(ServiceError::code)
                .contains(CommonError.MISSING_AUTHENTICATION_TOKEN);
    }

    @Test
    void all_that_is_missing_is_named() {
        assertThat(refusalOf(Map.of("authorization", "AWS4-")))
                .contains(new ServiceError(
                        CommonError.INCOMPLETE_SIGNATURE,
                        "Authorization header requires 'Credential' parameter. "
                                + "Authorization header requires 'Signature' parameter. "
                                + "Authorization header requires 'SignedHeaders' parameter. "
                                + "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
                                + "Authorization=AWS4-"));
    }

    @Test
    void parameters_may_be_parted_by_spaces_alone() {
        assertThat(refusalOf(Map.of("authorization", "AWS4- Signature=b Credential=a", "date", "a")))
                .contains(
                        new ServiceError(
                                CommonError.INCOMPLETE_SIGNATURE,
                                "Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4- Signature=b Credential=a"));
    }

    @Test
    void a_signature_in_two_places_is_refused() {
        var request = new Signed("POST", "/", "X-Amz-Algorithm", Map.of("authorization", "X"), "");

        assertThat(authenticator.refusal(request, "dynamodb"))
                .contains(new ServiceError(
                        CommonError.INVALID_SIGNATURE,
                        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."));
    }

    @Test
    void a_scope_of_four_parts_is_refused() {
        assertThat(refusalOf(signed("a/b/c/d", "0")))
                .contains(
                        new ServiceError(
                                CommonError.INCOMPLETE_SIGNATURE,
                                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/d'"));
    }

    @Test
    void any_signature_of_an_unknown_key_will_do() {
        assertThat(refusalOf(signed("anybody" + SCOPE, "0"))).isEmpty();
    }

    @Test
    void a_wrong_signature_of_a_known_key_is_refused() {
        assertThat(refusalOf(signed("KNOWN" + SCOPE, "0")))
                .map(ServiceError::code)
                .contains(CommonError.INVALID_SIGNATURE);
    }

    @Test
    void the_right_signature_of_a_known_key_passes_and_a_changed_body_does_not() {
        var headers = new HashMap<>(signed("KNOWN" + SCOPE, "0"));
        var request = new Signed("POST", "/", "", headers, "{}");
        headers.putAll(signed("KNOWN" + SCOPE, SignatureV4.signature(request, Authorization.of(request), "secret")));

        assertThat(authenticator.refusal(request, "dynamodb")).isEmpty();
        assertThat(authenticator.refusal(new Signed("POST", "/", "", headers, "{ }"), "dynamodb"))
                .isPresent();
    }

    @Test
    void a_known_key_scoped_to_another_service_is_refused() {
        assertThat(refusalOf(signed("KNOWN/20260101/eu-central-1/s3/aws4_request", "0")))
                .contains(new ServiceError(
                        CommonError.INVALID_SIGNATURE, "Credential should be scoped to correct service: 'dynamodb'."));
    }

    private Optional<ServiceError> refusalOf(Map<String, String> headers) {
        return authenticator.refusal(new Signed("POST", "/", "", headers, ""), "dynamodb");
    }

    private static Map<String, String> signed(String credential, String signature) {
        return Map.of(
                "host",
                "localhost",
                "x-amz-date",
                "20260101T000000Z",
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=host;x-amz-date, Signature="
                        + signature);
    }
}
