package io.murmuration.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.Query;
import io.murmuration.protocol.table.operation.TableRequest.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random operations against the port and against {@link TableModel}, which knows nothing but maps: every reply must be the same. */
class ModelTest {
    private static final int SEEDS = 100;
    private static final int OPERATIONS = 200;

    private static TestNode leader;
    private static TestNode follower;

    @BeforeAll
    static void start() {
        leader = TestNode.leading("model");
        follower = TestNode.following(leader, "model-beside");
    }

    @AfterAll
    static void stop() {
        follower.close();
        leader.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tables_answer_as_the_model_does(long seed) {
        var table = "model-" + seed;
        // every other seed goes over the links between nodes
        var node = seed % 2 == 0 ? leader : follower;
        node.createTable(table);
        var model = new TableModel();
        var requests = new RandomRequests(new Random(seed), table);
        for (var i = 0; i < OPERATIONS; i++) {
            var request = requests.next();
            var expected = model.answer(request);

            var actual = answer(node, request);

            assertThat(actual).as("seed %d, operation %d: %s", seed, i, request).isEqualTo(expected);
        }
        node.ask(new TableRequest.DeleteTable(table));
    }

    /** Pages are followed to their end; scans are sorted, because their order is nobody's business. */
    private static Object answer(TestNode node, TableRequest request) {
        return switch (request) {
            case Query query -> {
                var items = new ArrayList<Map<String, AttributeValue>>();
                var at = query;
                while (true) {
                    var page = (TableReply.ItemsRead) node.ask(at);
                    assertThat(page.scanned()).isLessThanOrEqualTo(query.limit());
                    items.addAll(page.items());
                    if (page.lastKey() == null) {
                        yield items;
                    }
                    at = RandomRequests.from(at, page.lastKey());
                }
            }
            case Scan scan -> {
                var items = new ArrayList<Map<String, AttributeValue>>();
                for (var segment = 0; segment < scan.segments(); segment++) {
                    items.addAll(segment(node, RandomRequests.segment(scan, segment)));
                }
                yield TableModel.sorted(items);
            }
            default -> node.outcome(request);
        };
    }

    private static List<Map<String, AttributeValue>> segment(TestNode node, Scan first) {
        var items = new ArrayList<Map<String, AttributeValue>>();
        var at = first;
        while (true) {
            var page = (TableReply.ItemsRead) node.ask(at);
            items.addAll(page.items());
            if (page.lastKey() == null) {
                return items;
            }
            at = RandomRequests.from(at, page.lastKey());
        }
    }
}
