package io.murmuration.journal;

import static io.murmuration.journal.Command.Refusal.OTHER_SEQUENCE_NUMBER;
import static io.murmuration.journal.Command.Refusal.OTHER_TERM;
import static io.murmuration.journal.Command.Refusal.PART_MISSING;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.Command.AppendEvents;
import io.murmuration.journal.Command.DeleteEvents;
import io.murmuration.journal.Command.DeleteSnapshots;
import io.murmuration.journal.Command.Refusal;
import io.murmuration.journal.Command.SaveSnapshotPart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApplyRulesTest {
    private static final long TERM = 5;

    private final MemoryState state = new MemoryState();

    @Test
    void an_append_stores_its_events_its_rows_and_the_highest_sequence_number() {
        assertThat(apply(append("flock", 0, event(1, true), event(2, false)))).isNull();

        assertThat(entity("flock")).isEqualTo(new EntityRecord(2, 0, 2));
        assertThat(state.get(Keys.event("flock", 1))).isNotNull();
        assertThat(state.get(Keys.event("flock", 2)))
                .as("an event that is not retained")
                .isNull();
        assertThat(state.get(Keys.row(bytes("row-1")))).isEqualTo(bytes("1"));
        assertThat(state.get(Keys.row(bytes("row-2")))).isEqualTo(bytes("2"));
    }

    @Test
    void an_append_of_another_term_has_no_effect() {
        var append = append("flock", 0, event(1, true));

        assertThat(apply(append, TERM + 1)).isEqualTo(OTHER_TERM);

        assertThat(state.rows()).isEmpty();
    }

    @Test
    void an_append_that_expects_another_sequence_number_has_no_effect() {
        apply(append("flock", 0, event(1, true)));
        var before = List.copyOf(state.rows().values());

        assertThat(apply(append("flock", 0, event(1, true)))).as("doubled").isEqualTo(OTHER_SEQUENCE_NUMBER);
        assertThat(apply(append("flock", 2, event(3, true)))).as("ahead").isEqualTo(OTHER_SEQUENCE_NUMBER);

        assertThat(state.rows().values()).containsExactlyElementsOf(before);
    }

    @Test
    void a_rejected_event_leaves_a_gap_that_the_next_append_steps_over() {
        assertThat(apply(new AppendEvents(TERM, "flock", 0, 3, "w", List.of(event(1, true)))))
                .isNull();

        assertThat(apply(append("flock", 3, event(4, true)))).isNull();

        assertThat(entity("flock").highest()).isEqualTo(4);
    }

    @Test
    void entities_whose_ids_begin_alike_do_not_meet() {
        apply(append("flock", 0, event(1, true)));
        apply(append("flock2", 0, event(1, true)));

        apply(new DeleteEvents(TERM, "flock", Long.MAX_VALUE));

        assertThat(state.get(Keys.event("flock", 1))).isNull();
        assertThat(state.get(Keys.event("flock2", 1))).isNotNull();
    }

    @Test
    void deleting_keeps_the_highest_sequence_number_and_later_events() {
        apply(append("flock", 0, event(1, true), event(2, true), event(3, true)));

        apply(new DeleteEvents(TERM, "flock", 2));

        assertThat(entity("flock")).isEqualTo(new EntityRecord(3, 2, 0));
        assertThat(state.get(Keys.event("flock", 2))).isNull();
        assertThat(state.get(Keys.event("flock", 3))).isNotNull();
    }

    @Test
    void deleting_more_than_one_batch_may_hold_goes_on_where_it_stopped() {
        var events = LongStream.rangeClosed(1, ApplyRules.DELETIONS_MAX + 1)
                .mapToObj(number -> event(number, true))
                .toArray(LoggedEvent[]::new);
        apply(append("flock", 0, events));

        apply(new DeleteEvents(TERM, "flock", Long.MAX_VALUE));
        assertThat(entity("flock").deletedTo()).isEqualTo(ApplyRules.DELETIONS_MAX);
        apply(new DeleteEvents(TERM, "flock", Long.MAX_VALUE));

        assertThat(entity("flock").deletedTo()).isEqualTo(ApplyRules.DELETIONS_MAX + 1);
        assertThat(state.get(Keys.event("flock", ApplyRules.DELETIONS_MAX + 1))).isNull();
    }

    @Test
    void a_snapshot_appears_with_its_last_part() {
        assertThat(apply(part(10, 1, 0, 2))).isNull();
        assertThat(state.get(Keys.snapshot("flock", 10))).isNull();

        assertThat(apply(part(10, 1, 1, 2))).isNull();

        assertThat(state.get(Keys.snapshot("flock", 10))).isNotNull();
    }

    @Test
    void a_snapshot_without_all_its_parts_does_not_appear() {
        apply(part(10, 1, 0, 3));

        assertThat(apply(part(10, 1, 2, 3))).isEqualTo(PART_MISSING);
        assertThat(apply(part(10, 2, 1, 2))).as("a part of another upload").isEqualTo(PART_MISSING);

        assertThat(state.get(Keys.snapshot("flock", 10))).isNull();
    }

    @Test
    void a_saved_snapshot_replaces_its_predecessor_and_clears_what_broken_attempts_left() {
        save(10, 1);
        save(11, 2);
        apply(part(12, 3, 0, 2));
        apply(part(12, 4, 0, 2));

        save(12, 5);
        save(11, 6);

        assertThat(partCount(10)).isEqualTo(2);
        assertThat(partCount(11)).isEqualTo(2);
        assertThat(partCount(12)).isEqualTo(2);
        assertThat(state.get(Keys.snapshot("flock", 11)))
                .isEqualTo(new SnapshotRecord(1011, 6, 2, 1, "m", null).toBytes());
    }

    @Test
    void deleting_snapshots_keeps_those_outside_any_bound() {
        save(10, 1);
        save(11, 2);
        save(12, 3);

        apply(new DeleteSnapshots(TERM, "flock", 0, 11, 0, 1010));

        assertThat(state.get(Keys.snapshot("flock", 10))).isNull();
        assertThat(partCount(10)).isZero();
        assertThat(state.get(Keys.snapshot("flock", 11))).as("timestamp 1011").isNotNull();
        assertThat(state.get(Keys.snapshot("flock", 12))).isNotNull();
    }

    private void save(long sequenceNumber, long upload) {
        assertThat(apply(part(sequenceNumber, upload, 0, 2))).isNull();
        assertThat(apply(part(sequenceNumber, upload, 1, 2))).isNull();
    }

    private int partCount(long sequenceNumber) {
        var count = 0;
        try (var parts = state.scan(
                Keys.snapshotParts("flock", sequenceNumber), Keys.snapshotPartsEnd("flock", sequenceNumber), false)) {
            while (parts.next()) {
                count++;
            }
        }
        return count;
    }

    private static SaveSnapshotPart part(long sequenceNumber, long upload, int part, int parts) {
        return new SaveSnapshotPart(
                TERM,
                "flock",
                sequenceNumber,
                1000 + sequenceNumber,
                upload,
                part,
                parts,
                new Payload(1, "m", bytes("part " + part)),
                null);
    }

    private static AppendEvents append(String persistenceId, long expected, LoggedEvent... events) {
        return new AppendEvents(
                TERM, persistenceId, expected, events[events.length - 1].sequenceNumber(), "w", List.of(events));
    }

    private static LoggedEvent event(long sequenceNumber, boolean retained) {
        var payload = retained ? new Payload(1, "m", bytes("event " + sequenceNumber)) : null;
        var row = new RowChange(bytes("row-" + sequenceNumber), bytes(Long.toString(sequenceNumber)));
        return new LoggedEvent(sequenceNumber, 0, "", payload, null, List.of(row));
    }

    private EntityRecord entity(String persistenceId) {
        return EntityRecord.read(state.get(Keys.entity(persistenceId)));
    }

    private @Nullable Refusal apply(Command command) {
        return apply(command, TERM);
    }

    private @Nullable Refusal apply(Command command, long entryTerm) {
        var outcome = ApplyRules.apply(state, command, entryTerm);
        state.apply(outcome.changes(), state.appliedIndex() + 1, entryTerm, null);
        return outcome.refusal();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
