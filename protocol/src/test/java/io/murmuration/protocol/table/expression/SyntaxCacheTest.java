package io.murmuration.protocol.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.ServiceException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SyntaxCacheTest {
    private final AtomicInteger parsed = new AtomicInteger();
    private final SyntaxCache<Integer> cache = new SyntaxCache<>();

    private int get(String text) {
        return cache.get(text, unparsed -> parsed.incrementAndGet());
    }

    @Test
    void a_text_is_parsed_once() {
        int first = get("a");

        assertThat(get("a")).isEqualTo(first);
        assertThat(parsed).hasValue(1);
    }

    @Test
    void it_is_bounded_however_many_texts_come() {
        for (int i = 0; i < 10_000; i++) {
            get("text" + i);
        }

        assertThat(cache.size()).isLessThanOrEqualTo(512);
    }

    @Test
    void what_is_used_again_and_again_stays() {
        get("hot");
        for (int i = 0; i < 10_000; i++) {
            get("text" + i);
            get("hot");
        }

        assertThat(parsed).hasValue(10_001);
    }

    @Test
    void failures_are_not_kept() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> cache.get("bad", text -> {
                        throw ServiceException.validation(text);
                    }))
                    .isInstanceOf(ServiceException.class);
        }

        assertThat(cache.size()).isZero();
    }
}
