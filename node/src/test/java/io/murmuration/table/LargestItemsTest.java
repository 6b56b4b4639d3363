package io.murmuration.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.StreamView;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.StreamArn;
import io.murmuration.protocol.table.operation.StreamReply;
import io.murmuration.protocol.table.operation.StreamRequest;
import io.murmuration.protocol.table.operation.StreamRequest.Start;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items of the largest size that DynamoDB allows, through every node of three. A slow disk may need more than one attempt. */
class LargestItemsTest {
    /** What an item is encoded to may be 2.5 times as long as DynamoDB counts it. */
    @Test
    void items_as_large_as_they_may_be_are_written_one_by_one_and_in_batches(@TempDir Path folder) throws Exception {
        try (var cluster = new TableCluster(folder, 3)) {
            writeAll(cluster);
        }
    }

    /** Both images of the largest items and the item itself fit into an entry, and two of them into no page. */
    @Test
    void changes_of_items_as_large_as_they_may_be_are_told_by_their_stream(@TempDir Path folder) throws Exception {
        try (var cluster = new TableCluster(folder, 3)) {
            var created = (TableReply.TableCreated) cluster.ask(
                    1,
                    ((TableRequest.CreateTable) TestNode.create("birds", false))
                            .withStream(StreamView.NEW_AND_OLD_IMAGES));
            var arn = StreamArn.of(created.table().arn(), created.table().schema())
                    .text();
            var digits = digits();
            var values = List.of(
                    new AttributeValue.L(Collections.nCopies(1_690, AttributeValue.numbers(digits))),
                    new AttributeValue.L(Collections.nCopies(1_689, AttributeValue.numbers(digits))));
            for (var write = 0; write < 4; write++) {
                cluster.until(1 + write % 3, put(heavy(0, values.get(write % 2))));
            }

            var told = new ArrayList<StreamReply.ItemChange>();
            var described =
                    (StreamReply.StreamDescribed) cluster.ask(2, new StreamRequest.DescribeStream(arn, 100, null));
            for (var shard : described.shards()) {
                var from = ((StreamReply.IteratorMade) cluster.ask(
                                2, new StreamRequest.GetShardIterator(arn, shard.id(), Start.TRIM_HORIZON, null)))
                        .iterator();
                told.addAll(records(cluster, from));
            }
            assertThat(told).hasSize(4);
            for (var write = 1; write < 4; write++) {
                assertThat(told.get(write).oldImage())
                        .isEqualTo(told.get(write - 1).newImage());
                assertThat(told.get(write).newImage()).isEqualTo(heavy(0, values.get(write % 2)));
            }
        }
    }

    private static List<StreamReply.ItemChange> records(TableCluster cluster, String iterator) {
        var all = new ArrayList<StreamReply.ItemChange>();
        for (var from = iterator; ; ) {
            var read = (StreamReply.RecordsRead) cluster.ask(2, new StreamRequest.GetRecords(from, 1_000));
            assertThat(read.records().size()).isLessThanOrEqualTo(1);
            if (read.records().isEmpty()) {
                return all;
            }
            all.addAll(read.records());
            from = read.next();
        }
    }

    private static List<DynamoNumber> digits() {
        var digits = new ArrayList<DynamoNumber>();
        for (var exponent = 64; exponent < 124; exponent++) {
            digits.add(DynamoNumber.parse("99E" + exponent));
            digits.add(DynamoNumber.parse("99E-" + exponent));
        }
        return digits;
    }

    private static void writeAll(TableCluster cluster) {
        cluster.ask(1, TestNode.create("birds", false));
        var letters = new AttributeValue.L(Collections.nCopies(204_000, new S("a")));
        var nothing = new AttributeValue.L(Collections.nCopies(409_000, AttributeValue.strings(List.of(""))));
        var numbers = new AttributeValue.L(Collections.nCopies(1_690, AttributeValue.numbers(digits())));

        for (var value : List.of(letters, nothing, numbers)) {
            for (var node = 1; node <= 3; node++) {
                assertThat(cluster.until(node, put(heavy(0, value)))).isEqualTo(new TableReply.ItemWritten(null, null));
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
                write(cluster, node, List.of(new TableRequest.WritesOfTable("birds", "birds", writes)));
            }
        }
    }

    /** As a client does: what is not processed is sent again. */
    private static void write(TableCluster cluster, long node, List<TableRequest.WritesOfTable> writes) {
        var left = writes;
        for (var attempt = 0; !left.isEmpty(); attempt++) {
            assertThat(attempt).as("attempts").isLessThan(20);
            var request = new TableRequest.BatchWriteItem(left, ReturnCapacity.NONE);
            left = ((TableReply.BatchWritten) cluster.until(node, request)).unprocessed();
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
}
