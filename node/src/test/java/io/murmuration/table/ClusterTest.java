package io.murmuration.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.CatalogueNode;
import io.murmuration.journal.LocalCluster;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.KeyBytes;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableReply.TableDescription.Status;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.protocol.table.operation.TableRequest.Select;
import io.murmuration.table.partition.PartitionHash;
import io.murmuration.table.partition.RowKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables over the replicated journal: real stores, real replicas, links within the process. */
class ClusterTest {
    private static final int SHARDS = 4;
    private static final int ATTEMPTS_MAX = 20;

    private Path folder;
    private @Nullable LocalCluster cluster;
    private final Map<Long, Tables> tables = new HashMap<>();

    @BeforeEach
    void useFolder(@TempDir Path empty) {
        folder = empty;
    }

    @AfterEach
    void stop() throws Exception {
        cluster().close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void of_many_conditional_puts_of_one_key_one_succeeds_and_a_counter_counts_each_request_once(int nodes)
            throws Exception {
        start(nodes);
        ask(1, TestNode.create("birds", false));

        var puts = new ArrayList<CompletableFuture<Boolean>>();
        var adds = new ArrayList<CompletableFuture<TableReply>>();
        for (var i = 0; i < 60; i++) {
            var node = 1 + i % nodes;
            puts.add(send(node, putIfAbsent("only", i)).handle((reply, failure) -> failure == null));
            adds.add(send(node, add("counter")));
        }
        var succeeded = puts.stream().filter(CompletableFuture::join).count();
        var counts = new TreeSet<DynamoNumber>();
        adds.forEach(add -> counts.add(number(((TableReply.ItemWritten) add.join()).attributes(), "n")));

        assertThat(succeeded).isEqualTo(1);
        assertThat(counts).hasSize(60);
        for (var node = 1; node <= nodes; node++) {
            assertThat(number(item(node, "counter", true), "n")).isEqualTo(DynamoNumber.of(60));
        }
    }

    @Test
    void every_node_reads_what_any_node_wrote_and_scans_it_page_by_page() throws Exception {
        start(3);
        ask(2, TestNode.create("birds", false));
        var written = new TreeSet<String>();
        for (var i = 0; i < 90; i++) {
            ask(1 + i % 3, put("bird-" + i, 0));
            written.add("bird-" + i);
            assertThat(item(1 + i % 3, "bird-" + i, false)).isNotNull();
        }

        for (var node = 1; node <= 3; node++) {
            assertThat(scan(node, 7)).isEqualTo(written);
        }
    }

    @Test
    void writes_go_on_when_a_leader_stops_and_nothing_acknowledged_is_missing() throws Exception {
        start(3);
        ask(1, TestNode.create("birds", false));
        var acknowledged = new TreeSet<String>();
        for (var i = 0; i < 30; i++) {
            ask(1, put("before-" + i, i));
            acknowledged.add("before-" + i);
        }
        var leader = cluster().awaitLeader(1).links().self();

        cluster().stop(leader);
        tables.remove(leader);
        var survivor = tables.keySet().iterator().next();
        for (var i = 0; i < 30; i++) {
            until(survivor, put("after-" + i, i));
            acknowledged.add("after-" + i);
        }

        for (var key : acknowledged) {
            assertThat(until(survivor, get(key, true)))
                    .as(key)
                    .isInstanceOfSatisfying(TableReply.ItemRead.class, read -> assertThat(read.item())
                            .isNotNull());
        }
    }

    @Test
    void tables_and_items_are_there_after_a_restart() throws Exception {
        start(1);
        ask(1, TestNode.create("birds", false));
        ask(1, put("crow", 5));

        cluster().stop(1);
        startTables(cluster().start(1));
        cluster().awaitLeader(0);

        assertThat(until(1L, get("crow", true))).isEqualTo(new TableReply.ItemRead(bird("crow", 5), null));
        assertThat(until(1L, put("auk", 6))).isEqualTo(new TableReply.ItemWritten(null, null));
    }

    @Test
    void without_a_quorum_every_request_is_answered_all_the_same() throws Exception {
        start(3);
        ask(1, TestNode.create("birds", false));
        ask(1, put("crow", 5));
        cluster().stop(2);
        cluster().stop(3);

        for (var request : List.of(put("auk", 1), get("crow", true), new TableRequest.DescribeTable("fish"))) {
            var answered = send(1, request)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .handle((reply, failure) -> refusal(failure))
                    .join();
            assertThat(answered).isIn(ErrorCode.UNAVAILABLE, ErrorCode.OUTCOME_UNKNOWN);
        }
    }

    @Test
    void the_rows_of_a_deleted_table_leave_every_node() throws Exception {
        start(3);
        ask(1, TestNode.create("birds", false));
        for (var i = 0; i < 40; i++) {
            ask(1, put("bird-" + i, i));
        }

        ask(3, new TableRequest.DeleteTable("birds"));

        LocalCluster.await(() -> {
            for (var node = 1L; node <= 3; node++) {
                for (var group = 1; group <= SHARDS; group++) {
                    var rows = cluster().node(node).journal().rows(group);
                    try (var left = rows.scan(RowKeys.items(1), RowKeys.items(2), false)) {
                        if (left.next()) {
                            return false;
                        }
                    }
                }
            }
            return true;
        });
    }

    /** A shard's leader that has not heard of the deletion acknowledges a put: that must not fall behind the making of a successor. */
    @Test
    void a_name_is_free_only_when_every_shard_has_closed_the_deleted_table() throws Exception {
        start(3);
        ask(1, TestNode.create("birds", false));
        var apart = leadersApart();
        var a = apart.catalogue();
        var c = apart.shard();
        var key = keyIn(apart.group());
        ask(c, put(key, 1));
        cluster().network().cut(a, c);
        cluster().network().cut(c, a);

        var deleted = (TableReply.TableDeleted) ask(a, new TableRequest.DeleteTable("birds"));
        var created = send(a, TestNode.create("birds", false)).handle((reply, failure) -> refusal(failure));
        var described = (TableReply.TableDescribed) ask(a, new TableRequest.DescribeTable("birds"));
        var put = send(a, put(key, 2)).handle((reply, failure) -> refusal(failure));

        assertThat(deleted.table().status()).isEqualTo(Status.DELETING);
        assertThat(created.join()).isEqualTo(ErrorCode.RESOURCE_IN_USE);
        assertThat(described.table().status()).isEqualTo(Status.DELETING);
        assertThat(put.join()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
        // the deletion has not ended, so that this put comes before it
        assertThat(ask(c, put(key, 3))).isEqualTo(new TableReply.ItemWritten(null, null));

        cluster().network().heal();
        LocalCluster.await(() -> send(a, new TableRequest.DescribeTable("birds"))
                        .handle((reply, failure) -> refusal(failure))
                        .join()
                == ErrorCode.RESOURCE_NOT_FOUND);
        ask(a, TestNode.create("birds", false));

        assertThat(item(c, key, true)).isNull();
        ask(c, put(key, 4));
        assertThat(item(a, key, true)).isEqualTo(bird(key, 4));
    }

    @Test
    void what_is_deleted_can_be_made_anew_at_once_on_any_node() throws Exception {
        start(3);
        for (var i = 0; i < 12; i++) {
            ask(1 + i % 3, TestNode.create("birds", false));
            ask(1 + (i + 1) % 3, put("crow", i));
            ask(1 + (i + 2) % 3, new TableRequest.DeleteTable("birds"));
            assertThat(send(1 + i % 3, get("crow", true))
                            .handle((reply, failure) -> refusal(failure))
                            .join())
                    .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
        }
    }

    /** What an item is encoded to may be 2.5 times as long as DynamoDB counts it. */
    @Test
    void items_as_large_as_they_may_be_are_written_one_by_one_and_in_batches() throws Exception {
        start(3);
        ask(1, TestNode.create("birds", false));
        var letters = new AttributeValue.L(Collections.nCopies(204_000, new S("a")));
        var nothing = new AttributeValue.L(Collections.nCopies(409_000, AttributeValue.strings(List.of(""))));
        var digits = new ArrayList<DynamoNumber>();
        for (var exponent = 64; exponent < 124; exponent++) {
            digits.add(DynamoNumber.parse("99E" + exponent));
            digits.add(DynamoNumber.parse("99E-" + exponent));
        }
        var numbers = new AttributeValue.L(Collections.nCopies(1_690, AttributeValue.numbers(digits)));

        for (var value : List.of(letters, nothing, numbers)) {
            for (var node = 1; node <= 3; node++) {
                assertThat(ask(node, put(heavy(0, value)))).isEqualTo(new TableReply.ItemWritten(null, null));
            }
        }
        for (var values : List.of(
                List.of(new S("x".repeat(400_000)), letters),
                List.of(letters, letters, letters, letters, letters, letters, numbers, numbers, numbers))) {
            for (var node = 1; node <= 3; node++) {
                var writes = new ArrayList<TableRequest.Write>();
                for (var value : values) {
                    writes.add(new TableRequest.Write.Put(heavy(writes.size(), value)));
                }
                assertThat(ask(
                                node,
                                new TableRequest.BatchWriteItem(
                                        List.of(new TableRequest.WritesOfTable("birds", "birds", writes)),
                                        ReturnCapacity.NONE)))
                        .isEqualTo(new TableReply.BatchWritten(List.of(), List.of()));
            }
        }
    }

    /** Of one partition key, so that all go to one shard. */
    private static Map<String, AttributeValue> heavy(long s, AttributeValue value) {
        return Map.of("p", new S("heavy"), "s", new N(DynamoNumber.of(s)), "v", value);
    }

    private static TableRequest put(Map<String, AttributeValue> item) {
        return new TableRequest.PutItem(
                "birds", item, ExpressionTexts.NONE, ReturnValues.NONE, false, ReturnCapacity.NONE);
    }

    private record Apart(long catalogue, long shard, int group) {}

    /** Makes different nodes lead the catalogue and some shard. */
    private Apart leadersApart() throws Exception {
        for (var attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var catalogue = cluster().awaitLeader(0).links().self();
            for (var group = 1; group <= SHARDS; group++) {
                var shard = cluster().awaitLeader(group).links().self();
                if (shard != catalogue) {
                    return new Apart(catalogue, shard, group);
                }
            }
            cluster().network().isolate(catalogue);
            var others =
                    LongStream.of(1, 2, 3).filter(node -> node != catalogue).toArray();
            for (var group = 0; group <= SHARDS; group++) {
                cluster().awaitLeader(group, others);
            }
            cluster().network().heal();
        }
        throw new AssertionError("one node leads all");
    }

    private static String keyIn(int group) {
        for (var i = 0; ; i++) {
            var key = "bird-" + i;
            if (PartitionHash.group(PartitionHash.of(KeyBytes.encode(new S(key))), SHARDS) == group) {
                return key;
            }
        }
    }

    private LocalCluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException("not started");
        }
        return cluster;
    }

