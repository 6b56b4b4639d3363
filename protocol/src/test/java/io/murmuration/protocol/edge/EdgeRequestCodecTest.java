package io.murmuration.protocol.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeRequestCodecTest {
    private static final String ORIGIN = """
            <Origin><Id>o</Id><DomainName>example.org</DomainName><CustomOriginConfig><HTTPPort>80</HTTPPort>
            <HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy></CustomOriginConfig></Origin>""";
    private static final String BEHAVIOR = """
            <DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>
            <CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId></DefaultCacheBehavior>""";
    private static final String CONFIG = """
            <DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><CallerReference>r</CallerReference>
            <Origins><Quantity>1</Quantity><Items>%s</Items></Origins>%s<Comment></Comment><Enabled>true</Enabled>%s
            </DistributionConfig>""";

    @Test
    void what_a_client_leaves_out_is_completed_as_cloudfront_does() {
        var config = config(ORIGIN, BEHAVIOR, "");

        assertThat(Xml.text(config.document(), "PriceClass")).isEqualTo("PriceClass_All");
        assertThat(Xml.text(config.document(), "HttpVersion")).isEqualTo("http2");
        assertThat(config.standard().allowedMethods()).containsExactlyInAnyOrder("GET", "HEAD");
        assertThat(config.origins().getFirst().readSeconds()).isEqualTo(30);
        assertThat(config.origins().getFirst().connectAttempts()).isEqualTo(3);
        assertThat(DistributionConfig.fromBytes(config.toBytes())).isEqualTo(config);
        assertThat(DistributionConfig.accept(config.document())).isEqualTo(config);
    }

    /** What is not well-formed, not known, or reaches for something outside. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<DistributionConfig>",
                "<Other/>",
                "no XML",
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><DistributionConfig><Comment>&e;</Comment></DistributionConfig>",
                "<!DOCTYPE a [<!ENTITY e \"x\">]><DistributionConfig><Comment>&e;</Comment></DistributionConfig>",
                "<DistributionConfig><NoSuchMember/></DistributionConfig>"
            })
    void broken_documents_are_malformed(String document) {
        refused(document, EdgeError.MALFORMED_INPUT);
    }

    @Test
    void a_body_is_needed() {
        refused("", EdgeError.MISSING_BODY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Id>o</Id> | <Id></Id> | INVALID_ARGUMENT",
                "example.org | exa mple | INVALID_ARGUMENT",
                "example.org | http://example.org | INVALID_ARGUMENT",
                "<HTTPPort>80 | <HTTPPort>81 | INVALID_ARGUMENT",
                "http-only | sometimes | INVALID_ARGUMENT",
                "<CustomOriginConfig> | <OriginPath>v1</OriginPath><CustomOriginConfig> | INVALID_RELATIVE_PATH",
                "<CustomOriginConfig> | <OriginPath>/v1/</OriginPath><CustomOriginConfig> | INVALID_RELATIVE_PATH",
                "<HTTPPort> | <OriginReadTimeout>0</OriginReadTimeout><HTTPPort> | INVALID_ORIGIN_READ_TIMEOUT",
                "<HTTPPort> | <OriginKeepaliveTimeout>999</OriginKeepaliveTimeout><HTTPPort> | INVALID_ORIGIN_KEEPALIVE_TIMEOUT",
                "</Origin> | <OriginShield><Enabled>true</Enabled></OriginShield></Origin> | INVALID_ARGUMENT",
                "</Origin> | <VpcOriginConfig/></Origin> | INVALID_ARGUMENT",
                "</Origin> | <S3OriginConfig><OriginAccessIdentity/></S3OriginConfig></Origin> | INVALID_ARGUMENT",
            })
    void origins_are_checked(String part, String other, EdgeError error) {
        refused(String.format(CONFIG, ORIGIN.replace(part, other), BEHAVIOR, ""), error);
    }

    @Test
    void headers_of_the_connection_are_no_origins_headers() {
        for (var name : new String[] {"Host", "X-Amz-Cf-Id", "Connection", "a b", "CDN-Loop"}) {
            var headers = "<CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>" + name
                    + "</HeaderName><HeaderValue>x</HeaderValue></OriginCustomHeader></Items></CustomHeaders></Origin>";
            refused(
                    String.format(CONFIG, ORIGIN.replace("</Origin>", headers), BEHAVIOR, ""),
                    EdgeError.INVALID_ARGUMENT);
        }
    }

    @Test
    void an_alias_is_shown_as_it_was_written() {
        var more = "<Aliases><Quantity>1</Quantity><Items><CNAME>WWW.Example.org</CNAME></Items></Aliases>";

        var config = config(ORIGIN, BEHAVIOR, more);

        assertThat(config.aliases()).containsExactly("www.example.org");
        assertThat(Xml.texts(config.document(), "Aliases", "CNAME")).containsExactly("WWW.Example.org");
    }

    /** A distribution of such a name would be asked instead of the service. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "*.localhost",
                "s3.localhost",
                "photos.s3.localhost",
                "x.execute-api.localhost",
                "e1.cloudfront.localhost",
                "dynamodb.us-east-1.amazonaws.com",
                "-.example.org",
                "a..b"
            })
    void aliases_are_names_of_ones_own(String alias) {
        var more = "<Aliases><Quantity>1</Quantity><Items><CNAME>" + alias + "</CNAME></Items></Aliases>";

        refused(String.format(CONFIG, ORIGIN, BEHAVIOR, more), EdgeError.INVALID_ARGUMENT);
    }

    @Test
    void an_alias_that_is_longer_than_any_name_is_refused_unread() {
        var more =
                "<Aliases><Quantity>1</Quantity><Items><CNAME>" + "a.".repeat(50_000) + "a</CNAME></Items></Aliases>";

        refused(String.format(CONFIG, ORIGIN, BEHAVIOR, more), EdgeError.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/2020-05-31/cache-policy",
        "POST,/2020-05-31/distribution/E1",
        "PATCH,/2020-05-31/distribution",
        "GET,/2020-05-31/distribution/E1/invalidation/I1/more",
        "POST,/2020-05-31/distribution?WithTags"
    })
    void what_is_no_operation_here_is_unknown(String method, String path) {
        var query = path.contains("?") ? Map.of("WithTags", "") : Map.<String, String>of();
        var input = new EdgeRequestCodec.Input(method, path.replace("?WithTags", ""), query, null, new byte[0]);

        assertThatThrownBy(() -> EdgeRequestCodec.decode(input))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(CommonError.UNKNOWN_OPERATION));
    }

    @Test
    void an_error_says_whose_fault_it_is() {
        var sender = EdgeReplyCodec.error(EdgeErrors.noSuchDistribution(), "id");
        var receiver = EdgeReplyCodec.error(new ServiceError(CommonError.UNAVAILABLE, "later"), "id");

        assertThat(sender.status()).isEqualTo(404);
        assertThat(text(sender))
                .contains("<Type>Sender</Type><Code>NoSuchDistribution</Code>", "<RequestId>id</RequestId>");
        assertThat(receiver.status()).isEqualTo(503);
        assertThat(text(receiver)).contains("<Type>Receiver</Type><Code>ServiceUnavailable</Code>");
    }

    private static String text(EdgeReplyCodec.Output output) {
        return new String(output.body(), StandardCharsets.UTF_8);
    }

    private static DistributionConfig config(String origin, String behavior, String more) {
        return ((EdgeRequest.CreateDistribution)
                        EdgeRequestCodec.decode(post(String.format(CONFIG, origin, behavior, more))))
                .config();
    }

    private static void refused(String document, ErrorCode error) {
        assertThatThrownBy(() -> EdgeRequestCodec.decode(post(document)))
                .as(document)
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(error));
    }

    private static EdgeRequestCodec.Input post(String body) {
        return new EdgeRequestCodec.Input(
                "POST", "/2020-05-31/distribution", Map.of(), null, body.getBytes(StandardCharsets.UTF_8));
    }
}
