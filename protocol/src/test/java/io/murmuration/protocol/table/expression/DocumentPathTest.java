package io.murmuration.protocol.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.table.expression.DocumentPath.Index;
import io.murmuration.protocol.table.expression.DocumentPath.Name;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentPathTest {
    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_path_is_read_back_from_its_text(int seed) {
        var random = new RandomValues(new Random(seed));
        for (int i = 0; i < 20; i++) {
            var path = random.path();

            assertThat(Expressions.projection(path.text(), Placeholders.none()).paths())
                    .as("seed %d", seed)
                    .containsExactly(path);
        }
    }

    @Test
    void it_prints_as_in_messages_and_as_in_expressions() {
        var path = new DocumentPath(List.of(new Name("a"), new Name("b.c"), new Index(2), new Name("[2]")));

        assertThat(path).hasToString("[a, b.c, [2], [2]]");
        assertThat(path.text()).isEqualTo("a.b.c[2].[2]");
        assertThat(path.attribute()).isEqualTo("a");
        assertThat(path.isNested()).isTrue();
    }

    @Test
    void it_starts_with_a_name() {
        assertThatThrownBy(() -> new DocumentPath(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DocumentPath(List.of(new Index(0)))).isInstanceOf(IllegalArgumentException.class);
    }
}
