package io.murmuration.protocol.object;

import static io.murmuration.protocol.object.Requests.head;
import static io.murmuration.protocol.object.Requests.onHost;
import static io.murmuration.protocol.object.Requests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            127.0.0.1:4566                | /                  | ''             | ''
            localhost:4566                | /birds             | birds          | ''
            localhost                     | /birds/            | birds          | ''
            s3.localhost:4566             | /birds/a/b         | birds          | a/b
            birds.s3.localhost:4566       | /a/b               | birds          | a/b
            Birds.S3.LOCALHOST            | /                  | birds          | ''
            birds.localhost:4566          | /a                 | birds          | a
            birds.s3.amazonaws.com        | /a                 | birds          | a
            birds.s3.eu-west-1.amazonaws.com | /a              | birds          | a
            birds.s3.us-east-1.localhost:4566 | /a             | birds          | a
            s3.us-gov-west-1.amazonaws.com | /birds/a          | birds          | a
            my.birds.s3.localhost:4566    | /a                 | my.birds       | a
            my.birds.localhost            | /a//               | my.birds       | a//
            example.org                   | /birds/a           | birds          | a
            localhost                     | /birds/a%2Fb%20c+d | birds          | a/b c+d
            localhost                     | /birds/%C3%A9      | birds          | é
            localhost                     | /birds/../x        | birds          | ../x
            birds.s3.localhost            | //a                | birds          | /a
            """)
    void bucket_and_key_come_from_path_or_host(String host, String path, String bucket, String key) {
        var address = ObjectAddress.of(onHost(host, "GET", path));

        assertThat(address.bucket()).isEqualTo(bucket);
        assertThat(address.key()).isEqualTo(key);
    }

    @Test
    void a_host_however_long_does_not_use_up_the_stack() {
        assertThat(ObjectAddress.isServiceHost("s3.aa" + "-a".repeat(100_000) + "-1.localhost"))
                .isTrue();
    }

    @Test
    void of_a_parameter_that_comes_twice_the_first_counts_and_a_plus_is_a_space() {
        var address = ObjectAddress.of(head("GET", "/b?prefix=a+b%2B&prefix=c&uploads&x="));

        assertThat(address.query()).isEqualTo(Map.of("prefix", "a b+", "uploads", "", "x", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/b/%", "/b/%4", "/b/%zz", "/b/%ff", "/b/%C3%28", "/b?x=%e0%80"})
    void what_cannot_be_decoded_is_an_invalid_uri(String target) {
        var error = refusal(() -> ObjectAddress.of(head("GET", target)));

        assertThat(error.code()).isEqualTo(ObjectError.INVALID_URI);
        assertThat(error.message()).isEqualTo("Couldn't parse the specified URI.");
    }

    @ParameterizedTest
    @CsvSource({"a b, a+b", "a/b, a/b", "test_file(3).png, test_file%283%29.png", "é, %C3%A9", "+~*, %2B%7E*"})
    void a_listing_shows_keys_percent_encoded(String key, String shown) {
        assertThat(PercentCode.encode(key)).isEqualTo(shown);
        assertThat(PercentCode.decode(shown, true)).isEqualTo(key);
    }
}
