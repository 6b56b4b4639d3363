package io.murmuration.cli.demo.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void what_is_written_is_read_again() throws IOException {
        Map<String, Object> value =
                Map.of("text", "a \"b\"", "number", 12, "truth", true, "list", List.of("x", Map.of("y", 1)));

        assertThat(Json.object(Json.write(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"a\":1} x", "text", "null"})
    void what_is_no_object_is_refused(String text) {
        assertThatThrownBy(() -> Json.object(text)).isInstanceOf(IOException.class);
    }
}
