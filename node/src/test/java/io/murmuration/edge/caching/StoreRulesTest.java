package io.murmuration.edge.caching;

import static io.murmuration.edge.caching.Heads.PLAIN;
import static io.murmuration.edge.caching.Heads.T;
import static io.murmuration.edge.caching.Heads.get;
import static io.murmuration.edge.caching.Heads.ok;
import static io.murmuration.edge.caching.Heads.request;
import static io.murmuration.edge.caching.Heads.response;
import static io.murmuration.edge.caching.Heads.ttls;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreRulesTest {
    @Test
    void with_a_max_ttl_of_zero_nothing_is_stored() {
        var none = CachePolicy.CLOUDFRONT.ttls(Duration.ZERO, Duration.ZERO, Duration.ZERO);

        assertThat(StoreRules.mayStore(get(), ok("ETag", "\"v1\""), none)).isFalse();
        assertThat(StoreRules.mayStore(get(), response(404), none)).isFalse();
    }

    /** RFC 9111, 3: the conditions in their order, for a shared cache. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | 200 | max-age=60 | true",
                "HEAD | 200 | max-age=60 | false",
                "POST | 200 | max-age=60 | false",
                "GET | 100 | max-age=60 | false",
                "GET | 206 | max-age=60 | false",
                "GET | 304 | max-age=60 | false",
                "GET | 302 | max-age=60 | true",
                "GET | 302 | '' | false",
                "GET | 299 | max-age=60 | true",
                "GET | 299 | max-age=60, must-understand | false",
                "GET | 200 | max-age=60, must-understand, no-store | true", // 5.2.2.3
                "GET | 200 | no-store, max-age=60 | false",
                "GET | 200 | private, max-age=60 | false",
                "GET | 200 | private=\"Set-Cookie\", max-age=60 | false",
                "GET | 200 | '' | false", // no lifetime, nothing to validate by
                "GET | 200 | max-age=0 | false",
                "GET | 200 | max-age=0, stale-if-error=60 | true",
                "GET | 200 | max-age=0, stale-while-revalidate=60 | true",
            })
    void what_is_stored(String method, int status, String cacheControl, boolean stored) {
        assertThat(StoreRules.mayStore(request(method), response(status, "Cache-Control", cacheControl), PLAIN))
                .isEqualTo(stored);
    }

    @Test
    void what_can_be_validated_is_stored_even_if_it_is_never_fresh() {
        assertThat(StoreRules.mayStore(get(), ok("Cache-Control", "no-cache", "ETag", "\"v\""), PLAIN))
                .isTrue();
        assertThat(StoreRules.mayStore(get(), ok("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"), PLAIN))
                .isTrue();
    }

    @Test
    void the_standard_time_is_reason_enough_to_store() {
        assertThat(StoreRules.mayStore(get(), ok(), ttls(0, 30, 100))).isTrue();
        assertThat(StoreRules.mayStore(get(), response(302), ttls(0, 30, 100))).isFalse();
    }

    /** CloudFront: with a MinTTL above zero it caches "even if the Cache-Control: no-cache, no-store, and/or private directives are present". */
    @ParameterizedTest
    @ValueSource(strings = {"no-cache", "no-store", "private"})
    void a_minimum_above_zero_overrides_what_forbids_it(String cacheControl) {
        var response = ok("Cache-Control", cacheControl);

        assertThat(StoreRules.mayStore(get(), response, ttls(10, 10, 100))).isTrue();
        assertThat(StoreRules.isFresh(response, ttls(10, 10, 100))).isTrue();
        assertThat(StoreRules.isFresh(response, ttls(0, 10, 100))).isFalse();
    }

    /** RFC 9111, 3.5. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | false",
                "max-age=60, public | true",
                "max-age=60, must-revalidate | true",
                "s-maxage=60 | true",
                "max-age=60, proxy-revalidate | false",
            })
    void what_was_fetched_with_authorization(String cacheControl, boolean stored) {
        var request = get("Authorization", "Basic x");
        var response = ok("Cache-Control", cacheControl);

        assertThat(StoreRules.mayStore(request, response, PLAIN)).isEqualTo(stored);
        assertThat(StoreRules.mayStore(request, response, PLAIN.requests(true, true)))
                .isTrue();
    }

    @Test
    void what_varies_by_everything_or_was_asked_for_in_private_is_not_stored() {
        var response = ok("Cache-Control", "max-age=60");

        assertThat(StoreRules.mayStore(get(), ok("Cache-Control", "max-age=60", "Vary", "Accept, *"), PLAIN))
                .isFalse();
        assertThat(StoreRules.mayStore(get("Cache-Control", "no-store"), response, PLAIN))
                .isFalse();
        assertThat(StoreRules.mayStore(get("Cache-Control", "no-store"), response, PLAIN.requests(false, false)))
                .isTrue();
    }

    /** CloudFront always caches 404, 414, 500, 501, 502, 503 and 504, and 403 only by a word of the origin. */
    @ParameterizedTest
    @CsvSource({"404,true", "414,true", "500,true", "503,true", "504,true", "403,false", "400,false", "416,false"})
    void errors_are_stored_for_their_own_time(int status, boolean stored) {
        assertThat(StoreRules.mayStore(get(), response(status), PLAIN.errors(Duration.ofSeconds(10), false)))
                .isEqualTo(stored);
    }

    /** RFC 9111, 3.1; RFC 9110, 6.6.1. */
    @Test
    void what_belongs_to_the_connection_is_left_out_and_a_missing_date_is_added() {
        var head = new ResponseHead(
                200,
                Headers.of(
                        "Connection", "close, X-Hop", "X-Hop", "1", "Transfer-Encoding", "chunked", "ETag", "\"v\""));

        assertThat(StoreRules.received(head, T).headers())
                .isEqualTo(Headers.of("ETag", "\"v\"", "Date", "Sun, 06 Nov 1994 08:49:37 GMT"));
    }
}
