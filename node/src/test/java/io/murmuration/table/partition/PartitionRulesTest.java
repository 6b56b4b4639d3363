package io.murmuration.table.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.journal.entity.Decision;
import io.murmuration.journal.entity.FakeJournal.FakeRows;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import io.murmuration.protocol.table.expression.Condition;
import io.murmuration.protocol.table.expression.Expressions;
import io.murmuration.protocol.table.expression.Placeholders;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionRulesTest {
    private static final long TABLE = 7;
    private static final int ROOMY = 500 << 10;
    private static final TableSchema SCHEMA = new TableSchema(
            "birds",
            "id",
            new KeyAttribute("k", KeyType.S),
            null,
            Billing.BY_REQUEST,
            TableClass.STANDARD,
            false,
            Map.of(),
            0);

    private final FakeRows rows = new FakeRows();

    @Test
    void a_put_stores_the_item_and_counts_it() {
        apply(put("a", "v", "1"));

        assertThat(item("a")).isEqualTo(attributes("a", "v", "1"));
        assertThat(state()).isEqualTo(new PartitionState(PartitionState.Status.OPEN, 1, 1, 1 + 1 + 1 + 1));
    }

    @Test
    void a_put_over_an_item_replaces_it_whole_and_can_show_the_old_one() {
        apply(put("a", "v", "1"));

        var outcome = apply(put("a", "w", "22", null, ReturnValues.ALL_OLD, false));

        assertThat(outcome).isEqualTo(new Outcome.Written(attributes("a", "v", "1"), 4, 5));
        assertThat(item("a")).isEqualTo(attributes("a", "w", "22"));
        assertThat(state()).isEqualTo(new PartitionState(PartitionState.Status.OPEN, 2, 1, 5));
    }

    @Test
    void a_put_of_a_new_item_has_no_old_one_to_show() {
        var outcome = apply(put("a", "v", "1", null, ReturnValues.ALL_OLD, false));

        assertThat(outcome).isEqualTo(new Outcome.Written(null, 0, 4));
    }

    @Test
    void a_put_whose_condition_fails_changes_nothing() {
        apply(put("a", "v", "1"));

        var decision = decide(put("a", "v", "2", condition("attribute_not_exists(k)"), ReturnValues.ALL_OLD, false));

        assertThat(decision.changes()).isEmpty();
        assertThat(decision.replies()).containsExactly(new Outcome.ConditionFailed(null));
    }

    @Test
    void a_failed_condition_shows_the_item_if_asked() {
        apply(put("a", "v", "1"));

        var shown = apply(put("a", "v", "2", condition("attribute_not_exists(k)"), ReturnValues.NONE, true));
        var nothingThere = apply(put("b", "v", "2", condition("attribute_exists(k)"), ReturnValues.NONE, true));

        assertThat(shown).isEqualTo(new Outcome.ConditionFailed(attributes("a", "v", "1")));
        assertThat(nothingThere).isEqualTo(new Outcome.ConditionFailed(null));
    }

    @Test
    void of_two_conditional_puts_in_one_batch_the_first_wins() {
        var absent = condition("attribute_not_exists(k)");

        var decision = decide(
                put("a", "v", "1", absent, ReturnValues.NONE, false),
                put("a", "v", "2", absent, ReturnValues.NONE, true));

        assertThat(decision.replies())
                .containsExactly(
                        new Outcome.Written(null, 0, 4), new Outcome.ConditionFailed(attributes("a", "v", "1")));
        rows.change(decision.changes());
        assertThat(item("a")).isEqualTo(attributes("a", "v", "1"));
    }

    @Test
    void a_counter_counts_each_request_of_a_batch_once() {
        var decision = decide(add("a"), add("a"), add("a"));

        rows.change(decision.changes());
        assertThat(decision.replies())
                .extracting(outcome -> ((Outcome.Written) outcome).attributes())
                .containsExactly(count(1), count(2), count(3));
        assertThat(item("a").get("n")).isEqualTo(new N(DynamoNumber.of(3)));
        assertThat(decision.changes()).hasSize(2);
    }

    @Test
    void an_update_shows_what_was_asked() {
        apply(put("a", "v", "1"));

        assertThat(shown(ReturnValues.NONE)).isNull();
        assertThat(shown(ReturnValues.ALL_OLD)).isEqualTo(attributes("a", "v", "x"));
        assertThat(shown(ReturnValues.ALL_NEW)).isEqualTo(attributes("a", "v", "x"));
        assertThat(shown(ReturnValues.UPDATED_OLD)).isEqualTo(Map.of("v", new S("x")));
        assertThat(shown(ReturnValues.UPDATED_NEW)).isEqualTo(Map.of("v", new S("x")));
    }

    @Test
    void an_update_of_a_missing_item_has_nothing_old_to_show() {
        assertThat(shown(ReturnValues.UPDATED_OLD)).isNull();
        apply(new Intent.Delete(row("a"), null, ReturnValues.NONE, false));
        assertThat(shown(ReturnValues.ALL_OLD)).isNull();
    }

    @Test
    void an_update_without_expression_makes_the_item() {
        apply(new Intent.Update(row("a"), key("a"), null, null, ReturnValues.NONE, false));

        assertThat(item("a")).isEqualTo(key("a"));
    }

    @Test
    void an_update_that_only_removes_makes_no_item() {
        var decision = decide(update("REMOVE v", null, ReturnValues.ALL_NEW));

        assertThat(decision.changes()).isEmpty();
    }

    @Test
    void an_update_that_does_not_fit_the_item_is_refused_and_its_neighbours_are_not() {
        apply(put("a", "n", "text"));

        var decision = decide(add("a"), put("b", "v", "1"));

        assertThat(decision.replies().getFirst()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                        refused.error().code())
                .isEqualTo(CommonError.VALIDATION));
        assertThat(decision.replies().get(1)).isEqualTo(new Outcome.Written(null, 0, 4));
    }

    @Test
    void an_item_of_400_KB_is_taken_and_one_byte_more_is_refused() {
        var most = 400 * 1024 - 3;

        assertThat(apply(put("a", "v", "x".repeat(most)))).isInstanceOf(Outcome.Written.class);
        assertThat(apply(put("a", "v", "x".repeat(most + 1)))).isInstanceOf(Outcome.Refused.class);
        assertThat(apply(new Intent.Update(
                        row("a"),
                        key("a"),
                        Expressions.update("SET w = :w", Placeholders.of(null, Map.of(":w", new S("")))),
                        null,
                        ReturnValues.NONE,
                        false)))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void a_delete_removes_the_item_and_one_of_nothing_changes_nothing() {
        apply(put("a", "v", "1"));

        var deleted = apply(new Intent.Delete(row("a"), null, ReturnValues.ALL_OLD, false));
        var again = decide(new Intent.Delete(row("a"), null, ReturnValues.ALL_OLD, false));

        assertThat(deleted).isEqualTo(new Outcome.Written(attributes("a", "v", "1"), 4, 0));
        assertThat(rows.get(row("a"))).isNull();
        assertThat(state()).isEqualTo(new PartitionState(PartitionState.Status.OPEN, 2, 0, 0));
        assertThat(again).isEqualTo(new Decision<>(List.of(), List.of(new Outcome.Written(null, 0, 0))));
    }

    @Test
    void revisions_grow_over_a_deletion() {
        apply(put("a", "v", "1"));
        apply(new Intent.Delete(row("a"), null, ReturnValues.NONE, false));
        apply(put("a", "v", "1"));

        assertThat(stored("a").revision()).isEqualTo(3);
    }

    @Test
    void the_changes_of_a_batch_stay_within_its_bound() {
        var large = "x".repeat(200 << 10);

        var decision = PartitionRules.decide(
                TABLE,
                rows,
                List.of(put("a", "v", large), put("b", "v", large), put("c", "v", large), put("d", "v", large)),
                500 << 10);

        assertThat(decision.replies()).hasSize(2);
        assertThat(PartitionRules.decide(TABLE, rows, List.of(put("a", "v", large)), 1)
                        .replies())
                .hasSize(1);
    }

    @Test
    void a_closed_partition_refuses_writes_and_is_purged_until_nothing_is_left() {
        var puts = new ArrayList<Intent>();
        for (var i = 0; i < 2_500; i++) {
            puts.add(put("k" + i, "v", "1"));
        }
        rows.change(PartitionRules.decide(TABLE, rows, puts, ROOMY).changes());
        var other = new Intent.Put(RowKeys.item(TABLE + 1, SCHEMA, key("k")), key("k"), null, ReturnValues.NONE, false);
        rows.change(
                PartitionRules.decide(TABLE + 1, rows, List.of(other), ROOMY).changes());
        var neighbour = rows.get(RowKeys.state(TABLE + 1));

        assertThat(apply(new Intent.Close())).isEqualTo(new Outcome.Closed());
        assertThat(apply(put("a", "v", "1"))).isEqualTo(new Outcome.TableClosed());
        var steps = 0;
        while (!apply(new Intent.Purge()).equals(new Outcome.Purged(true))) {
            steps++;
        }

        assertThat(steps).isEqualTo(3);
        try (var left = rows.scan(RowKeys.items(TABLE), RowKeys.items(TABLE + 1), false)) {
            assertThat(left.next()).isFalse();
        }
        assertThat(state().status()).isEqualTo(PartitionState.Status.EMPTIED);
        assertThat(state().items()).isZero();
        assertThat(state().sizeBytes()).isZero();
        assertThat(rows.get(RowKeys.state(TABLE + 1))).isEqualTo(neighbour);
        assertThat(apply(put("a", "v", "1"))).isEqualTo(new Outcome.TableClosed());
        assertThat(decide(new Intent.Close()).changes()).isEmpty();
    }

    @Test
    void an_open_partition_is_not_purged() {
        assertThatThrownBy(() -> decide(new Intent.Purge())).isInstanceOf(IllegalStateException.class);
    }

    private @Nullable Map<String, AttributeValue> shown(ReturnValues returnValues) {
        var outcome = apply(update("SET v = :v", Map.of(":v", new S("x")), returnValues));
        return ((Outcome.Written) outcome).attributes();
    }

    private Decision<Outcome> decide(Intent... batch) {
        return PartitionRules.decide(TABLE, rows, List.of(batch), ROOMY);
    }

    private Outcome apply(Intent intent) {
        var decision = decide(intent);
        rows.change(decision.changes());
        return decision.replies().getFirst();
    }

    private StoredItem stored(String k) {
        return StoredItem.read(Objects.requireNonNull(rows.get(row(k))));
    }

    private Map<String, AttributeValue> item(String k) {
        return stored(k).item();
    }

    private PartitionState state() {
        return PartitionState.read(rows.get(RowKeys.state(TABLE)));
    }

    @Test
    void a_request_that_would_exceed_the_bound_is_left_with_all_after_it_to_a_later_batch() {
        var decision = PartitionRules.decide(
                TABLE,
                rows,
                List.of(put("a", "v", "x".repeat(490)), put("a", "v", "y".repeat(600)), put("b", "v", "z")),
                ROOMY / 1_000);
        rows.change(decision.changes());

        assertThat(decision.replies()).hasSize(1);
        assertThat(item("a")).isEqualTo(attributes("a", "v", "x".repeat(490)));
        assertThat(state()).isEqualTo(new PartitionState(PartitionState.Status.OPEN, 1, 1, 1 + 1 + 1 + 490));
    }

    @Test
    void the_first_request_is_decided_whatever_it_weighs() {
        var decision = PartitionRules.decide(
                TABLE, rows, List.of(put("a", "v", "x".repeat(5_000)), put("b", "v", "z")), ROOMY / 1_000);

        assertThat(decision.replies()).hasSize(1);
        assertThat(decision.changes()).hasSize(2);
    }

    private static Condition condition(String text) {
        return Expressions.condition(Expressions.CONDITION, text, Placeholders.none());
    }

    private static Intent put(String k, String name, String value) {
        return put(k, name, value, null, ReturnValues.NONE, false);
    }

    private static Intent put(
            String k,
            String name,
            String value,
            @Nullable Condition condition,
            ReturnValues returnValues,
            boolean shows) {
        return new Intent.Put(row(k), attributes(k, name, value), condition, returnValues, shows);
    }

    private static Intent add(String k) {
        return new Intent.Update(
                row(k),
                key(k),
                Expressions.update("ADD n :one", Placeholders.of(null, Map.of(":one", new N(DynamoNumber.of(1))))),
                null,
                ReturnValues.UPDATED_NEW,
                false);
    }

    private static Intent update(String text, @Nullable Map<String, AttributeValue> values, ReturnValues returnValues) {
        var update = Expressions.update(text, Placeholders.of(null, values));
        return new Intent.Update(row("a"), key("a"), update, null, returnValues, false);
    }

    private static Map<String, AttributeValue> count(long n) {
        return Map.of("n", new N(DynamoNumber.of(n)));
    }

    private static byte[] row(String k) {
        return RowKeys.item(TABLE, SCHEMA, key(k));
    }

    private static Map<String, AttributeValue> key(String k) {
        return Map.of("k", new S(k));
    }

    private static Map<String, AttributeValue> attributes(String k, String name, String value) {
        return Map.of("k", new S(k), name, new S(value));
    }
}
