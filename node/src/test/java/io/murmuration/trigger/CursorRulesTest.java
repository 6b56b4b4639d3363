package io.murmuration.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.catalogue.Resources;
import io.murmuration.journal.entity.FakeJournal.FakeRows;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.mapping.MappingSettings;
import io.murmuration.protocol.function.mapping.StartingPosition;
import io.murmuration.protocol.table.operation.StreamArn;
import io.murmuration.trigger.Cursor.Status;
import io.murmuration.trigger.CursorIntent.Move;
import io.murmuration.trigger.CursorIntent.Outcome;
import io.murmuration.trigger.CursorIntent.Tell;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorRulesTest {
    private static final UUID ID = new UUID(1, 2);
    private static final long TABLE = 9;

    private final FakeRows rows = new FakeRows();

    @Test
    void a_cursor_is_made_once_and_what_comes_too_late_is_not_heeded() {
        assertThat(decide(tell(5, Status.RUNNING))).containsExactly(Outcome.DONE);
        assertThat(cursor()).isEqualTo(new Cursor(Status.RUNNING, 5, 0, 0, 0, 77));

        assertThat(decide(tell(7, Status.PAUSED), tell(6, Status.RUNNING), tell(7, Status.PAUSED)))
                .containsExactly(Outcome.DONE, Outcome.TOO_LATE, Outcome.DONE);
        assertThat(cursor().status()).isEqualTo(Status.PAUSED);
    }

    @Test
    void a_closed_cursor_stays_closed_even_if_it_was_never_open() {
        decide(tell(8, Status.CLOSED));

        assertThat(decide(tell(7, Status.RUNNING), tell(9, Status.RUNNING), new Move(ID, 0, 1, 0, 0, 78)))
                .containsOnly(Outcome.TOO_LATE);
        assertThat(decide(tell(8, Status.CLOSED))).containsExactly(Outcome.DONE);
        assertThat(cursor().status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void a_cursor_moves_only_from_where_it_is() {
        decide(tell(5, Status.RUNNING));

        assertThat(decide(new Move(ID, 0, 4, 0, 0, 78), new Move(ID, 0, 6, 0, 0, 79), new Move(ID, 4, 4, 9, 2, 80)))
                .containsExactly(Outcome.DONE, Outcome.TOO_LATE, Outcome.DONE);
        assertThat(cursor()).isEqualTo(new Cursor(Status.RUNNING, 5, 4, 9, 2, 80));
    }

    @Test
    void what_is_stored_is_read_as_ever() {
        var cursor = new Cursor(Status.PAUSED, 5, 4, 9, 2, 80);
        var bytes = "01" + "02" + "0000000000000005" + "0000000000000004" + "0000000000000009" + "00000002"
                + "0000000000000050";

        assertThat(HexFormat.of().formatHex(cursor.toBytes())).isEqualTo(bytes);
        assertThat(Cursor.read(HexFormat.of().parseHex(bytes))).isEqualTo(cursor);
        assertThat(HexFormat.of().formatHex(Cursor.key(ID))).isEqualTo("65" + "0000000000000001" + "0000000000000002");
    }

    @Test
    void a_stored_mapping_is_read_as_ever() {
        var arn = "arn:aws:dynamodb:us-east-1:000000000000:table/b/stream/l";
        var mapping = new Mapping(
                ID,
                new FunctionName("f", "q"),
                StreamArn.parse(arn).orElseThrow(),
                TABLE,
                StartingPosition.LATEST,
                new MappingSettings(1, 2, 60, 4, true, false, List.of("{}")),
                true,
                Mapping.Status.CHANGING,
                3,
                6);
        var bytes = "01" + "000166" + "000171" + "0038"
                + HexFormat.of().formatHex(arn.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "0000000000000009" + "01" + "01" + "02" + "0000000000000003" + "00000001" + "00000002" + "0000003c"
                + "00000004" + "01" + "00" + "00000001" + "00027b7d";

        assertThat(HexFormat.of().formatHex(MappingCodec.content(mapping))).isEqualTo(bytes);
        assertThat(MappingCodec.read(new Resources.Resource(
                        Resources.Kind.EVENT_SOURCE,
                        ID.toString(),
                        1,
                        6,
                        HexFormat.of().parseHex(bytes))))
                .isEqualTo(mapping);
    }

    private static Tell tell(long fence, Status status) {
        return new Tell(ID, fence, status, TABLE, true, 77);
    }

    private List<Outcome> decide(CursorIntent... intents) {
        var decision = CursorRules.decide(rows, List.of(intents));
        rows.change(decision.changes());
        return decision.replies();
    }

    private Cursor cursor() {
        return Objects.requireNonNull(Cursor.read(rows.get(Cursor.key(ID))));
    }
}
