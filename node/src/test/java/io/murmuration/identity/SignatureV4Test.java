package io.murmuration.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The requests and signatures of "AWS Signature Version 4 test suite" and of the S3 guide's "Example: GET Object". */
class SignatureV4Test {
    private static final String SUITE_SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String SUITE_SCOPE = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";

    @Test
    void get_vanilla() {
        assertThat(suite("GET", "", "", "host;x-amz-date", Map.of()))
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void post_vanilla() {
        assertThat(suite("POST", "", "", "host;x-amz-date", Map.of()))
                .isEqualTo("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void get_vanilla_query_order_key_case() {
        assertThat(suite("GET", "Param2=value2&Param1=value1", "", "host;x-amz-date", Map.of()))
                .isEqualTo("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    @Test
    void post_x_www_form_urlencoded() {
        var type = Map.of("content-type", "application/x-www-form-urlencoded");

        assertThat(suite("POST", "", "Param1=value1", "content-type;host;x-amz-date", type))
                .isEqualTo("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    @Test
    void a_get_of_an_object_as_in_the_s3_guide() {
        var request = new Signed(
                "GET",
                "/test.txt",
                "",
                Map.of(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=0",
                        "host",
                        "examplebucket.s3.amazonaws.com",
                        "range",
                        "bytes=0-9",
                        "x-amz-content-sha256",
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        "x-amz-date",
                        "20130524T000000Z"),
                "");

        assertThat(SignatureV4.signature(
                        request, Authorization.of(request), "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))
                .isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    private static String suite(
            String method, String query, String body, String signedHeaders, Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put("host", "example.amazonaws.com");
        headers.put("x-amz-date", "20150830T123600Z");
        headers.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + SUITE_SCOPE + ", SignedHeaders=" + signedHeaders + ", Signature=0");
        var request = new Signed(method, "/", query, headers, body);
        return SignatureV4.signature(request, Authorization.of(request), SUITE_SECRET);
    }
}
