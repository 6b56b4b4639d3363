package io.murmuration.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.operation.TableReply;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster with more nodes than a shard has replicas: every node serves all tables all the same. */
class FarReplicasTest {
    private static final int NODES = 5;
    private static final int ITEMS = 20;

    private TableCluster cluster;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        cluster = new TableCluster(folder, NODES);
        cluster.until(1, TestNode.create("birds", false));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void every_node_puts_gets_queries_and_scans_the_shards_that_it_has_no_replica_of() {
        var written = new TreeSet<String>();
        for (var node = 1L; node <= NODES; node++) {
            written.addAll(putThrough(node, "bird-"));
        }

        for (var node = 1L; node <= NODES; node++) {
            reads(node, written);
        }
    }

    @Test
    void a_node_without_a_replica_finds_the_new_leader_when_the_one_it_knew_is_gone() throws Exception {
        var written = new TreeSet<String>();
        for (var node = 1L; node <= NODES; node++) {
            written.addAll(putThrough(node, "before-"));
        }
        var leader = cluster.journals().awaitLeader(1).links().self();

        cluster.stop(leader);

        for (var node : cluster.running()) {
            written.addAll(putThrough(node, "after-"));
        }
        for (var node : cluster.running()) {
            reads(node, written);
        }
    }

    private Set<String> putThrough(long node, String prefix) {
        var written = new TreeSet<String>();
        for (var i = 0; i < ITEMS; i++) {
            var key = prefix + node + "-" + i;
            cluster.until(node, Birds.put(key, i));
            written.add(key);
        }
        return written;
    }

    private void reads(long node, Set<String> written) {
        for (var key : written) {
            assertThat(cluster.until(node, Birds.get(key, true)))
                    .as(key)
                    .isInstanceOfSatisfying(TableReply.ItemRead.class, read -> assertThat(read.item())
                            .isNotNull());
            assertThat(cluster.until(node, Birds.query(key, null, true)))
                    .as(key)
                    .isInstanceOfSatisfying(TableReply.ItemsRead.class, read -> assertThat(read.count())
                            .isEqualTo(1));
        }
        assertThat(cluster.scan(node, 7)).isEqualTo(written);
    }
}
