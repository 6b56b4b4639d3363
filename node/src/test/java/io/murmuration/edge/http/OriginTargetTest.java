package io.murmuration.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.edge.DistributionConfig.OriginConfig;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTargetTest {
    private static final URI OWN = URI.create("http://127.0.0.2:4567");

    /** Nothing of a local cloud goes to the real one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "photos.s3.amazonaws.com | photos.s3.localhost:4567",
                "photos.s3.eu-west-1.amazonaws.com | photos.s3.localhost:4567",
                "photos.s3-eu-west-1.amazonaws.com | photos.s3.localhost:4567",
                "my.photos.s3.localhost | my.photos.s3.localhost:4567",
                "photos.s3.localhost.localstack.cloud:4566 | photos.s3.localhost:4567",
                "abc123.execute-api.eu-west-1.amazonaws.com | abc123.execute-api.localhost:4567",
                "abc123.execute-api.localhost:4566 | abc123.execute-api.localhost:4567",
                "e1.cloudfront.localhost | e1.cloudfront.localhost:4567",
                "abc.lambda-url.us-east-1.on.aws | abc.lambda-url.us-east-1.on.aws:4567",
            })
    void hosts_of_the_cloud_are_this_nodes(String domain, String name) {
        assertThat(target(domain, true)).isEqualTo(new OriginTarget("http", "127.0.0.2", 4567, name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.org | false | http | example.org | 8080 | example.org:8080",
                "example.org | true | https | example.org | 8443 | example.org:8443",
                "example.org:80 | false | http | example.org | 80 | example.org",
                "localhost | false | http | 127.0.0.1 | 8080 | localhost:8080",
                "site.localhost:3000 | false | http | 127.0.0.1 | 3000 | site.localhost:3000",
            })
    void others_are_where_they_say(
            String domain, boolean httpsOnly, String scheme, String host, int port, String name) {
        assertThat(target(domain, httpsOnly)).isEqualTo(new OriginTarget(scheme, host, port, name));
    }

    private static OriginTarget target(String domain, boolean httpsOnly) {
        return OriginTarget.of(new OriginConfig("o", domain, "", List.of(), 8080, 8443, httpsOnly, 30, 10, 3), OWN);
    }
}
