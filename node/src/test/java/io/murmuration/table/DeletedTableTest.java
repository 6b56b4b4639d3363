package io.murmuration.table;

import static io.murmuration.table.Birds.bird;
import static io.murmuration.table.Birds.get;
import static io.murmuration.table.Birds.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.LocalCluster;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.KeyBytes;
import io.murmuration.protocol.table.TableError;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableReply.TableDescription.Status;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.table.partition.PartitionHash;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a table and the making of its successor, on several nodes. */
class DeletedTableTest {
    private static final int ATTEMPTS_MAX = 20;

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

    /** A shard's leader that has not heard of the deletion acknowledges a put: that must not fall behind the making of a successor. */
    @Test
    void a_name_is_free_only_when_every_shard_has_closed_the_deleted_table() throws Exception {
        start(3);
        cluster().ask(1, TestNode.create("birds", false));
        var apart = leadersApart();
        var a = apart.catalogue();
        var c = apart.shard();
        var key = keyIn(apart.group());
        cluster().ask(c, put(key, 1));
        cluster().journals().network().cut(a, c);
        cluster().journals().network().cut(c, a);

        var deleted = (TableReply.TableDeleted) cluster().ask(a, new TableRequest.DeleteTable("birds"));
        var created = cluster()
                .send(a, TestNode.create("birds", false))
                .handle((reply, failure) -> TableCluster.refusal(failure));
        var described = (TableReply.TableDescribed) cluster().ask(a, new TableRequest.DescribeTable("birds"));
        var put = cluster().send(a, put(key, 2)).handle((reply, failure) -> TableCluster.refusal(failure));

        assertThat(deleted.table().status()).isEqualTo(Status.DELETING);
        assertThat(created.join()).isEqualTo(TableError.RESOURCE_IN_USE);
        assertThat(described.table().status()).isEqualTo(Status.DELETING);
        assertThat(put.join()).isEqualTo(TableError.RESOURCE_NOT_FOUND);
        // the deletion has not ended, so that this put comes before it
        assertThat(cluster().ask(c, put(key, 3))).isEqualTo(new TableReply.ItemWritten(null, null));

        cluster().journals().network().heal();
        LocalCluster.await(() -> cluster()
                        .send(a, new TableRequest.DescribeTable("birds"))
                        .handle((reply, failure) -> TableCluster.refusal(failure))
                        .join()
                == TableError.RESOURCE_NOT_FOUND);
        cluster().ask(a, TestNode.create("birds", false));

        assertThat(cluster().item(c, key, true)).isNull();
        cluster().ask(c, put(key, 4));
        assertThat(cluster().item(a, key, true)).isEqualTo(bird(key, 4));
    }

    @Test
    void what_is_deleted_can_be_made_anew_at_once_on_any_node() throws Exception {
        start(3);
        for (var i = 0; i < 12; i++) {
            cluster().ask(1 + i % 3, TestNode.create("birds", false));
            cluster().ask(1 + (i + 1) % 3, put("crow", i));
            cluster().ask(1 + (i + 2) % 3, new TableRequest.DeleteTable("birds"));
            assertThat(cluster()
                            .send(1 + i % 3, get("crow", true))
                            .handle((reply, failure) -> TableCluster.refusal(failure))
                            .join())
                    .isEqualTo(TableError.RESOURCE_NOT_FOUND);
        }
    }

    private record Apart(long catalogue, long shard, int group) {}

    /** Makes different nodes lead the catalogue and some shard. */
    private Apart leadersApart() throws Exception {
        for (var attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var catalogue = cluster().journals().awaitLeader(0).links().self();
            for (var group = 1; group <= TableCluster.SHARDS; group++) {
                var shard = cluster().journals().awaitLeader(group).links().self();
                if (shard != catalogue) {
                    return new Apart(catalogue, shard, group);
                }
            }
            cluster().journals().network().isolate(catalogue);
            var others =
                    LongStream.of(1, 2, 3).filter(node -> node != catalogue).toArray();
            for (var group = 0; group <= TableCluster.SHARDS; group++) {
                cluster().journals().awaitLeader(group, others);
            }
            cluster().journals().network().heal();
        }
        throw new AssertionError("one node leads all");
    }

    private static String keyIn(int group) {
        for (var i = 0; ; i++) {
            var key = "bird-" + i;
            if (PartitionHash.group(PartitionHash.of(KeyBytes.encode(new S(key))), TableCluster.SHARDS) == group) {
                return key;
            }
        }
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
}