    private void start(int nodes) throws Exception {
        cluster = new LocalCluster(folder, nodes, SHARDS);
        for (var node = 1L; node <= nodes; node++) {
            startTables(cluster.node(node));
        }
        for (var group = 0; group <= SHARDS; group++) {
            cluster.awaitLeader(group);
        }
    }

    private void startTables(LocalCluster.Node node) {
        var system = node.kit().system();
        var catalogue = CatalogueNode.start(system, node.journal(), node.links(), Clock.system());
        tables.put(
                node.links().self(),
                TableNode.start(
                        system,
                        node.journal(),
                        node.links(),
                        catalogue,
                        TableSettings.defaults("127.0.0.1:4566"),
                        Clock.system(),
                        Chance.system()));
    }

    private CompletableFuture<TableReply> send(long node, TableRequest request) {
        var at = tables.get(node);
        if (at == null) {
            throw new IllegalStateException("node " + node + " does not run");
        }
        var deadline = Clock.system().nanos() + Duration.ofSeconds(5).toNanos();
        return at.answer(request, deadline).toCompletableFuture();
    }

    private TableReply ask(long node, TableRequest request) {
        return send(node, request).join();
    }

    /** Repeats what was surely not applied, or may be repeated without harm, as a client does. */
    private TableReply until(long node, TableRequest request) {
        for (var attempt = 0; ; attempt++) {
            try {
                return ask(node, request);
            } catch (CompletionException failed) {
                if (refusal(failed) == null || attempt == ATTEMPTS_MAX) {
                    throw failed;
                }
            }
        }
    }

