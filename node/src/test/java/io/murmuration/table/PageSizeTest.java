package io.murmuration.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.ItemSize;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableReply.ItemsRead;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of items so small that their rows are several times as large as what DynamoDB counts. */
class PageSizeTest {
    private static final int ITEMS = 90_000;
    private static final int BATCH = 25;
    private static final int BATCHES_AT_ONCE = 40;
    private static final long PAGE_BYTES = 1 << 20;

    private TableCluster cluster;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        cluster = new TableCluster(folder, 3);
        cluster.until(1, TestNode.create("birds", false));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    /** "A single Query operation can retrieve a maximum of 1 MB of data." */
    @Test
    void every_node_reads_a_page_of_many_tiny_items_up_to_one_megabyte() {
        var sizes = fill();
        var fitting = 0;
        for (var bytes = 0L; bytes + sizes.get(fitting) <= PAGE_BYTES; fitting++) {
            bytes += sizes.get(fitting);
        }

        for (var node = 1; node <= 3; node++) {
            var first = (ItemsRead) cluster.until(node, Birds.query("x", null, true));
            var second = (ItemsRead) cluster.until(node, Birds.query("x", first.lastKey(), true));

            assertThat(first.count()).isEqualTo(fitting);
            assertThat(first.lastKey()).isEqualTo(key(fitting - 1));
            assertThat(second.count()).isEqualTo(ITEMS - fitting);
            assertThat(second.lastKey()).isNull();
            assertThat(first.items()).isNotNull().first().isEqualTo(tiny(0));
            assertThat(second.items()).isNotNull().last().isEqualTo(tiny(ITEMS - 1));
            assertThat(((ItemsRead) cluster.until(node, Birds.scan(null, TableRequest.NO_LIMIT, true))).count())
                    .isEqualTo(fitting);
        }
    }

    private List<Integer> fill() {
        var sizes = new ArrayList<Integer>();
        var running = new ArrayList<CompletableFuture<TableReply>>();
        for (var at = 0; at < ITEMS; at += BATCH) {
            var puts = new ArrayList<TableRequest.Write>();
            for (var i = at; i < at + BATCH; i++) {
                puts.add(new TableRequest.Write.Put(tiny(i)));
                sizes.add(ItemSize.of(tiny(i)));
            }
            var batch = List.of(new TableRequest.WritesOfTable("birds", "birds", puts));
            running.add(cluster.send(1, new TableRequest.BatchWriteItem(batch, ReturnCapacity.NONE)));
            if (running.size() == BATCHES_AT_ONCE) {
                joinAll(running);
                running.clear();
            }
        }
        joinAll(running);
        return sizes;
    }

    private static void joinAll(List<CompletableFuture<TableReply>> running) {
        running.forEach(write -> assertThat(((TableReply.BatchWritten) write.join()).unprocessed())
                .isEmpty());
    }

    private static Map<String, AttributeValue> tiny(int i) {
        return Map.of("p", new S("x"), "s", new N(DynamoNumber.of(i)), "v", new S("letters"));
    }

    private static Map<String, AttributeValue> key(int i) {
        return Map.of("p", new S("x"), "s", new N(DynamoNumber.of(i)));
    }
}
