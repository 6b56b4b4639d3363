package io.murmuration.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The bytes under {@code fixtures/consensus} are those of earlier releases: they are added to, never changed. */
class CodecTest {
    private static final Map<String, Message> MESSAGES = new LinkedHashMap<>(Map.of(
            "vote-request", new Message.VoteRequest(1, 2, 3, true, 4, 5, false, 6),
            "vote-reply", new Message.VoteReply(1, 2, 3, false, true, 4),
            "append",
                    new Message.Append(
                            1,
                            2,
                            3,
                            4,
                            5,
                            List.of(
                                    new Entry(5, 3, Entry.Kind.TERM_OPENED, new byte[0]),
                                    new Entry(6, 3, Entry.Kind.COMMAND, new byte[] {7, 8}),
                                    new Entry(7, 3, Entry.Kind.VOTERS, VotersCodec.encode(Bench.THREE))),
                            9,
                            10),
            "append-reply", new Message.AppendReply(1, 2, 3, true, 4, 5, 6, 7),
            "snapshot-offer", new Message.SnapshotOffer(1, 2, 3, 4, 5, 6),
            "cured", new Message.Cured(1, 2, 3, 4),
            "campaign-now", new Message.CampaignNow(1, 2, 3)));
    private static final Voters VOTERS = new Voters(new TreeSet<>(List.of(3L, 1L, 2L)), new TreeSet<>(List.of(-4L)));

    @Test
    void messages_keep_their_bytes() {
        var fixtures = fixtures();

        assertThat(fixtures.keySet()).containsAll(MESSAGES.keySet());
        MESSAGES.forEach((name, message) -> {
            assertThat(HexFormat.of().formatHex(MessageCodec.encode(message)))
                    .as(name)
                    .isEqualTo(fixtures.get(name));
            assertThat(MessageCodec.decode(HexFormat.of().parseHex(Objects.requireNonNull(fixtures.get(name)))))
                    .as(name)
                    .isEqualTo(message);
        });
    }

    @Test
    void a_voter_set_keeps_its_bytes() {
        var bytes = HexFormat.of().parseHex(Objects.requireNonNull(fixtures().get("voters")));

        assertThat(VotersCodec.encode(VOTERS)).isEqualTo(bytes);
        assertThat(VotersCodec.decode(bytes)).isEqualTo(VOTERS);
    }

    @Test
    void bytes_that_are_cut_off_or_too_many_or_of_another_version_are_refused() {
        for (var message : MESSAGES.values()) {
            var bytes = MessageCodec.encode(message);
            for (var length = 0; length < bytes.length; length++) {
                var cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> MessageCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> MessageCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                    .isInstanceOf(IllegalArgumentException.class);
            bytes[0] = 2;
            assertThatThrownBy(() -> MessageCodec.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void voters_that_are_cut_off_are_refused() {
        var bytes = VotersCodec.encode(VOTERS);
        for (var length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> VotersCodec.decode(cut)).isInstanceOf(RuntimeException.class);
        }
    }

    private static Map<String, String> fixtures() {
        try (var stream = CodecTest.class.getResourceAsStream("/fixtures/consensus/wire.txt")) {
            var text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
