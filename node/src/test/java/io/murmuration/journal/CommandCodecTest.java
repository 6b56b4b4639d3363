package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.journal.Command.AppendEvents;
import io.murmuration.journal.Command.DeleteEvents;
import io.murmuration.journal.Command.DeleteSnapshots;
import io.murmuration.journal.Command.SaveSnapshotPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandCodecTest {
    private static final Payload PAYLOAD = new Payload(17, "bird", bytes("sturnus vulgaris"));
    private static final Payload METADATA = new Payload(20, "", bytes("meta"));

    static Stream<Arguments> commands() {
        var kept = new LoggedEvent(
                8, 1_700_000_000_000L, "adapted", PAYLOAD, METADATA, List.of(new RowChange(bytes("k"), bytes("v"))));
        var rowsOnly =
                new LoggedEvent(9, 1_700_000_000_001L, "", null, null, List.of(new RowChange(bytes("gone"), null)));
        return Stream.of(
                Arguments.of("append-events", new AppendEvents(3, "flock@1", 7, 10, "writer", List.of(kept, rowsOnly))),
                Arguments.of("delete-events", new DeleteEvents(3, "flock@1", 9)),
                Arguments.of(
                        "save-snapshot-part",
                        new SaveSnapshotPart(3, "flock@1", 9, 1_700_000_000_002L, 5, 1, 2, PAYLOAD, METADATA)),
                Arguments.of("delete-snapshots", new DeleteSnapshots(3, "flock@1", 0, 9, 0, Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_reads_back_as_it_was_written(String name, Command command) {
        assertThat(CommandCodec.decode(CommandCodec.encode(command))).isEqualTo(command);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void the_stored_bytes_are_those_of_the_fixture_and_are_still_read(String name, Command command) throws IOException {
        var fixture = fixture(name);

        assertThat(HexFormat.of().formatHex(CommandCodec.encode(command))).isEqualTo(fixture);
        assertThat(CommandCodec.decode(HexFormat.of().parseHex(fixture))).isEqualTo(command);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_stamped_command_has_the_term_and_is_else_the_same(String name, Command command) {
        var bytes = CommandCodec.encode(command);

        CommandCodec.stamp(bytes, 99);

        assertThat(CommandCodec.decode(bytes).term()).isEqualTo(99);
        CommandCodec.stamp(bytes, command.term());
        assertThat(bytes).isEqualTo(CommandCodec.encode(command));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_cut_short_or_with_bytes_behind_it_is_refused(String name, Command command) {
        var bytes = CommandCodec.encode(command);

        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> CommandCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> CommandCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_newer_format_version_is_refused() {
        var bytes = CommandCodec.encode(new DeleteEvents(3, "flock", 9));
        bytes[0]++;

        assertThatThrownBy(() -> CommandCodec.decode(bytes)).hasMessageContaining("version 2");
    }

    @Test
    void parts_together_are_the_whole_and_an_empty_whole_has_one_part() {
        assertThat(Command.cut(bytes("abcdefg"), 3)).containsExactly(bytes("abc"), bytes("def"), bytes("g"));
        assertThat(Command.cut(bytes("abc"), 3)).containsExactly(bytes("abc"));
        assertThat(Command.cut(new byte[0], 3)).containsExactly(new byte[0]);
    }

    private static String fixture(String name) throws IOException {
        try (var in = CommandCodecTest.class.getResourceAsStream("command-" + name + ".hex")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
