package io.murmuration.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.edge.caching.CachePolicy;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
    /** CloudFront, "Path pattern": {@code *} "matches 0 or more characters", {@code ?} "matches exactly 1 character", "case-sensitive". */
    @ParameterizedTest
    @CsvSource({
        "*,/,true",
        "*,/a/b.jpg,true",
        "/*,/,true",
        "*.jpg,/a/b.jpg,true",
        "*.jpg,/a/b.JPG,false",
        "*.jpg,/a/b.jpg2,false",
        "/*.jpg,/.jpg,true",
        "images/*,/images/a/b,true",
        "/images/*,/images/,true",
        "/images/*,/images,false",
        "images/*,/a/images/b,false",
        "a??.jpg,/ant.jpg,true",
        "a??.jpg,/a.jpg,false",
        "a*.jpg,/a.jpg,true",
        "/a*b*c,/a-b-b-c,true",
        "/a*b*c,/a-b-b-d,false",
        "/a?c,/a/c,true",
    })
    void stars_and_question_marks(String pattern, String path, boolean matches) {
        assertThat(new PathPattern(pattern).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void it_agrees_with_regular_expressions(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            var pattern = text(random, "ab*?", 1 + random.nextInt(6));
            var path = text(random, "ab", random.nextInt(8));
            var regex = "/" + pattern.replace("*", ".*").replace("?", ".");

            assertThat(new PathPattern("/" + pattern).matches("/" + path))
                    .as("seed=%s pattern=%s path=%s", seed, pattern, path)
                    .isEqualTo(Pattern.matches(regex, "/" + path));
        }
    }

    /** A matcher that tries all ways would need longer than there is time. */
    @Test
    void many_stars_cost_no_more_than_length_times_length() {
        assertThat(new PathPattern("a*".repeat(126) + "c").matches("/" + "a".repeat(5000) + "b"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a b", "/ä", "/a#b", "/a,b"})
    void other_characters_are_refused(String pattern) {
        assertThatThrownBy(() -> new PathPattern(pattern)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PathPattern("a".repeat(256))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_first_behaviour_that_matches_counts() {
        var images = behaviour("/images/*");
        var pictures = behaviour("*.jpg");
        var rest = behaviour("*");
        var behaviours = new Behaviours(List.of(images, pictures), rest);

        assertThat(behaviours.of("/images/a.jpg")).isEqualTo(images);
        assertThat(behaviours.of("/a.jpg")).isEqualTo(pictures);
        assertThat(behaviours.of("/a")).isEqualTo(rest);
        assertThatThrownBy(() -> new Behaviours(List.of(), images)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Behaviour behaviour(String pattern) {
        return new Behaviour(
                new PathPattern(pattern),
                "o",
                Behaviour.Admission.ALL,
                KeyParameters.PATH_ONLY,
                Forwarding.NONE,
                CachePolicy.CLOUDFRONT);
    }

    private static String text(Random random, String letters, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
