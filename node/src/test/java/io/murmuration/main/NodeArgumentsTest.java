package io.murmuration.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NodeArgumentsTest {
    @Test
    void data_and_node_may_come_in_any_order() {
        var expected = new NodeArguments(Path.of("x"), 2);

        assertThat(NodeArguments.of("--data", "x", "--node", "2")).isEqualTo(expected);
        assertThat(NodeArguments.of("--node", "2", "--data", "x")).isEqualTo(expected);
    }

    @Test
    void what_is_missing_or_unknown_is_told() {
        assertThatThrownBy(NodeArguments::of).hasMessage(NodeArguments.USAGE);
        assertThatThrownBy(() -> NodeArguments.of("--data", "x")).hasMessage(NodeArguments.USAGE);
        assertThatThrownBy(() -> NodeArguments.of("--data")).hasMessageStartingWith("--data needs a value.");
        assertThatThrownBy(() -> NodeArguments.of("--port", "1")).hasMessageStartingWith("Unknown argument --port.");
    }

    @Test
    void a_node_is_a_number_from_one() {
        assertThatThrownBy(() -> NodeArguments.of("--data", "x", "--node", "0"))
                .hasMessage("--node needs a number from 1, not 0.");
        assertThatThrownBy(() -> NodeArguments.of("--data", "x", "--node", "one"))
                .hasMessage("--node needs a number from 1, not one.");
    }
}
