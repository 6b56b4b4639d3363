package io.murmuration.function.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    private final Path path;
    private final OutputFile output;

    OutputFileTest(@TempDir Path folder) throws IOException {
        path = folder.resolve("output");
        output = new OutputFile(path);
    }

    @AfterEach
    void close() throws IOException {
        output.close();
    }

    @Test
    void the_last_bytes_of_a_range_are_read() throws IOException {
        append("0123456789".getBytes(UTF_8));

        assertThat(output.last(4, 0, Long.MAX_VALUE).utf8String()).isEqualTo("6789");
        assertThat(output.last(4, 0, 5).utf8String()).isEqualTo("1234");
        assertThat(output.last(100, 8, Long.MAX_VALUE).utf8String()).isEqualTo("89");
        assertThat(output.last(100, 10, Long.MAX_VALUE).utf8String()).isEmpty();
    }

    @Test
    void what_fits_is_kept_and_what_is_too_much_is_forgotten() throws IOException {
        append(new byte[OutputFile.BYTES_MAX]);
        assertThat(output.cut()).isFalse();

        append(new byte[1]);
        assertThat(output.cut()).isTrue();
        assertThat(output.size()).isZero();
    }

    @Test
    void after_a_cut_writers_go_on_at_the_beginning_and_old_positions_mean_nothing() throws IOException {
        append(new byte[OutputFile.BYTES_MAX + 1]);
        output.cut();
        append("new".getBytes(UTF_8));

        assertThat(output.last(100, OutputFile.BYTES_MAX, Long.MAX_VALUE).utf8String())
                .isEmpty();
        assertThat(output.last(100, 0, Long.MAX_VALUE).utf8String()).isEqualTo("new");
    }

    private void append(byte[] bytes) throws IOException {
        Files.write(path, bytes, StandardOpenOption.APPEND);
    }
}
