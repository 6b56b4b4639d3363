package io.murmuration.table;

import static io.murmuration.table.Birds.add;
import static io.murmuration.table.Birds.bird;
import static io.murmuration.table.Birds.get;
import static io.murmuration.table.Birds.put;
import static io.murmuration.table.Birds.putIfAbsent;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.LocalCluster;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.table.partition.RowKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables over the replicated journal: real stores, real replicas, links within the process. */
class ClusterTest {
    private Path folder;
    private @Nullable TableCluster cluster;

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
        cluster().ask(1, TestNode.create("birds", false));

        var puts = new ArrayList<CompletableFuture<Boolean>>();
        var adds = new ArrayList<CompletableFuture<TableReply>>();
        for (var i = 0; i < 60; i++) {
            var node = 1 + i % nodes;
            puts.add(cluster().send(node, putIfAbsent("only", i)).handle((reply, failure) -> failure == null));
            adds.add(cluster().send(node, add("counter")));
        }
        var succeeded = puts.stream().filter(CompletableFuture::join).count();
        var counts = new TreeSet<DynamoNumber>();
        adds.forEach(add -> counts.add(number(((TableReply.ItemWritten) add.join()).attributes(), "n")));

        assertThat(succeeded).isEqualTo(1);
        assertThat(counts).hasSize(60);
        for (var node = 1; node <= nodes; node++) {
            assertThat(number(cluster().item(node, "counter", true), "n")).isEqualTo(DynamoNumber.of(60));
        }
    }

    @Test
    void every_node_reads_what_any_node_wrote_and_scans_it_page_by_page() throws Exception {
        start(3);
        cluster().ask(2, TestNode.create("birds", false));
        var written = new TreeSet<String>();
        for (var i = 0; i < 90; i++) {
            cluster().ask(1 + i % 3, put("bird-" + i, 0));
            written.add("bird-" + i);
            assertThat(cluster().item(1 + i % 3, "bird-" + i, false)).isNotNull();
        }

        for (var node = 1; node <= 3; node++) {
            assertThat(cluster().scan(node, 7)).isEqualTo(written);
        }
    }

    @Test
    void writes_go_on_when_a_leader_stops_and_nothing_acknowledged_is_missing() throws Exception {
        start(3);
        cluster().ask(1, TestNode.create("birds", false));
        var acknowledged = new TreeSet<String>();
        for (var i = 0; i < 30; i++) {
            cluster().ask(1, put("before-" + i, i));
            acknowledged.add("before-" + i);
        }
        var leader = cluster().journals().awaitLeader(1).links().self();

        cluster().stop(leader);
        var survivor = cluster().running().iterator().next();
        for (var i = 0; i < 30; i++) {
            cluster().until(survivor, put("after-" + i, i));
            acknowledged.add("after-" + i);
        }

        for (var key : acknowledged) {
            assertThat(cluster().until(survivor, get(key, true)))
                    .as(key)
                    .isInstanceOfSatisfying(TableReply.ItemRead.class, read -> assertThat(read.item())
                            .isNotNull());
        }
    }

    @Test
    void tables_and_items_are_there_after_a_restart() throws Exception {
        start(1);
        cluster().ask(1, TestNode.create("birds", false));
        cluster().ask(1, put("crow", 5));

        cluster().stop(1);
        cluster().start(1);
        cluster().journals().awaitLeader(0);

        assertThat(cluster().until(1L, get("crow", true))).isEqualTo(new TableReply.ItemRead(bird("crow", 5), null));
        assertThat(cluster().until(1L, put("auk", 6))).isEqualTo(new TableReply.ItemWritten(null, null));
    }

    @Test
    void without_a_quorum_every_request_is_answered_all_the_same() throws Exception {
        start(3);
        cluster().ask(1, TestNode.create("birds", false));
        cluster().ask(1, put("crow", 5));
        cluster().stop(2);
        cluster().stop(3);

        for (var request : List.of(put("auk", 1), get("crow", true), new TableRequest.DescribeTable("fish"))) {
            var answered = cluster()
                    .send(1, request)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .handle((reply, failure) -> TableCluster.refusal(failure))
                    .join();
            assertThat(answered).isIn(CommonError.UNAVAILABLE, CommonError.OUTCOME_UNKNOWN);
        }
    }

    @Test
    void the_rows_of_a_deleted_table_leave_every_node() throws Exception {
        start(3);
        cluster().ask(1, TestNode.create("birds", false));
        for (var i = 0; i < 40; i++) {
            cluster().ask(1, put("bird-" + i, i));
        }

        cluster().ask(3, new TableRequest.DeleteTable("birds"));

        LocalCluster.await(() -> {
            for (var node = 1L; node <= 3; node++) {
                for (var group = 1; group <= TableCluster.SHARDS; group++) {
                    var rows = cluster().journals().node(node).journal().rows(group);
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

    private TableCluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException("not started");
        }
        return cluster;
    }

    private void start(int nodes) throws Exception {
        cluster = new TableCluster(folder, nodes);
    }

    private static DynamoNumber number(@Nullable Map<String, AttributeValue> item, String name) {
        assertThat(item).isNotNull().containsKey(name);
        return item != null && item.get(name) instanceof N number ? number.value() : DynamoNumber.of(-1);
    }
}
