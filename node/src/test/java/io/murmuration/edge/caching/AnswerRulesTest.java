package io.murmuration.edge.caching;

import static io.murmuration.edge.caching.Heads.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerRulesTest {
    private static final Freshness FRESH = new Freshness(10, 60);

    /** RFC 9111, 5.1; RFC 9110, 7.6.3; RFC 9211, 2. */
    @Test
    void a_hit_tells_its_age_and_how_long_it_holds() {
        var origin = new ResponseHead(200, Headers.of("Via", "1.1 shield", "Age", "3", "Cache-Status", "shield; hit"));

        assertThat(AnswerRules.answer(origin, "NRT1", Handling.ofHit(), FRESH, "/a?b")
                        .headers())
                .isEqualTo(Headers.of(
                        "Age",
                        "10",
                        "Via",
                        "1.1 shield, 1.1 NRT1 (CloudFront)",
                        "X-Cache",
                        "Hit from cloudfront",
                        "X-Amz-Cf-Pop",
                        "NRT1",
                        "Cache-Status",
                        "shield; hit, \"NRT1\"; hit; ttl=50; key=\"/a?b\""));
    }

    @Test
    void each_way_has_its_words() {
        assertThat(words(200, Handling.forwarded(Forward.URI_MISS, 200, true, false)))
                .isEqualTo("Miss from cloudfront | fwd=uri-miss; fwd-status=200; ttl=50; stored");
        assertThat(words(200, Handling.forwarded(Forward.VARY_MISS, 200, true, true)))
                .isEqualTo("Miss from cloudfront | fwd=vary-miss; fwd-status=200; ttl=50; stored; collapsed");
        assertThat(words(200, Handling.forwarded(Forward.STALE, 304, true, false)))
                .isEqualTo("RefreshHit from cloudfront | fwd=stale; fwd-status=304; ttl=50; stored");
        assertThat(words(404, Handling.forwarded(Forward.URI_MISS, 404, true, false)))
                .isEqualTo("Error from cloudfront | fwd=uri-miss; fwd-status=404; ttl=50; stored");
        assertThat(words(503, Handling.ofHit())).isEqualTo("Error from cloudfront | hit; ttl=50");
        assertThat(words(200, Handling.ofStaleHit("stale-while-revalidate")))
                .isEqualTo("Hit from cloudfront | hit; ttl=50; detail=stale-while-revalidate");
        assertThat(words(200, Handling.staleOnError(Forward.STALE, 503, false)))
                .isEqualTo("Hit from cloudfront | fwd=stale; fwd-status=503; ttl=50; detail=stale-if-error");
    }

    @Test
    void a_key_that_would_break_the_field_is_left_out() {
        var head = AnswerRules.answer(new ResponseHead(200, Headers.NONE), "P", Handling.ofHit(), null, "/\"");

        assertThat(head.headers().first("Cache-Status")).contains("\"P\"; hit");
        assertThat(head.headers().has("Age")).isFalse();
    }

    /** RFC 9111, 4.4: only a "non-error status code", only of unsafe methods, and of the same origin only. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | 201 | '' | /a",
                "POST | 303 | /b?c#d | /a,/b?c",
                "PUT | 200 | http://example.org/b | /a,/b",
                "PUT | 200 | http://EXAMPLE.org/b | /a,/b",
                "PUT | 200 | http://example.com/b | /a",
                "PUT | 200 | //example.com/b | /a",
                "PUT | 200 | http://example.org | /a",
                "POST | 400 | /b | ''",
                "DELETE | 500 | /b | ''",
                "GET | 200 | /b | ''",
                "OPTIONS | 200 | /b | ''",
            })
    void a_change_makes_invalid_what_it_touched(String method, int status, String location, String uris) {
        var answer = new ResponseHead(status, location.isEmpty() ? Headers.NONE : Headers.of("Location", location));

        assertThat(UnsafeMethodRules.invalidated(request(method, "Host", "example.org"), answer))
                .isEqualTo(uris.isEmpty() ? Set.of() : Set.of(uris.split(",")));
    }

    private static String words(int status, Handling handling) {
        var headers = AnswerRules.answer(new ResponseHead(status, Headers.NONE), "P", handling, FRESH, "\"")
                .headers();
        return headers.joined("X-Cache") + " | "
                + headers.joined("Cache-Status").substring("\"P\"; ".length());
    }
}
