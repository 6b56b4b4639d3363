package io.murmuration.table.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.entity.FakeJournal.FakeRows;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.StreamView;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import io.murmuration.protocol.table.expression.Condition;
import io.murmuration.protocol.table.expression.Expressions;
import io.murmuration.protocol.table.expression.Placeholders;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.table.partition.StreamRecord.Change;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamRecordTest {
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

    @ParameterizedTest
    @EnumSource(StreamView.class)
    void an_insert_a_change_and_a_removal_are_told_as_the_view_shows_them(StreamView view) {
        decide(ROOMY, put("a", "1", view), put("a", "2", view), delete("a", view));

        var key = Map.<String, AttributeValue>of("k", new S("a"));
        var one = item("a", "1");
        var two = item("a", "2");
        assertThat(records().values())
                .containsExactly(
                        record(Change.INSERT, view, key, null, one),
                        record(Change.MODIFY, view, key, one, two),
                        record(Change.REMOVE, view, key, two, null));
        assertThat(records().keySet()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void what_changes_nothing_is_not_told() {
        var view = StreamView.KEYS_ONLY;
        decide(ROOMY, put("a", "1", view), put("a", "1", view), delete("b", view), refused("a", view));

        assertThat(records()).hasSize(1);
    }

    @Test
    void a_write_that_is_taken_back_for_its_weight_takes_its_record_along() {
        var view = StreamView.NEW_AND_OLD_IMAGES;
        var heavy = "x".repeat(300);

        var decided = decide(1_000, put("a", heavy, view), put("b", heavy, view), put("c", heavy, view));

        assertThat(decided).isEqualTo(1);
        assertThat(records()).hasSize(1);
        assertThat(rows.get(RowKeys.item(TABLE, SCHEMA, key("b")))).isNull();
    }

    @Test
    void old_records_are_trimmed_and_young_ones_stay() {
        for (var millis = 1L; millis <= 2_500; millis++) {
            decide(ROOMY, recorded(putOf("a", Long.toString(millis)), StreamView.KEYS_ONLY, millis));
        }

        assertThat(outcome(new Intent.Trim(2_400))).isEqualTo(new Outcome.Trimmed(true));
        assertThat(outcome(new Intent.Trim(2_400))).isEqualTo(new Outcome.Trimmed(true));
        assertThat(outcome(new Intent.Trim(2_400))).isEqualTo(new Outcome.Trimmed(false));
        assertThat(records().firstKey()).isEqualTo(2_400);
        assertThat(records()).hasSize(101);
        assertThat(outcome(new Intent.Trim(2_400))).isEqualTo(new Outcome.Trimmed(false));
    }

    @Test
    void no_step_walks_over_more_than_some_megabytes() {
        for (var i = 0; i < 40; i++) {
            decide(ROOMY, recorded(putOf("a", i + "x".repeat(300_000)), StreamView.NEW_IMAGE, 1));
        }

        assertThat(outcome(new Intent.Trim(2))).isEqualTo(new Outcome.Trimmed(true));
        assertThat(records()).hasSizeBetween(25, 27);
        while (outcome(new Intent.Trim(2)).equals(new Outcome.Trimmed(true))) {}
        assertThat(records()).isEmpty();
    }

    @Test
    void the_records_of_a_deleted_table_are_purged_with_its_items() {
        decide(ROOMY, put("a", "1", StreamView.NEW_IMAGE), put("b", "1", StreamView.NEW_IMAGE));
        outcome(new Intent.Close());

        while (!outcome(new Intent.Purge()).equals(new Outcome.Purged(true))) {}

        assertThat(records()).isEmpty();
        assertThat(rows.get(RowKeys.item(TABLE, SCHEMA, key("a")))).isNull();
    }

    @Test
    void a_stored_record_is_read_as_earlier_releases_wrote_it() {
        var stored = "01" + "0000000000000009" + "00000007" + "02" + "03" + "00000007" + "0101016b010161" + "0000000c"
                + "0102016b0101610176010132" + "ffffffff";
        var image = new LinkedHashMap<String, AttributeValue>();
        image.put("k", new S("a"));
        image.put("v", new S("2"));
        var record = new StreamRecord(9, 7, Change.MODIFY, StreamView.NEW_AND_OLD_IMAGES, key("a"), image, null);

        assertThat(HexFormat.of().formatHex(record.toBytes())).isEqualTo(stored);
        assertThat(StreamRecord.read(HexFormat.of().parseHex(stored))).isEqualTo(record);
        assertThat(StoredItem.sizeOf(record.toBytes())).isEqualTo(7);
        assertThat(HexFormat.of().formatHex(RowKeys.streamRecord(258, 259)))
                .isEqualTo("73" + "0000000000000102" + "0000000000000103");
    }

    private static StreamRecord record(
            Change change,
            StreamView view,
            Map<String, AttributeValue> key,
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> after) {
        var newImage = view.showsNewImage() ? after : null;
        var oldImage = view.showsOldImage() ? before : null;
        var size = 2 + (newImage == null ? 0 : 4) + (oldImage == null ? 0 : 4);
        return new StreamRecord(5, size, change, view, key, newImage, oldImage);
    }

    /** Applies what was decided of the batch; how many that were. */
    private int decide(int changesBytesMax, Intent... batch) {
        var decision = PartitionRules.decide(TABLE, rows, List.of(batch), changesBytesMax);
        rows.change(decision.changes());
        return decision.replies().size();
    }

    private Outcome outcome(Intent intent) {
        var decision = PartitionRules.decide(TABLE, rows, List.of(intent), ROOMY);
        rows.change(decision.changes());
        return decision.replies().getFirst();
    }

    private NavigableMap<Long, StreamRecord> records() {
        var records = new TreeMap<Long, StreamRecord>();
        try (var walk = rows.scan(RowKeys.streamRecords(TABLE), RowKeys.streamRecords(TABLE + 1), false)) {
            while (walk.next()) {
                records.put(RowKeys.revisionOf(walk.key()), StreamRecord.read(walk.value()));
            }
        }
        return records;
    }

    private static Intent put(String k, String v, StreamView view) {
        return recorded(putOf(k, v), view, 5);
    }

    private static Intent.Write putOf(String k, String v) {
        return new Intent.Put(row(k), item(k, v), null, ReturnValues.NONE, false);
    }

    private static Intent refused(String k, StreamView view) {
        Condition never = Expressions.condition(Expressions.CONDITION, "attribute_not_exists(k)", Placeholders.none());
        return recorded(new Intent.Put(row(k), item(k, "9"), never, ReturnValues.NONE, false), view, 5);
    }

    private static Intent delete(String k, StreamView view) {
        return recorded(new Intent.Delete(row(k), null, ReturnValues.NONE, false), view, 5);
    }

    private static Intent recorded(Intent.Write write, StreamView view, long millis) {
        return new Intent.Recorded(write, new Intent.Recording(view, new ArrayList<>(SCHEMA.keyNames()), millis));
    }

    private static byte[] row(String k) {
        return RowKeys.item(TABLE, SCHEMA, key(k));
    }

    private static Map<String, AttributeValue> key(String k) {
        return Map.of("k", new S(k));
    }

    private static Map<String, AttributeValue> item(String k, String v) {
        return Map.of("k", new S(k), "v", new S(v));
    }
}
