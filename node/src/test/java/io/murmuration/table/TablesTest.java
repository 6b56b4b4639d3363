package io.murmuration.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.NoQuorumException;
import io.murmuration.journal.OutcomeUnknownException;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.TableError;
import io.murmuration.protocol.table.json.DynamoErrors;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableReply.TableDescription.Status;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.protocol.table.operation.TableRequest.Select;
import io.murmuration.table.partition.PartitionState;
import io.murmuration.table.partition.RowKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class TablesTest {
    private TestNode node;

    @BeforeEach
    void start(TestInfo test) {
        node = TestNode.leading(
                "tables-" + test.getTestMethod().orElseThrow().getName().replace('_', '-'));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void a_table_is_being_made_then_active_then_being_deleted_then_unknown() {
        var created = ((TableReply.TableCreated) node.ask(TestNode.create("birds", false))).table();
        var described = described("birds");
        var deleted = ((TableReply.TableDeleted) node.ask(new TableRequest.DeleteTable("birds"))).table();

        assertThat(created.status()).isEqualTo(Status.CREATING);
        assertThat(created.arn()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/birds");
        assertThat(described.status()).isEqualTo(Status.ACTIVE);
        assertThat(described.schema()).isEqualTo(created.schema());
        assertThat(deleted.status()).isEqualTo(Status.DELETING);
        assertThat(node.outcome(new TableRequest.DescribeTable("birds"))).isEqualTo(noTable("birds"));
        assertThat(node.outcome(new TableRequest.DeleteTable("birds"))).isEqualTo(noTable("birds"));
    }

    @Test
    void a_table_is_made_once() {
        node.createTable("birds");

        assertThat(node.outcome(TestNode.create("birds", false)))
                .isEqualTo(new ServiceError(TableError.RESOURCE_IN_USE, "Table already exists: birds"));
    }

    @Test
    void a_protected_table_is_not_deleted() {
        node.ask(TestNode.create("birds", true));

        assertThat(node.outcome(new TableRequest.DeleteTable("birds")))
                .isEqualTo(ServiceError.validation(
                        "Resource cannot be deleted as it is currently protected against deletion. "
                                + "Disable deletion protection first."));
    }

    @Test
    void tables_are_listed_in_order_page_by_page() {
        List.of("crow", "auk", "bee-eater").forEach(node::createTable);

        assertThat(node.ask(new TableRequest.ListTables(null, 2)))
                .isEqualTo(new TableReply.TablesListed(List.of("auk", "bee-eater"), "bee-eater"));
        assertThat(node.ask(new TableRequest.ListTables("bee-eater", 2)))
                .isEqualTo(new TableReply.TablesListed(List.of("crow"), null));
        assertThat(node.ask(new TableRequest.ListTables(null, 3)))
                .isEqualTo(new TableReply.TablesListed(List.of("auk", "bee-eater", "crow"), null));
    }

    @Test
    void an_item_of_no_table_is_not_found() {
        assertThat(node.outcome(put("birds", "a", 1, "v")))
                .isEqualTo(new ServiceError(TableError.RESOURCE_NOT_FOUND, "Requested resource not found"));
    }

    @Test
    void a_table_counts_its_items_and_their_size() {
        node.createTable("birds");
        for (var i = 0; i < 20; i++) {
            node.ask(put("birds", "partition-" + i, i, "v"));
        }
        node.ask(new TableRequest.DeleteItem(
                "birds", key("partition-3", 3), ExpressionTexts.NONE, ReturnValues.NONE, false, ReturnCapacity.NONE));

        assertThat(described("birds").items()).isEqualTo(19);
        assertThat(described("birds").sizeBytes()).isPositive();
    }

    @Test
    void the_rows_of_a_deleted_table_go_away_and_its_successor_is_empty() {
        node.createTable("birds");
        for (var i = 0; i < 50; i++) {
            node.ask(put("birds", "partition-" + i, i, "v"));
        }
        var first = node.catalogue().table("birds").orElseThrow().id();

        node.ask(new TableRequest.DeleteTable("birds"));
        node.createTable("birds");

        assertThat(page(scan("birds", TableRequest.NO_LIMIT, null)).items()).isEmpty();
        node.probe().awaitAssert(Duration.ofSeconds(10), () -> {
            for (var group = 1; group <= TestNode.SHARDS; group++) {
                var rows = node.journal().rows(group);
                try (var left = rows.scan(RowKeys.items(first), RowKeys.items(first + 1), false)) {
                    assertThat(left.next()).isFalse();
                }
                assertThat(PartitionState.read(rows.get(RowKeys.state(first))).items())
                        .isZero();
            }
            return null;
        });
        node.ask(put("birds", "a", 1, "v"));
        assertThat(page(scan("birds", TableRequest.NO_LIMIT, null)).count()).isEqualTo(1);
    }

    @Test
    void a_page_of_a_query_ends_before_it_exceeds_a_megabyte() {
        node.createTable("birds");
        var large = "x".repeat(300 << 10);
        for (var i = 0; i < 5; i++) {
            node.ask(put("birds", "a", i, large));
        }

        var first = page(query("birds", "a", null));
        var second = page(query("birds", "a", first.lastKey()));

        assertThat(first.scanned()).isEqualTo(3);
        assertThat(first.lastKey()).isEqualTo(key("a", 2));
        assertThat(second.scanned()).isEqualTo(2);
        assertThat(second.lastKey()).isNull();
    }

    @Test
    void a_scan_by_pages_of_a_megabyte_finds_each_item_once() {
        node.createTable("birds");
        var large = "x".repeat(200 << 10);
        for (var i = 0; i < 20; i++) {
            node.ask(put("birds", "partition-" + i, i, large));
        }

        var found = new ArrayList<AttributeValue>();
        @Nullable Map<String, AttributeValue> from = null;
        var pages = 0;
        do {
            var page = page(scan("birds", TableRequest.NO_LIMIT, from));
            assertThat(page.scanned()).isLessThanOrEqualTo(5);
            Objects.requireNonNull(page.items()).forEach(item -> found.add(item.get("p")));
            from = page.lastKey();
            pages++;
        } while (from != null);

        assertThat(found).hasSize(20).doesNotHaveDuplicates();
        assertThat(pages).isGreaterThanOrEqualTo(4);
    }

    @Test
    void a_start_key_of_another_partition_or_beyond_the_range_or_segment_is_refused() {
        node.createTable("birds");

        assertThat(node.outcome(query("birds", "a", key("b", 1))))
                .isEqualTo(ServiceError.validation(
                        "The provided starting key is outside query boundaries based on provided conditions"));
        assertThat(node.outcome(query("birds", "a", Map.of("p", new S("a")))))
                .isEqualTo(ServiceError.validation(
                        "The provided starting key is invalid: The provided key element does not match the schema"));
    }

    @Test
    void a_batch_of_writes_with_one_key_twice_is_refused() {
        node.createTable("birds");
        var put = new TableRequest.Write.Put(key("a", 1));
        var delete = new TableRequest.Write.Delete(key("a", 1));

        assertThat(node.outcome(new TableRequest.BatchWriteItem(
                        List.of(new TableRequest.WritesOfTable("birds", "birds", List.of(put, delete))),
                        ReturnCapacity.NONE)))
                .isEqualTo(ServiceError.validation("Provided list of item keys contains duplicates"));
    }

    @Test
    void a_write_whose_outcome_is_unknown_says_so_and_whether_repeating_is_safe() {
        node.createTable("birds");
        node.journal().failNextWrite(new OutcomeUnknownException("lost"));

        var error = (ServiceError) node.outcome(put("birds", "a", 1, "v"));

        assertThat(error.code()).isEqualTo(CommonError.OUTCOME_UNKNOWN);
        assertThat(error.message()).endsWith("Repeating it is safe.");
    }

    @Test
    void a_write_that_surely_was_not_applied_says_so() {
        node.createTable("birds");
        node.journal().failNextWrite(new NoQuorumException("alone"));

        assertThat(((ServiceError) node.outcome(put("birds", "a", 1, "v"))).code())
                .isEqualTo(CommonError.UNAVAILABLE);
    }

    @Test
    void writes_that_surely_were_not_applied_are_unprocessed() {
        node.createTable("birds");
        node.journal().failNextWrite(new NoQuorumException("alone"));
        var writes = new ArrayList<TableRequest.Write>();
        for (var i = 0; i < 25; i++) {
            writes.add(new TableRequest.Write.Put(key("partition-" + i, i)));
        }

        var reply = (TableReply.BatchWritten) node.ask(new TableRequest.BatchWriteItem(
                List.of(new TableRequest.WritesOfTable("birds", "birds", writes)), ReturnCapacity.NONE));

        var left = reply.unprocessed().getFirst().writes();
        assertThat(left).isNotEmpty().hasSizeLessThan(25);
        assertThat(described("birds").items()).isEqualTo(25 - left.size());
    }

    @Test
    void a_node_that_cannot_reach_the_leader_answers_eventually_consistent_reads_and_nothing_else() {
        node.createTable("birds");
        node.ask(put("birds", "a", 1, "v"));
        try (var other = TestNode.following(node, "tables-other")) {
            other.ask(put("birds", "a", 2, "v"));
            node.isolate();

            assertThat(other.ask(get("birds", "a", 2, false)))
                    .isEqualTo(new TableReply.ItemRead(item("a", 2, "v"), null));
            assertThat(((ServiceError) other.outcome(get("birds", "a", 2, true))).code())
                    .isEqualTo(CommonError.UNAVAILABLE);
            assertThat(((ServiceError) other.outcome(put("birds", "a", 3, "v"))).code())
                    .isIn(CommonError.UNAVAILABLE, CommonError.OUTCOME_UNKNOWN);
            assertThat(((ServiceError) other.outcome(new TableRequest.DescribeTable("fish"))).code())
                    .isEqualTo(CommonError.UNAVAILABLE);
        }
    }

    @Test
    void a_failed_condition_shows_the_item_also_from_another_node() {
        node.createTable("birds");
        node.ask(put("birds", "a", 1, "v"));
        var put = new TableRequest.PutItem(
                "birds",
                item("a", 1, "w"),
                new ExpressionTexts("attribute_not_exists(#p)", null, null, null, null, null, Map.of("#p", "p"), null),
                ReturnValues.NONE,
                true,
                ReturnCapacity.NONE);
        try (var other = TestNode.following(node, "tables-beside")) {
            assertThat(other.outcome(put))
                    .isEqualTo(node.outcome(put))
                    .isEqualTo(DynamoErrors.conditionFailed(item("a", 1, "v")));
        }
    }

    @Test
    void a_node_with_an_old_view_writes_a_batch_to_the_table_that_now_bears_the_name() {
        node.createTable("birds");
        var old = node.catalogue().table("birds").orElseThrow();
        node.ask(new TableRequest.DeleteTable("birds"));
        node.createTable("birds");
        var writes = new ArrayList<TableRequest.Write>();
        for (var i = 0; i < 25; i++) {
            writes.add(new TableRequest.Write.Put(key("partition-" + i, i)));
        }
        var batch = new TableRequest.BatchWriteItem(
                List.of(new TableRequest.WritesOfTable("birds", "birds", writes)), ReturnCapacity.NONE);

        try (var behind = TestNode.following(node, "tables-behind", now -> new OldView(now, old))) {
            assertThat(behind.ask(batch)).isEqualTo(new TableReply.BatchWritten(List.of(), List.of()));
        }
        assertThat(described("birds").items()).isEqualTo(25);

        node.ask(new TableRequest.DeleteTable("birds"));
        try (var behind = TestNode.following(node, "tables-far-behind", now -> new OldView(now, old))) {
            assertThat(behind.outcome(batch)).isEqualTo(Answers.NO_SUCH_TABLE);
        }
    }

    @Test
    void an_item_of_a_batch_without_a_proper_key_is_refused_as_a_key_is() {
        node.createTable("birds");
        var put = new TableRequest.Write.Put(Map.of("p", new S("a")));

        assertThat(node.outcome(new TableRequest.BatchWriteItem(
                        List.of(new TableRequest.WritesOfTable("birds", "birds", List.of(put))), ReturnCapacity.NONE)))
                .isEqualTo(ServiceError.validation("The provided key element does not match the schema"));
    }

    private TableReply.TableDescription described(String table) {
        return ((TableReply.TableDescribed) node.ask(new TableRequest.DescribeTable(table))).table();
    }

    private TableReply.ItemsRead page(TableRequest request) {
        return (TableReply.ItemsRead) node.ask(request);
    }

    private static TableRequest put(String table, String p, long s, String v) {
        return new TableRequest.PutItem(
                table, item(p, s, v), ExpressionTexts.NONE, ReturnValues.NONE, false, ReturnCapacity.NONE);
    }

    private static TableRequest get(String table, String p, long s, boolean consistent) {
        return new TableRequest.GetItem(table, key(p, s), consistent, ExpressionTexts.NONE, ReturnCapacity.NONE);
    }

    private static Map<String, AttributeValue> item(String p, long s, String v) {
        return Map.of("p", new S(p), "s", new N(DynamoNumber.of(s)), "v", new S(v));
    }

    private static TableRequest query(String table, String p, @Nullable Map<String, AttributeValue> from) {
        return new TableRequest.Query(
                table,
                null,
                new ExpressionTexts(null, null, "p = :p", null, null, null, null, Map.of(":p", new S(p))),
                Select.ALL_ATTRIBUTES,
                TableRequest.NO_LIMIT,
                true,
                true,
                from,
                ReturnCapacity.NONE);
    }

    private static TableRequest scan(String table, int limit, @Nullable Map<String, AttributeValue> from) {
        return new TableRequest.Scan(
                table, null, ExpressionTexts.NONE, Select.ALL_ATTRIBUTES, limit, true, from, 0, 1, ReturnCapacity.NONE);
    }

    private static Map<String, AttributeValue> key(String p, long s) {
        return Map.of("p", new S(p), "s", new N(DynamoNumber.of(s)));
    }

    private static ServiceError noTable(String name) {
        return new ServiceError(
                TableError.RESOURCE_NOT_FOUND, "Requested resource not found: Table: " + name + " not found");
    }
}
