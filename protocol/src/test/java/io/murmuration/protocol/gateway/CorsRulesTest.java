package io.murmuration.protocol.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.murmuration.protocol.ServiceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsRulesTest {
    private static final String PAGE = "https://birds.example";

    @Test
    void a_page_that_may_call_is_told_so_by_its_origin_and_caches_are_told_that_it_depends_on_that() {
        var cors = new Cors(true, List.of("x-bird"), List.of("GET"), List.of(PAGE), List.of("x-count"), 60);

        assertThat(CorsRules.answer(cors, PAGE))
                .containsOnly(
                        entry("access-control-allow-origin", PAGE),
                        entry("vary", "Origin"),
                        entry("access-control-allow-credentials", "true"),
                        entry("access-control-expose-headers", "x-count"));
        assertThat(CorsRules.preflight(cors, PAGE))
                .containsOnly(
                        entry("access-control-allow-origin", PAGE),
                        entry("vary", "Origin"),
                        entry("access-control-allow-credentials", "true"),
                        entry("access-control-allow-methods", "GET"),
                        entry("access-control-allow-headers", "x-bird"),
                        entry("access-control-max-age", "60"));
    }

    @Test
    void where_all_pages_may_call_none_is_named() {
        assertThat(CorsRules.answer(to("*"), PAGE)).containsOnly(entry("access-control-allow-origin", "*"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://birds.example, https://birds.example, true",
        "https://BIRDS.example, https://birds.example, true",
        "https://birds.example, http://birds.example, false",
        "https://birds.example, https://birds.example.org, false",
        "https://*, https://anything.example:8443, true",
        "https://*, http://anything.example, false",
        "http://*, http://localhost:3000, true",
        "*, null, true",
    })
    void only_what_is_allowed_may_call(String allowed, String origin, boolean may) {
        assertThat(CorsRules.allows(to(allowed), origin)).isEqualTo(may);
        assertThat(CorsRules.preflight(to(allowed), origin).isEmpty()).isEqualTo(!may);
        assertThat(CorsRules.answer(to(allowed), origin).isEmpty()).isEqualTo(!may);
    }

    @ParameterizedTest
    @ValueSource(strings = {"birds.example", "https://birds.example/path", "https://*.example", "", "https://a b"})
    void what_no_browser_sends_is_no_origin(String origin) {
        assertThatThrownBy(() -> CorsRules.check(to(origin))).isInstanceOf(ServiceException.class);
    }

    @Test
    void credentials_for_all_pages_are_refused() {
        var cors = new Cors(true, List.of(), List.of(), List.of("*"), List.of(), null);

        assertThatThrownBy(() -> CorsRules.check(cors)).isInstanceOf(ServiceException.class);
    }

    private static Cors to(String origin) {
        return new Cors(false, List.of(), List.of(), List.of(origin), List.of(), null);
    }
}
