package io.murmuration.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.murmuration.protocol.gateway.RouteKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTrieTest {
    /** "API Gateway selects the route with the most-specific match, using the following priority: full match, greedy path variable, the $default route." */
    private static final RouteTrie<String> DOCUMENTED =
            trie("GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default");

    private static final RouteTrie<String> MIXED = trie(
            "GET /",
            "ANY /a/{x}",
            "GET /a/b",
            "GET /a/{x}/c",
            "POST /a/{y}/{rest+}",
            "PUT /a/{all+}",
            "GET /slash/",
            "GET /{one}/d/{two}",
            "ANY /deep/{proxy+}",
            "GET /deep/er/{proxy+}");

    @ParameterizedTest
    @CsvSource({
        "GET,  /pets/dog/1,   GET /pets/dog/1",
        "GET,  /pets/dog/2,   GET /pets/dog/{id}",
        "GET,  /pets/cat/1,   GET /pets/{proxy+}",
        "POST, /test/5,       ANY /{proxy+}",
        "POST, /pets/dog/1,   ANY /{proxy+}",
        "GET,  /,             $default",
        "GET,  /pets/dog/1/2, GET /pets/{proxy+}",
        "GET,  /pets/,        ANY /{proxy+}",
    })
    void the_documented_order_holds(String method, String path, String route) {
        assertThat(found(DOCUMENTED, method, path)).isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "GET,    /,              GET /",
                "POST,   /,              none",
                "GET,    /a/b,           GET /a/b",
                "POST,   /a/b,           ANY /a/{x}",
                "GET,    /a/z,           ANY /a/{x}",
                "GET,    /a,             none",
                "GET,    /a/,            none",
                "GET,    /a/b/c,         GET /a/{x}/c",
                "POST,   /a/b/c,         'POST /a/{y}/{rest+}'",
                "POST,   /a/b/c/d/,      'POST /a/{y}/{rest+}'",
                "PUT,    /a/b/c,         PUT /a/{all+}",
                "GET,    /slash/,        GET /slash/",
                "GET,    /slash,         none",
                "GET,    /a/d/e,         GET /{one}/d/{two}",
                "GET,    /a/d/,          none",
                "GET,    //d/e,          none",
                "GET,    /deep/er/x,     'GET /deep/er/{proxy+}'",
                "POST,   /deep/er/x,     'ANY /deep/{proxy+}'",
                "GET,    /deep/er,       'ANY /deep/{proxy+}'",
                "GET,    /deep,          none",
            })
    void texts_come_before_variables_and_methods_before_any(String method, String path, @Nullable String route) {
        assertThat(found(MIXED, method, path)).isEqualTo(route);
    }

    @Test
    void parameters_have_the_names_of_their_own_route() {
        var exact = requireNonNull(MIXED.find("GET", "/birds/d/owl"));
        var greedy = requireNonNull(MIXED.find("POST", "/a/b/c/d"));

        assertThat(exact.parameters()).containsExactly(entry("one", "birds"), entry("two", "owl"));
        assertThat(greedy.parameters()).containsExactly(entry("y", "b"), entry("rest", "c/d"));
    }

    @Test
    void without_routes_nothing_is_found() {
        assertThat(trie().find("GET", "/")).isNull();
    }

    private static RouteTrie<String> trie(String... keys) {
        return RouteTrie.of(List.of(keys), RouteKey::parse);
    }

    private static @Nullable String found(RouteTrie<String> trie, String method, String path) {
        var match = trie.find(method, path);
        return match == null ? null : match.value();
    }
}
