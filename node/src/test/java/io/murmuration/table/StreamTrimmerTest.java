package io.murmuration.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.LocalCluster;
import io.murmuration.protocol.table.StreamView;
import io.murmuration.protocol.table.operation.StreamArn;
import io.murmuration.protocol.table.operation.StreamReply;
import io.murmuration.protocol.table.operation.StreamRequest;
import io.murmuration.protocol.table.operation.StreamRequest.Start;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are older than a stream keeps them, on three nodes. */
class StreamTrimmerTest {
    @Test
    void old_records_go_from_every_replica_and_the_items_stay(@TempDir Path folder) throws Exception {
        var settings = TableSettings.defaults("127.0.0.1:4566").withStreams(Duration.ZERO, Duration.ofMillis(50));
        try (var cluster = new TableCluster(folder, 3, settings)) {
            var arn = create(cluster);
            for (var bird = 0; bird < 30; bird++) {
                cluster.until(1 + bird % 3, Birds.put("bird-" + bird, 0));
            }

            for (var node = 1; node <= 3; node++) {
                var reader = node;
                LocalCluster.await(() -> count(cluster, reader, arn) == 0);
            }
            assertThat(cluster.scan(1, 100)).hasSize(30);
        }
    }

    @Test
    void young_records_stay(@TempDir Path folder) throws Exception {
        var settings = TableSettings.defaults("127.0.0.1:4566").withStreams(Duration.ofHours(1), Duration.ofMillis(20));
        try (var cluster = new TableCluster(folder, 1, settings)) {
            var arn = create(cluster);
            for (var bird = 0; bird < 100; bird++) {
                cluster.until(1, Birds.put("bird-" + bird, 0));
            }

            assertThat(count(cluster, 1, arn)).isEqualTo(100);
        }
    }

    private static String create(TableCluster cluster) {
        var request = ((TableRequest.CreateTable) TestNode.create("birds", false)).withStream(StreamView.KEYS_ONLY);
        var table = ((TableReply.TableCreated) cluster.ask(1, request)).table();
        return StreamArn.of(table.arn(), table.schema()).text();
    }

    private static int count(TableCluster cluster, long node, String arn) {
        var described =
                (StreamReply.StreamDescribed) cluster.ask(node, new StreamRequest.DescribeStream(arn, 100, null));
        var count = 0;
        for (var shard : described.shards()) {
            var from = (StreamReply.IteratorMade)
                    cluster.ask(node, new StreamRequest.GetShardIterator(arn, shard.id(), Start.TRIM_HORIZON, null));
            count += ((StreamReply.RecordsRead) cluster.ask(node, new StreamRequest.GetRecords(from.iterator(), 1_000)))
                    .records()
                    .size();
        }
        return count;
    }
}
