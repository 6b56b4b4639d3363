package io.murmuration.edge.caching;

import static io.murmuration.edge.caching.Heads.PLAIN;
import static io.murmuration.edge.caching.Heads.T;
import static io.murmuration.edge.caching.Heads.ok;
import static io.murmuration.edge.caching.Heads.response;
import static io.murmuration.edge.caching.Heads.ttls;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    /** RFC 9111, 4.2.1: "the first match of the following". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | 60",
                "s-maxage=10, max-age=60 | 10",
                "max-age=60, s-maxage=10 | 10",
                "MAX-AGE=60 | 60",
                "max-age=\"60\" | 60",
                "max-age = 60 | 60",
                "public , max-age=60,, | 60",
                "extension=\"max-age=5, x\", max-age=60 | 60",
                "max-age=60, max-age=70 | 60", // "either the first occurrence should be used or ..."
                "max-age=abc | 0", // "encouraged to consider responses that have invalid freshness information to be
                // stale"
                "max-age=-1 | 0",
                "max-age=1.5 | 0",
                "max-age | 0",
                "max-age=99999999999999999999 | 31536000", // 1.2.2: too large counts as 2147483648, here within MaxTTL
                "max-age=60, no-cache | 0",
                "no-store, max-age=60 | 0",
                "private, max-age=60 | 0",
            })
    void cache_control_says_how_long(String cacheControl, long lifetimeSeconds) {
        assertThat(lifetime(ok("Cache-Control", cacheControl), PLAIN)).isEqualTo(lifetimeSeconds);
    }

    /** RFC 9111, 5.3, against the Date of the response; RFC 9110, 5.6.7 for the three forms. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:50:37 GMT | 60",
                "Sunday, 06-Nov-94 08:50:37 GMT | 60",
                "Sun Nov  6 08:50:37 1994 | 60",
                "Sun, 06 Nov 1994 08:49:37 GMT | 0",
                "Sun, 06 Nov 1994 08:00:00 GMT | 0",
                "0 | 0", // "MUST interpret invalid date formats, especially the value 0, as representing a time in the
                // past"
                "-1 | 0",
                "Mon, 06 Nov 1994 08:50:37 GMT | 0", // it was a Sunday
            })
    void expires_says_until_when(String expires, long lifetimeSeconds) {
        var response = ok("Date", "Sun, 06 Nov 1994 08:49:37 GMT", "Expires", expires);

        assertThat(lifetime(response, PLAIN)).isEqualTo(lifetimeSeconds);
    }

    @Test
    void expires_is_compared_with_the_date_and_not_with_the_clock_here() {
        var response = ok("Date", "Sun, 06 Nov 1994 08:39:37 GMT", "Expires", "Sun, 06 Nov 1994 08:50:37 GMT");

        assertThat(Freshness.of(response, PLAIN, T)).isEqualTo(new Freshness(600, 660));
    }

    @Test
    void max_age_outweighs_expires() {
        var response = ok("Cache-Control", "max-age=5", "Expires", "Sun, 06 Nov 1994 09:50:37 GMT");

        assertThat(lifetime(response, PLAIN)).isEqualTo(5);
    }

    /** RFC 9213, 2.2: a valid, non-empty field counts alone; RFC 9213, 2.1: "If a targeted field is empty, or a parsing error is encountered, that field MUST be ignored". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | 60",
                "max-age=60, must-revalidate | 60",
                "max-age=60;ext=1 | 60",
                "max-age=60, max-age=70 | 70", // RFC 8941, 3.2: the last one counts
                "no-store | 0",
                "no-store=?0, max-age=60 | 60",
                "unknown | 30", // valid, so that Cache-Control counts for nothing
                "max-age=\"60\" | 30", // not an integer, so not consumed
                "max-age=1.5 | 30",
                "max-age=60,  | 5",
                "max-age=60, Public | 5", // keys are in lower case
                "max-age= | 5",
                "'' | 5",
                "max-age=60 must-revalidate | 5",
            })
    void the_field_for_content_delivery_networks_counts_first(String targeted, long lifetimeSeconds) {
        var response = ok("CDN-Cache-Control", targeted, "Cache-Control", "max-age=5");

        assertThat(lifetime(response, ttls(0, 30, 1000))).isEqualTo(lifetimeSeconds);
    }

    /** CloudFront, "Specify the amount of time that CloudFront caches objects": the table's rows, for MinTTL 0 and above. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=50 | 0 | 30 | 100 | 50",
                "max-age=500 | 0 | 30 | 100 | 100",
                "max-age=5 | 10 | 30 | 100 | 10",
                "max-age=50 | 10 | 30 | 100 | 50",
                "max-age=500 | 10 | 30 | 100 | 100",
                "max-age=5, s-maxage=50 | 10 | 30 | 100 | 50",
                "public | 0 | 30 | 100 | 30",
                "public | 10 | 30 | 100 | 30",
                "public | 0 | 0 | 100 | 0", // DefaultTTL 0: not reused
                "no-cache | 0 | 30 | 100 | 0",
                "no-store | 0 | 30 | 100 | 0",
                "private | 0 | 30 | 100 | 0",
                "no-cache | 10 | 30 | 100 | 10",
                "no-store | 10 | 30 | 100 | 10",
                "private | 10 | 30 | 100 | 10",
            })
    void the_behaviours_times_to_live_bound_it(
            String cacheControl, long min, long standard, long max, long lifetimeSeconds) {
        assertThat(lifetime(ok("Cache-Control", cacheControl), ttls(min, standard, max)))
                .isEqualTo(lifetimeSeconds);
    }

    /** RFC 9110, 15.1: "heuristically cacheable" statuses have the standard time; others need a word of the origin. */
    @ParameterizedTest
    @CsvSource({"200,30", "203,30", "301,30", "404,30", "410,30", "302,0", "307,0", "403,0", "500,0", "503,0"})
    void only_some_statuses_have_a_standard_time(int status, long lifetimeSeconds) {
        assertThat(lifetime(response(status), ttls(0, 30, 100))).isEqualTo(lifetimeSeconds);
    }

    /** CloudFront, "Control how long CloudFront caches errors": ten seconds, or longer if the origin says so. */
    @ParameterizedTest
    @CsvSource({
        "404,max-age=5,10",
        "503,no-store,10",
        "503,max-age=50,50",
        "403,max-age=5,5",
        "403,no-store,0",
        "404,'private, max-age=50',10",
        "404,'no-store, max-age=50',10",
        "404,'no-cache, max-age=50',10"
    })
    void errors_have_a_time_of_their_own(int status, String cacheControl, long lifetimeSeconds) {
        var policy = PLAIN.errors(Duration.ofSeconds(10), true);

        assertThat(lifetime(response(status, "Cache-Control", cacheControl), policy))
                .isEqualTo(lifetimeSeconds);
    }

    /** RFC 9111, 4.2.3, with a request that left 2 s before its answer came and an answer that is read 5 s after. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | 7", // response_delay + resident_time
                "'' | 100 | 107", // age_value + response_delay + resident_time
                "Sun, 06 Nov 1994 08:49:17 GMT | '' | 25", // apparent_age is the larger
                "Sun, 06 Nov 1994 08:49:17 GMT | 100 | 107",
                "Sun, 06 Nov 1994 09:49:37 GMT | '' | 7", // a date in the future makes nothing younger
                "'' | '100, 200' | 107", // 5.1: the first member of a list
                "'' | abc | 7", // "ignored"
                "nonsense | '' | 7",
            })
    void age_counts_from_the_origin(String date, String age, long ageSeconds) {
        var headers = Headers.NONE;
        headers = date.isEmpty() ? headers : headers.and("Date", date);
        headers = age.isEmpty() ? headers : headers.and("Age", age);
        var stored = new StoredHead(new ResponseHead(200, headers), Headers.NONE, T - 2000, T);

        assertThat(Freshness.of(stored, PLAIN, T + 5000).ageSeconds()).isEqualTo(ageSeconds);
    }

    /** "response_is_fresh = (freshness_lifetime > current_age)" */
    @ParameterizedTest
    @CsvSource({"0,true", "59999,true", "60000,false", "61000,false"})
    void it_is_fresh_until_its_age_is_its_lifetime(long afterMillis, boolean fresh) {
        var freshness = Freshness.of(ok("Cache-Control", "max-age=60"), PLAIN, T + afterMillis);

        assertThat(freshness.fresh()).isEqualTo(fresh);
    }

    /** RFC 9110, 5.6.7: a year "more than 50 years in the future" is "the most recent year in the past that had the same last two digits". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sunday, 06-Nov-94 08:49:37 GMT | 784111777000",
                "Sunday, 06-Nov-44 08:49:37 GMT | 2362034977000",
                "Tuesday, 06-Nov-45 08:49:37 GMT | -762189023000",
            })
    void two_digits_of_a_year_lie_within_fifty_years(String date, long millis) {
        assertThat(HttpDates.parse(date, T)).hasValue(millis);
    }

    private static long lifetime(StoredHead response, CachePolicy policy) {
        return Freshness.of(response, policy, T).lifetimeSeconds();
    }
}
