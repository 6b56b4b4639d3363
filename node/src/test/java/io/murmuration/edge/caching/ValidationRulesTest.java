package io.murmuration.edge.caching;

import static io.murmuration.edge.caching.Heads.PLAIN;
import static io.murmuration.edge.caching.Heads.T;
import static io.murmuration.edge.caching.Heads.get;
import static io.murmuration.edge.caching.Heads.ok;
import static io.murmuration.edge.caching.Heads.request;
import static io.murmuration.edge.caching.Heads.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationRulesTest {
    private static final String MOMENT = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";

    /** RFC 9110, 13.1.2: weak comparison. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'\"v1\"',true",
                "'W/\"v1\"',true",
                "'\"v0\", W/\"v1\"',true",
                "'\"a,\"v1\"',false",
                "*,true",
                "'\"v2\"',false",
                "v1,false",
            })
    void if_none_match(String tags, boolean had) {
        assertThat(ValidationRules.viewerHasIt(get("If-None-Match", tags), ok("ETag", "\"v1\"")))
                .isEqualTo(had);
        assertThat(ValidationRules.viewerHasIt(get("If-None-Match", tags), ok("ETag", "W/\"v1\"")))
                .isEqualTo(had);
    }

    /** RFC 9111, 4.3.2; RFC 9110, 13.1.3. */
    @Test
    void if_modified_since() {
        var stored = ok("Last-Modified", MOMENT);

        assertThat(ValidationRules.viewerHasIt(get("If-Modified-Since", MOMENT), stored))
                .isTrue();
        assertThat(ValidationRules.viewerHasIt(get("If-Modified-Since", BEFORE), stored))
                .isFalse();
        assertThat(ValidationRules.viewerHasIt(get("If-Modified-Since", "yesterday"), stored))
                .isFalse();
        assertThat(ValidationRules.viewerHasIt(get("If-Modified-Since", MOMENT), ok("Date", MOMENT)))
                .isTrue();
        assertThat(ValidationRules.viewerHasIt(get("If-None-Match", "\"x\"", "If-Modified-Since", MOMENT), stored))
                .as("ignored beside If-None-Match")
                .isFalse();
    }

    @Test
    void conditions_are_for_a_200_that_is_read() {
        assertThat(ValidationRules.viewerHasIt(get("If-None-Match", "*"), response(404, "ETag", "\"v\"")))
                .isFalse();
        assertThat(ValidationRules.viewerHasIt(request("POST", "If-None-Match", "*"), ok("ETag", "\"v\"")))
                .isFalse();
    }

    /** RFC 9111, 3.2: all fields of the 304 replace those stored, but Content-Length. */
    @Test
    void a_304_brings_new_headers_and_a_new_life() {
        var stored = ok(
                "ETag",
                "\"v1\"",
                "Cache-Control",
                "max-age=60",
                "Content-Length",
                "3",
                "Age",
                "50",
                "X-A",
                "1",
                "X-A",
                "2",
                "Date",
                BEFORE);
        var notModified = new ResponseHead(
                304,
                Headers.of(
                        "ETag",
                        "\"v1\"",
                        "Cache-Control",
                        "max-age=90",
                        "Content-Length",
                        "0",
                        "X-A",
                        "3",
                        "Connection",
                        "close",
                        "Date",
                        MOMENT));

        var freshened = ValidationRules.freshened(stored, notModified, T, T).orElseThrow();

        assertThat(freshened.head())
                .isEqualTo(new ResponseHead(
                        200,
                        Headers.of(
                                "Content-Length",
                                "3",
                                "ETag",
                                "\"v1\"",
                                "Cache-Control",
                                "max-age=90",
                                "X-A",
                                "3",
                                "Date",
                                MOMENT)));
        assertThat(Freshness.of(freshened, PLAIN, T)).isEqualTo(new Freshness(0, 90));
    }

    @Test
    void a_304_without_a_date_does_not_leave_the_old_one() {
        var later = T + 100_000;
        var freshened = ValidationRules.freshened(
                        ok("Cache-Control", "max-age=60", "Date", BEFORE, "ETag", "\"v\""),
                        new ResponseHead(304, Headers.NONE),
                        later,
                        later)
                .orElseThrow();

        assertThat(Freshness.of(freshened, PLAIN, later).ageSeconds()).isZero();
    }

    /** RFC 9111, 4.3.4. */
    @Test
    void a_304_about_another_response_refreshes_nothing() {
        var other = new ResponseHead(304, Headers.of("ETag", "\"v2\""));

        assertThat(ValidationRules.freshened(ok("ETag", "\"v1\""), other, T, T)).isEmpty();
        assertThat(ValidationRules.freshened(ok("ETag", "W/\"v2\""), other, T, T))
                .isPresent();
    }

    @Test
    void the_origin_is_asked_under_the_caches_conditions_and_for_the_whole() {
        var viewer = get("Host", "h", "If-None-Match", "\"mine\"", "Range", "bytes=0-1", "If-Range", "\"mine\"");

        assertThat(ValidationRules.asked(viewer, Headers.of("If-None-Match", "\"kept\""))
                        .headers())
                .isEqualTo(Headers.of("Host", "h", "If-None-Match", "\"kept\""));
    }

    /** RFC 9110, 15.4.5. */
    @Test
    void a_304_has_no_headers_of_a_body() {
        var head = new ResponseHead(
                200, Headers.of("Content-Type", "a/b", "Content-Length", "3", "ETag", "\"v\"", "Vary", "Accept"));

        assertThat(ValidationRules.notModified(head))
                .isEqualTo(new ResponseHead(304, Headers.of("ETag", "\"v\"", "Vary", "Accept")));
    }

    /** RFC 9111, 4.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept | en | en | true",
                "accept | en | en | true",
                "Accept | en, de | en,de | true",
                "Accept | en | de | false",
                "Accept | en | '' | false",
                "Accept | '' | '' | true",
                "Accept, * | en | en | false",
            })
    void vary_names_what_has_to_match(String vary, String then, String now, boolean matches) {
        var head = new ResponseHead(200, Headers.of("Vary", vary));
        var stored = new StoredHead(head, VaryRules.selecting(accepting(then), head), T, T);

        assertThat(VaryRules.matches(accepting(now), stored)).isEqualTo(matches);
    }

    @Test
    void of_several_that_match_the_most_recent_counts() {
        var older = new Kept(ok("Date", BEFORE));
        var newer = new Kept(ok("Date", MOMENT));

        assertThat(VaryRules.select(get(), List.of(newer, older))).contains(newer);
        assertThat(VaryRules.select(get(), List.of(older, newer))).contains(newer);
        assertThat(VaryRules.select(get(), List.<Kept>of())).isEmpty();
    }

    private record Kept(StoredHead stored) implements VaryRules.Stored {}

    private static ViewerRequest accepting(String value) {
        return value.isEmpty() ? get() : get("Accept", value);
    }
}
