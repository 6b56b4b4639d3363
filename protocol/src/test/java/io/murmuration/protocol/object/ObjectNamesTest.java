package io.murmuration.protocol.object;

import static io.murmuration.protocol.object.Requests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Bucket names must be between 3 (min) and 63 (max) characters long", and the other rules of that page. */
class ObjectNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"abc", "a-b.c", "0a9", "my.bucket", "1.2.3", "1.2.3.4a", "a--b", "xn-a"})
    void these_are_buckets(String name) {
        assertThat(ObjectNames.bucket(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "Abc",
                "a_b",
                "-ab",
                "ab-",
                ".ab",
                "ab.",
                "a..b",
                "192.168.5.4",
                "xn--abc",
                "sthree-abc",
                "amzn-s3-demo-bucket",
                "abc-s3alias",
                "abc--ol-s3",
                "abc.mrap",
                "abc--x-s3",
                "abc--table-s3",
                "é-é-é"
            })
    void these_are_not(String name) {
        var error = refusal(() -> ObjectNames.bucket(name));

        assertThat(error.code()).isEqualTo(ObjectError.INVALID_BUCKET_NAME);
        assertThat(error.message()).isEqualTo("The specified bucket is not valid.");
        assertThat(error.details()).isEqualTo(Map.of("BucketName", name));
    }

    @Test
    void a_bucket_has_63_characters_at_most() {
        assertThat(ObjectNames.isBucket("a".repeat(63))).isTrue();
        assertThat(ObjectNames.isBucket("a".repeat(64))).isFalse();
    }

    @Test
    void a_key_has_1024_bytes_at_most() {
        assertThat(ObjectNames.key("é".repeat(512))).hasSize(512);

        var error = refusal(() -> ObjectNames.key("é".repeat(512) + "a"));
        assertThat(error.code()).isEqualTo(ObjectError.KEY_TOO_LONG);
        assertThat(error.message()).isEqualTo("Your key is too long");
        assertThat(error.details()).isEqualTo(Map.of("Size", "1025", "MaxSizeAllowed", "1024"));
    }
}
