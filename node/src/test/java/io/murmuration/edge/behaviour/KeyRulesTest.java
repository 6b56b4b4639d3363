package io.murmuration.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.edge.caching.CachePolicy;
import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ResponseHead;
import io.murmuration.edge.caching.ViewerRequest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRulesTest {
    private static final KeyParameters PATH = KeyParameters.PATH_ONLY.compression(false, false);

    @Test
    void only_the_path_counts_unless_a_list_says_more() {
        var one = request("x=1", "Cookie", "a=1", "User-Agent", "one");
        var other = request("x=2", "Cookie", "a=2", "User-Agent", "other");

        assertThat(key(PATH, one)).isEqualTo(key(PATH, other));
        assertThat(key(PATH.query(Selection.of("x")), one)).isNotEqualTo(key(PATH.query(Selection.of("x")), other));
        assertThat(key(PATH.headers(Selection.of("USER-agent")), one))
                .isNotEqualTo(key(PATH.headers(Selection.of("USER-agent")), other));
        assertThat(key(PATH.cookies(Selection.of("a")), one)).isNotEqualTo(key(PATH.cookies(Selection.of("a")), other));
        assertThat(KeyRules.key("d2", PATH, one)).isNotEqualTo(key(PATH, one));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none | ''",
                "all | x=1&Y=2&x=3&z",
                "x | x=1&x=3",
                "y | ''", // case counts
                "z | z",
                "except x | Y=2&z",
            })
    void query_parameters_keep_their_order(String selection, String query) {
        var forwarded = forwarded(PATH.query(selection(selection)), request("x=1&Y=2&x=3&z"));

        assertThat(forwarded.query()).isEqualTo(query);
        assertThat(key(PATH.query(selection(selection)), request("x=1&Y=2&x=3&z"))
                        .uri())
                .isEqualTo(query.isEmpty() ? "/a" : "/a?" + query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"none | ''", "all | a=1; b=2; c=3", "b | b=2", "B | ''", "except b | a=1; c=3"})
    void cookies_are_chosen_from_all_lines(String selection, String cookies) {
        var request = request("", "Cookie", "a=1;b=2", "Cookie", " c=3 ");

        assertThat(forwarded(PATH.cookies(selection(selection)), request)
                        .headers()
                        .joined("Cookie"))
                .isEqualTo(cookies);
    }

    @Test
    void the_origin_sees_what_counts_and_what_is_forwarded_and_nothing_else() {
        var behaviour = new Behaviour(
                PathPattern.ALL,
                "o",
                Behaviour.Admission.ALL,
                PATH.headers(Selection.of("X-Key")),
                Forwarding.headers(Selection.of("X-Extra")),
                CachePolicy.CLOUDFRONT);
        var request = request(
                "",
                "Host",
                "other",
                "Content-Type",
                "a/b",
                "X-Key",
                "1",
                "X-Extra",
                "2",
                "X-Extra",
                "3",
                "X-Other",
                "4",
                "Authorization",
                "5");

        assertThat(KeyRules.forwarded(behaviour, request).headers())
                .isEqualTo(Headers.of("X-Key", "1", "X-Extra", "2", "X-Extra", "3"));
        assertThat(behaviour.policy().authorizationKeyed()).isFalse();
    }

    @Test
    void what_is_forwarded_beyond_the_key_does_not_change_the_key() {
        var all = new Behaviour(
                PathPattern.ALL,
                "o",
                Behaviour.Admission.ALL,
                PATH.query(Selection.of("x")),
                new Forwarding(Selection.ALL, Selection.allExcept("Host"), Selection.ALL),
                CachePolicy.CLOUDFRONT);
        var request = request("x=1&y=2", "Host", "h", "Cookie", "a=1", "Accept-Encoding", "gzip", "X-Any", "1");

        var forwarded = KeyRules.forwarded(all, request);

        assertThat(forwarded.query()).isEqualTo("x=1&y=2");
        assertThat(forwarded.headers()).isEqualTo(Headers.of("Accept-Encoding", "gzip", "X-Any", "1", "Cookie", "a=1"));
        assertThat(key(all.key(), request)).isEqualTo(key(all.key(), request("x=1&y=3", "X-Any", "2")));
    }

    /** CloudFront removes Authorization from GET and HEAD unless it is in the key, and sends it on with all other methods. */
    @Test
    void authorization_goes_on_where_it_counts_or_something_changes() {
        var request = request("", "Authorization", "x");
        var keyed = PATH.headers(Selection.of("Authorization"));
        var post = new ViewerRequest("POST", "/a", "", request.headers());

        assertThat(forwarded(PATH, request).headers().has("Authorization")).isFalse();
        assertThat(forwarded(PATH, post).headers().has("Authorization")).isTrue();
        assertThat(forwarded(keyed, request).headers().has("Authorization")).isTrue();
        assertThat(behaviour(keyed).policy().authorizationKeyed()).isTrue();
    }

    /** CloudFront, "Compressed objects support": the header becomes {@code br,gzip}, {@code br} or {@code gzip}, or is removed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br | true | true | br,gzip",
                "br;q=0.1, gzip;q=1 | true | true | br,gzip",
                "GZIP | true | true | gzip",
                "x-gzip | true | true | gzip",
                "gzip;q=0, br | true | true | br",
                "gzip;q=0.000 | true | true | ''",
                "gzip;q=0.001 | true | true | gzip",
                "* | true | true | br,gzip",
                "*, br;q=0 | true | true | gzip",
                "gzip, br | true | false | gzip",
                "gzip, br | false | true | br",
                "gzip, br | false | false | ''",
                "identity | true | true | ''",
                "'' | true | true | ''",
            })
    void accept_encoding_has_four_values(String accepted, boolean gzip, boolean brotli, String normalized) {
        var parameters = PATH.compression(gzip, brotli);
        var request = accepted.isEmpty() ? request("") : request("", "Accept-Encoding", accepted);

        assertThat(forwarded(parameters, request).headers().joined("Accept-Encoding"))
                .isEqualTo(normalized);
    }

    /** One value must not pass for two, nor an empty one for none. */
    @Test
    void different_values_make_different_keys() {
        var parameters = PATH.headers(Selection.of("A", "B")).cookies(Selection.ALL);

        assertThat(Set.of(
                        key(parameters, request("", "A", "1", "B", "2")),
                        key(parameters, request("", "A", "12")),
                        key(parameters, request("", "B", "12")),
                        key(parameters, request("", "A", "")),
                        key(parameters, request("")),
                        key(parameters, request("", "A", "1:=2")),
                        key(parameters, request("", "Cookie", "A=1"))))
                .hasSize(7);
    }

    @Test
    void where_cookies_do_not_count_an_answer_sets_none() {
        var answer = new ResponseHead(200, Headers.of("Set-Cookie", "a=1", "ETag", "\"v\""));
        var bare = new ResponseHead(200, Headers.of("ETag", "\"v\""));
        var keyed = PATH.cookies(Selection.of("a"));
        var seen = new Forwarding(Selection.NONE, Selection.NONE, Selection.ALL);

        assertThat(behaviour(PATH, Forwarding.NONE).own(answer)).isEqualTo(bare);
        assertThat(behaviour(PATH, Forwarding.NONE).shared(answer)).isEqualTo(bare);
        assertThat(behaviour(PATH, seen).own(answer)).isEqualTo(answer);
        assertThat(behaviour(PATH, seen).shared(answer)).isEqualTo(bare);
        assertThat(behaviour(keyed, Forwarding.NONE).own(answer)).isEqualTo(answer);
        assertThat(behaviour(keyed, Forwarding.NONE).shared(answer)).isEqualTo(answer);
        assertThatThrownBy(() -> PATH.headers(Selection.ALL)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Selection selection(String text) {
        return switch (text) {
            case "none" -> Selection.NONE;
            case "all" -> Selection.ALL;
            default ->
                text.startsWith("except ")
                        ? Selection.allExcept(text.substring("except ".length()))
                        : Selection.of(text);
        };
    }

    private static ViewerRequest request(String query, String... headers) {
        return new ViewerRequest("GET", "/a", query, Headers.of(headers));
    }

    private static CacheKey key(KeyParameters parameters, ViewerRequest request) {
        return KeyRules.key("d1", parameters, request);
    }

    private static ViewerRequest forwarded(KeyParameters parameters, ViewerRequest request) {
        return KeyRules.forwarded(behaviour(parameters), request);
    }

    private static Behaviour behaviour(KeyParameters parameters) {
        return behaviour(parameters, Forwarding.NONE);
    }

    private static Behaviour behaviour(KeyParameters parameters, Forwarding more) {
        return new Behaviour(PathPattern.ALL, "o", Behaviour.Admission.ALL, parameters, more, CachePolicy.CLOUDFRONT);
    }
}
