package io.murmuration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void people_get_progress_and_answer_on_the_standard_output() {
        var output = output(Output.Format.TABLE);

        output.progress("half way");
        output.answer(List.of("done"), Map.of());

        assertThat(out.toString().lines()).containsExactly("half way", "done");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void programs_get_nothing_but_json_on_the_standard_output() {
        var output = output(Output.Format.JSON);

        output.progress("half way");
        output.answer(List.of("done"), Map.of("done", List.of(true, 1, 2L, "a \"b\"")));

        assertThat(out.toString().strip()).isEqualTo("{\n  \"done\" : [ true, 1, 2, \"a \\\"b\\\"\" ]\n}");
        assertThat(err.toString().strip()).isEqualTo("half way");
    }

    @Test
    void columns_of_figures_lean_right() {
        var table = Output.table(
                List.of("NODE", "STATE", "LAG"), List.of(List.of("1", "ready", "7"), List.of("2", "no answer", "-")));

        assertThat(table).containsExactly("NODE  STATE      LAG", "1     ready        7", "2     no answer    -");
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "1536,1.5 KiB", "1048576,1.0 MiB", "5368709120,5.0 GiB"})
    void sizes_are_told_in_their_unit(long bytes, String text) {
        assertThat(StatusReport.size(bytes)).isEqualTo(text);
    }

    private Output output(Output.Format format) {
        return new Output(new PrintWriter(out), new PrintWriter(err), format);
    }
}
