package io.murmuration.edge.caching;

import static io.murmuration.edge.caching.Heads.PLAIN;
import static io.murmuration.edge.caching.Heads.T;
import static io.murmuration.edge.caching.Heads.get;
import static io.murmuration.edge.caching.Heads.ok;
import static io.murmuration.edge.caching.Heads.request;
import static io.murmuration.edge.caching.Heads.ttls;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.edge.caching.Verdict.Fetch;
import io.murmuration.edge.caching.Verdict.Pass;
import io.murmuration.edge.caching.Verdict.Revalidate;
import io.murmuration.edge.caching.Verdict.Serve;
import io.murmuration.edge.caching.Verdict.ServeAndRevalidate;
import io.murmuration.edge.caching.Verdict.Unsatisfiable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheRulesTest {
    private static final String TAG = "\"v1\"";

    /** RFC 9111, 5.2.1, on a response that may be used for 60 s. The age is that at which it is asked for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 10 | Serve",
                "'' | 60 | Revalidate",
                "no-cache | 10 | Revalidate", // 5.2.1.4
                "no-store | 10 | Pass", // 5.2.1.5
                "max-age=20 | 10 | Serve", // 5.2.1.1
                "max-age=10 | 10 | Serve",
                "max-age=9 | 10 | Revalidate",
                "max-age=0 | 0 | Serve",
                "min-fresh=50 | 10 | Serve", // 5.2.1.3
                "min-fresh=51 | 10 | Revalidate",
                "max-stale | 1000 | Serve", // 5.2.1.2
                "max-stale=10 | 70 | Serve",
                "max-stale=9 | 70 | Revalidate",
                "max-stale, no-cache | 70 | Revalidate",
                "only-if-cached | 10 | Serve", // 5.2.1.7
                "only-if-cached | 70 | Unsatisfiable",
            })
    void directives_of_a_request(String directives, long ageSeconds, String verdict) {
        var request = directives.isEmpty() ? get() : get("Cache-Control", directives);
        var stored = ok("Cache-Control", "max-age=60", "ETag", TAG);

        assertThat(decide(request, stored, PLAIN, ageSeconds).getClass().getSimpleName())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-cache", "no-store", "max-age=0", "min-fresh=100"})
    void a_behaviour_may_ignore_them_as_cloudfront_does(String directives) {
        var verdict = decide(
                get("Cache-Control", directives), ok("Cache-Control", "max-age=60"), PLAIN.requests(false, false), 10);

        assertThat(verdict).isEqualTo(new Serve(new Freshness(10, 60)));
    }

    /** RFC 9111, 4.2.4: prohibited by no-cache, must-revalidate, proxy-revalidate and s-maxage. */
    @ParameterizedTest
    @ValueSource(strings = {"max-age=60, must-revalidate", "max-age=60, proxy-revalidate", "s-maxage=60", "no-cache"})
    void no_viewer_gets_stale_what_must_not_be(String cacheControl) {
        var stored = ok("Cache-Control", cacheControl, "ETag", TAG);

        assertThat(decide(get("Cache-Control", "max-stale"), stored, PLAIN, 70)).isInstanceOf(Revalidate.class);
    }

    /** RFC 5861, 3: "indicates that caches MAY serve the response in which it appears after it becomes stale, up to the indicated number of seconds". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60, stale-while-revalidate=30 | 59 | Serve",
                "max-age=60, stale-while-revalidate=30 | 90 | ServeAndRevalidate",
                "max-age=60, stale-while-revalidate=30 | 91 | Revalidate",
                "s-maxage=60, stale-while-revalidate=30 | 90 | ServeAndRevalidate",
                "max-age=60, stale-while-revalidate=30, must-revalidate | 70 | Revalidate",
                "max-age=0, stale-while-revalidate=500 | 100 | ServeAndRevalidate",
                "max-age=0, stale-while-revalidate=500 | 101 | Revalidate", // never beyond MaxTTL
            })
    void stale_while_revalidate(String cacheControl, long ageSeconds, String verdict) {
        var stored = ok("Cache-Control", cacheControl, "ETag", TAG);

        assertThat(decide(get(), stored, ttls(0, 0, 100), ageSeconds).getClass().getSimpleName())
                .isEqualTo(verdict);
    }

    @Test
    void only_if_cached_does_not_wake_the_origin_for_what_may_be_served_stale() {
        var stored = ok("Cache-Control", "max-age=60, stale-while-revalidate=30");

        assertThat(decide(get("Cache-Control", "only-if-cached"), stored, PLAIN, 70))
                .isInstanceOf(ServeAndRevalidate.class);
    }

    /** RFC 9111, 4.3.1. */
    @Test
    void it_asks_by_all_validators_that_there_are() {
        var stored = ok("ETag", "W/\"v1\"", "Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");

        assertThat(decide(get(), stored, PLAIN, 10))
                .isEqualTo(new Revalidate(
                        Forward.STALE,
                        Headers.of("If-None-Match", "W/\"v1\"", "If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT")));
    }

    @Test
    void without_a_validator_it_fetches_anew() {
        assertThat(decide(get(), ok(), PLAIN, 10)).isEqualTo(new Fetch(Forward.STALE));
    }

    @Test
    void what_is_not_there_is_fetched_and_it_says_why() {
        assertThat(CacheRules.decide(get(), null, false, PLAIN, T)).isEqualTo(new Fetch(Forward.URI_MISS));
        assertThat(CacheRules.decide(get(), null, true, PLAIN, T)).isEqualTo(new Fetch(Forward.VARY_MISS));
        assertThat(CacheRules.decide(get("Cache-Control", "only-if-cached"), null, false, PLAIN, T))
                .isEqualTo(new Unsatisfiable());
    }

    @Test
    void a_part_is_fetched_for_its_viewer_alone_but_a_head_comes_from_the_whole() {
        var stored = ok("Cache-Control", "max-age=60");

        assertThat(CacheRules.decide(get("Range", "bytes=0-1"), null, false, PLAIN, T))
                .isEqualTo(new Pass(Forward.URI_MISS));
        assertThat(CacheRules.decide(request("HEAD"), null, false, PLAIN, T)).isEqualTo(new Pass(Forward.URI_MISS));
        assertThat(decide(request("HEAD"), stored, PLAIN, 10)).isInstanceOf(Serve.class);
        assertThat(decide(request("HEAD"), stored, PLAIN, 60)).isEqualTo(new Pass(Forward.STALE));
    }

    /** RFC 9111, 4.3.2: "A cache MUST NOT evaluate conditional header fields that only apply to an origin server". */
    @ParameterizedTest
    @ValueSource(strings = {"If-Match", "If-Unmodified-Since"})
    void conditions_for_the_origin_go_to_the_origin(String name) {
        assertThat(decide(get(name, "x"), ok("Cache-Control", "max-age=60"), PLAIN, 10))
                .isEqualTo(new Pass(Forward.BYPASS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get"})
    void other_methods_go_through(String method) {
        assertThat(decide(request(method), ok("Cache-Control", "max-age=60"), PLAIN, 10))
                .isEqualTo(new Pass(Forward.METHOD));
    }

    /** With CachingDisabled an origin sees what the key does not have: the next viewer's request may be for something else. */
    @Test
    void with_a_max_ttl_of_zero_everything_goes_through() {
        var none = ttls(0, 0, 0);
        var stored = ok("Cache-Control", "max-age=60", "ETag", TAG);

        assertThat(CacheRules.decide(get(), null, false, none, T)).isEqualTo(new Pass(Forward.BYPASS));
        assertThat(decide(get(), stored, none, 0)).isEqualTo(new Pass(Forward.BYPASS));
        assertThat(decide(get("Cache-Control", "only-if-cached"), stored, none, 0))
                .isEqualTo(new Pass(Forward.BYPASS));
        assertThat(CacheRules.onError(get(), ok("Cache-Control", "stale-if-error=60"), none, T))
                .isEmpty();
    }

    /** RFC 5861, 4; without the directive the behaviour decides, as CloudFront documents. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60, stale-if-error=30 | false | 90 | true",
                "max-age=60, stale-if-error=30 | false | 91 | false",
                "max-age=60, stale-if-error=30 | true | 91 | false",
                "max-age=60, stale-if-error=0 | true | 61 | false", // what CloudFront says prevents it
                "max-age=60 | true | 91 | true",
                "max-age=60 | true | 161 | false", // MaxTTL
                "max-age=60 | false | 91 | false",
                "max-age=60 | false | 59 | true",
                "max-age=60, must-revalidate | true | 61 | false",
                "max-age=60, must-revalidate, stale-if-error=30 | true | 61 | false",
                "no-cache | true | 1 | false",
            })
    void stale_if_error(String cacheControl, boolean staleOnError, long ageSeconds, boolean served) {
        var policy = ttls(0, 0, 100).errors(Duration.ZERO, staleOnError);
        var stored = ok("Cache-Control", cacheControl);

        assertThat(CacheRules.onError(get(), stored, policy, T + ageSeconds * 1000)
                        .isPresent())
                .isEqualTo(served);
    }

    @Test
    void a_viewer_may_accept_it_too() {
        var stored = ok("Cache-Control", "max-age=60");
        var request = get("Cache-Control", "stale-if-error=10");

        assertThat(CacheRules.onError(request, stored, PLAIN, T + 70_000)).contains(new Freshness(70, 60));
        assertThat(CacheRules.onError(request, stored, PLAIN, T + 71_000)).isEmpty();
        assertThat(CacheRules.onError(request, null, PLAIN, T)).isEmpty();
    }

    private static Verdict decide(ViewerRequest request, StoredHead stored, CachePolicy policy, long ageSeconds) {
        return CacheRules.decide(request, stored, true, policy, T + ageSeconds * 1000);
    }
}
