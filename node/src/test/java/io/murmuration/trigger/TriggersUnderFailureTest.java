package io.murmuration.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.function.queue.FakeFunctions;
import io.murmuration.journal.LocalCluster;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.mapping.MappingChange;
import io.murmuration.protocol.function.mapping.StartingPosition;
import io.murmuration.protocol.table.StreamView;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three nodes, of which leaders end or are cut off in the middle, before a function that fails now and then. */
@Timeout(120)
class TriggersUnderFailureTest {
    private static final int KEYS = 8;
    private static final int ROUNDS = 40;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void each_change_is_delivered_in_order_whichever_leaders_end(long seed, @TempDir Path folder) throws Exception {
        var random = new Random(seed);
        try (var cluster = new TriggerCluster(folder, 3)) {
            var stream = cluster.createTable(StreamView.NEW_IMAGE);
            var choices = new Random(seed + 100);
            cluster.functions().will(call -> {
                int choice;
                synchronized (choices) {
                    choice = choices.nextInt(10);
                }
                return choice == 0
                        ? FakeFunctions.failed()
                        : choice == 1
                                ? FakeFunctions.refused(FunctionErrors.throttled())
                                : FakeFunctions.replied("null");
            });
            cluster.create(
                    stream,
                    "count",
                    StartingPosition.LATEST,
                    new MappingChange(3, null, null, null, seed % 2 == 0, null, null));

            for (var round = 1; round <= ROUNDS; round++) {
                for (var key = 0; key < KEYS; key++) {
                    cluster.put(1 + random.nextInt(3), "bird-" + key, round);
                }
                if (round % 20 == 10) {
                    var group = 1 + random.nextInt(TriggerCluster.SHARDS);
                    var leader = cluster.journals().awaitLeader(group).links().self();
                    if (random.nextBoolean()) {
                        cluster.stop(leader);
                    } else {
                        cluster.cutOff(leader); // it does not know at first that it leads no more
                    }
                } else if (round % 20 == 0) {
                    cluster.heal();
                    for (var node = 1L; node <= 3; node++) {
                        if (!cluster.running().contains(node)) {
                            cluster.start(node);
                        }
                    }
                    cluster.awaitLeaders();
                }
            }

            LocalCluster.await(() -> complete(seen(cluster)));
            TriggersTest.noneGoesBack(cluster.functions().calls());
            inOrder(cluster);
        }
    }

    private static Map<String, Set<Long>> seen(TriggerCluster cluster) {
        var seen = new HashMap<String, Set<Long>>();
        Delivered.of(cluster.functions().calls())
                .forEach(each ->
                        seen.computeIfAbsent(each.key(), key -> new HashSet<>()).add(each.n()));
        return seen;
    }

    private static boolean complete(Map<String, Set<Long>> seen) {
        return seen.size() == KEYS && seen.values().stream().allMatch(numbers -> numbers.size() == ROUNDS);
    }

    /** Of each key, whatever is seen for the first time follows what was seen before. */
    private static void inOrder(TriggerCluster cluster) {
        var last = new HashMap<String, Long>();
        for (var each : Delivered.of(cluster.functions().calls())) {
            var before = last.getOrDefault(each.key(), 0L);
            assertThat(each.n()).as(each.toString()).isLessThanOrEqualTo(before + 1);
            last.put(each.key(), Math.max(before, each.n()));
        }
    }
}
