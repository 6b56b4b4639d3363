package io.murmuration.function.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.function.queue.QueueIntent.Enqueue;
import io.murmuration.function.queue.QueueIntent.Outcome;
import io.murmuration.function.queue.QueueIntent.Outcome.Noted;
import io.murmuration.function.queue.QueueIntent.Outcome.QueueFull;
import io.murmuration.function.queue.QueueIntent.Outcome.Queued;
import io.murmuration.function.queue.QueueIntent.Postpone;
import io.murmuration.function.queue.QueueIntent.Remove;
import io.murmuration.journal.entity.FakeJournal.FakeRows;
import io.murmuration.protocol.function.FunctionName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class QueueRulesTest {
    private static final int CHANGES_MAX = 900 << 10;
    private static final QueueSettings SETTINGS = new QueueSettings(
            new QueueSettings.Bound(3, 1_000),
            new QueueSettings.Bound(2, 500),
            List.of(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            1 << 20,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    private final FakeRows rows = new FakeRows();
    private final QueueReads reads = new QueueReads(rows);

    @Test
    void events_are_numbered_and_read_in_their_order() {
        assertThat(decide(event("a", "1"), event("b", "2"))).containsExactly(new Queued(1), new Queued(2));
        assertThat(decide(event("a", "3"))).containsExactly(new Queued(3));

        var heads = reads.headsAfter(0);
        assertThat(heads.events()).extracting(DueEvents.Waiting::function).containsExactly("a", "b", "a");
        assertThat(heads.last()).isEqualTo(3);
        assertThat(reads.headsAfter(2).events())
                .extracting(DueEvents.Waiting::number)
                .containsExactly(3L);
        assertThat(find(2).payload()).asString().isEqualTo("2");
        assertThat(find(2).head().function()).isEqualTo(new FunctionName("b", "live"));
        assertThat(find(2).head().clientContext()).isEqualTo("{}");
    }

    @Test
    void what_is_removed_leaves_nothing_and_its_number_is_not_used_again() {
        decide(event("a", "1"));

        assertThat(decide(new Remove(1), new Remove(1))).containsExactly(new Noted(), new Noted());
        assertThat(reads.headsAfter(0).events()).isEmpty();
        assertThat(reads.find(1)).isNull();
        assertThat(QueueState.read(rows.get(QueueKeys.counts()))).isEqualTo(new QueueState(1, 0, 0));
        assertThat(rows.get(QueueKeys.function("a"))).isNull();
        assertThat(decide(event("a", "2"))).containsExactly(new Queued(2));
    }

    @Test
    void a_postponed_event_keeps_all_but_its_time_and_counts() {
        decide(event("a", "1"));
        var before = find(1).head();

        decide(new Postpone(1, 77, 1, 2));

        assertThat(find(1).head()).isEqualTo(before.postponed(77, 1, 2));
        assertThat(decide(new Postpone(9, 77, 1, 2))).containsExactly(new Noted());
    }

    @Test
    void one_function_or_all_together_may_fill_the_queue_and_no_more() {
        assertThat(decide(event("a", "1"), event("a", "2"), event("a", "3")))
                .containsExactly(new Queued(1), new Queued(2), new QueueFull(true));
        assertThat(decide(event("b", "1"), event("c", "1"))).containsExactly(new Queued(3), new QueueFull(false));

        decide(new Remove(1));

        assertThat(decide(event("c", "1"))).containsExactly(new Queued(4));
        assertThat(decide(event("d", "x".repeat(501)))).containsExactly(new QueueFull(true));
    }

    @Test
    void what_does_not_fit_into_one_batch_is_left_for_the_next() {
        var first = QueueRules.decide(
                QueueSettings.defaults(),
                rows,
                List.of(event("a", "x".repeat(CHANGES_MAX + 1)), event("a", "y")),
                CHANGES_MAX);

        assertThat(first.replies()).containsExactly(new Queued(1));
    }

    @Test
    void what_is_stored_is_read_as_ever() {
        var head = new EventHead(new FunctionName("f", "q"), "i", 1, 2, 3, 4, 5, "t", "{}");
        var bytes = "01" + "000166" + "01" + "000171" + "000169" + "0000000000000001" + "0000000000000002" + "00000003"
                + "00000004" + "00000005" + "000174" + "000000027b7d";

        assertThat(HexFormat.of().formatHex(head.toBytes())).isEqualTo(bytes);
        assertThat(EventHead.read(HexFormat.of().parseHex(bytes))).isEqualTo(head);
        assertThat(HexFormat.of().formatHex(new QueueState(1, 2, 3).toBytes()))
                .isEqualTo("01" + "0000000000000001" + "0000000000000002" + "0000000000000003");
        assertThat(HexFormat.of().formatHex(QueueKeys.counts())).isEqualTo("7163");
        assertThat(HexFormat.of().formatHex(QueueKeys.function("f"))).isEqualTo("716666");
        assertThat(HexFormat.of().formatHex(QueueKeys.head(1))).isEqualTo("7168" + "0000000000000001");
        assertThat(HexFormat.of().formatHex(QueueKeys.payload(1))).isEqualTo("7170" + "0000000000000001");
    }

    private QueueReads.Found find(long number) {
        return Objects.requireNonNull(reads.find(number));
    }

    private List<Outcome> decide(QueueIntent... intents) {
        var decision = QueueRules.decide(SETTINGS, rows, List.of(intents), CHANGES_MAX);
        rows.change(decision.changes());
        return decision.replies();
    }

    private static Enqueue event(String function, String payload) {
        var head =
                new EventHead(new FunctionName(function, "live"), "id", 10, 10, 0, 0, payload.length(), "trace", "{}");
        return new Enqueue(head, payload.getBytes(StandardCharsets.UTF_8));
    }
}
