package io.murmuration.protocol.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.gateway.RouteKey.Greedy;
import io.murmuration.protocol.gateway.RouteKey.Text;
import io.murmuration.protocol.gateway.RouteKey.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteKeyTest {
    @Test
    void a_key_is_a_method_and_a_path_of_texts_and_variables() {
        var key = RouteKey.parse("GET /pets/{petId}/photos/{proxy+}");

        assertThat(key.method()).isEqualTo("GET");
        assertThat(key.path()).isEqualTo("/pets/{petId}/photos/{proxy+}");
        assertThat(key.segments())
                .containsExactly(new Text("pets"), new Variable("petId"), new Text("photos"), new Greedy("proxy"));
        assertThat(RouteKey.parse("ANY /").segments()).isEmpty();
    }

    @Test
    void the_default_route_has_neither_method_nor_path() {
        var key = RouteKey.parse("$default");

        assertThat(key.isDefault()).isTrue();
        assertThat(key.path()).isEqualTo("$default");
    }

    @Test
    void names_of_variables_make_no_difference_to_the_shape() {
        assertThat(RouteKey.parse("GET /a/{x}/{y+}").shape())
                .isEqualTo(RouteKey.parse("GET /a/{z}/{rest+}").shape());
        assertThat(RouteKey.parse("GET /a/{x}").shape())
                .isNotEqualTo(RouteKey.parse("GET /a/{x+}").shape());
        assertThat(RouteKey.parse("GET /a/").shape())
                .isNotEqualTo(RouteKey.parse("GET /a").shape());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET",
                "GET/pets",
                "/pets",
                "get /pets",
                "FETCH /pets",
                "GET pets",
                "GET /a//b",
                "GET /a b",
                "$other",
                "GET /{a",
                "GET /a}",
                "GET /x{a}",
                "GET /{}",
                "GET /{a+b}"
            })
    void what_is_no_key_is_refused_in_api_gateway_s_words(String text) {
        assertThatThrownBy(() -> RouteKey.parse(text))
                .isInstanceOf(ServiceException.class)
                .hasMessage("The provided route key is not formatted properly for HTTP protocol. Format should be"
                        + " \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /{proxy+}/more", "GET /{a}/{a}"})
    void variables_that_could_not_be_told_are_refused(String text) {
        assertThatThrownBy(() -> RouteKey.parse(text)).isInstanceOf(ServiceException.class);
    }
}
