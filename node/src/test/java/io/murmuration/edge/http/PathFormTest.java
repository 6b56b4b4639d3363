package io.murmuration.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.edge.behaviour.PathForm;
import org.apache.pekko.http.javadsl.model.Uri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathFormTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a~b",
                "/a%7Eb",
                "/a%2fb/",
                "/a/../b",
                "/a/./b",
                "/a/%2E%2e/b",
                "/a//b",
                "/a//../b",
                "/a//..",
                "/a//.",
                "/a//../../b",
                "//a/../..",
                "/a/b/../../..",
                "/../../b",
                "/..",
                "/a/..",
                "/a/.",
                "/.a/...",
                "/a%2Bb+c",
                "/a%20b",
                "/a%c3%a9",
                "/a%FFb",
                "/a%3Fb%25c%2541",
                "/a!$&'()*+,;=:@b",
                "/a%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A%40b",
                "/a%5B%7C%00%22%5C%5E%60%7B%7D%3C%3E%23b"
            })
    void it_is_that_in_which_the_library_hands_out_paths(String path) {
        var handedOut = Uri.create("http://h" + path).path();

        assertThat(PathForm.whole(path)).isEqualTo(handedOut);
        assertThat(PathForm.whole(handedOut)).isEqualTo(handedOut);
    }

    @ParameterizedTest
    @CsvSource({"/a%7e, /a~", "/a/../b/, /b/", "/a/., /a/.", "/a/.., /a/..", "/a%C3, /a%C3", "/, /"})
    void of_a_beginning_the_last_segment_may_go_on(String path, String form) {
        assertThat(PathForm.beginning(path)).isEqualTo(form);
    }

    @Test
    void what_is_no_path_matches_none() {
        assertThat(PathForm.whole("/a b%zz%7")).isEqualTo("/a%20b%25zz%257");
    }
}