    private static @Nullable ErrorCode refusal(@Nullable Throwable failure) {
        return failure != null && Partitions.cause(failure) instanceof ServiceException refused
                ? refused.error().code()
                : null;
    }

    private @Nullable Map<String, AttributeValue> item(long node, String p, boolean consistent) {
        return ((TableReply.ItemRead) ask(node, get(p, consistent))).item();
    }

    private Set<String> scan(long node, int limit) {
        var found = new TreeSet<String>();
        @Nullable Map<String, AttributeValue> from = null;
        do {
            var page = (TableReply.ItemsRead) ask(
                    node,
                    new TableRequest.Scan(
                            "birds",
                            null,
                            ExpressionTexts.NONE,
                            Select.ALL_ATTRIBUTES,
                            limit,
                            true,
                            from,
                            0,
                            1,
                            ReturnCapacity.NONE));
            if (page.items() != null) {
                page.items().forEach(item -> found.add(((S) item.getOrDefault("p", new S(""))).value()));
            }
            from = page.lastKey();
        } while (from != null);
        return found;
    }

    private static TableRequest put(String p, long v) {
        return new TableRequest.PutItem(
                "birds", bird(p, v), ExpressionTexts.NONE, ReturnValues.NONE, false, ReturnCapacity.NONE);
    }

    private static TableRequest putIfAbsent(String p, long v) {
        return new TableRequest.PutItem(
                "birds",
                bird(p, v),
                new ExpressionTexts("attribute_not_exists(p)", null, null, null, null, null, null, null),
                ReturnValues.NONE,
                false,
                ReturnCapacity.NONE);
    }

    private static TableRequest add(String p) {
        return new TableRequest.UpdateItem(
                "birds",
                key(p),
                new ExpressionTexts(
                        null, "ADD n :one", null, null, null, null, null, Map.of(":one", new N(DynamoNumber.of(1)))),
                ReturnValues.UPDATED_NEW,
                false,
                ReturnCapacity.NONE);
    }

    private static TableRequest get(String p, boolean consistent) {
        return new TableRequest.GetItem("birds", key(p), consistent, ExpressionTexts.NONE, ReturnCapacity.NONE);
    }

    private static Map<String, AttributeValue> bird(String p, long v) {
        return Map.of("p", new S(p), "s", new N(DynamoNumber.of(0)), "v", new N(DynamoNumber.of(v)));
    }

    private static Map<String, AttributeValue> key(String p) {
        return Map.of("p", new S(p), "s", new N(DynamoNumber.of(0)));
    }

    private static DynamoNumber number(@Nullable Map<String, AttributeValue> item, String name) {
        assertThat(item).isNotNull().containsKey(name);
        return item != null && item.get(name) instanceof N number ? number.value() : DynamoNumber.of(-1);
    }
}
